//! Spare parts: who holds which, in what condition, and how they come, go and are written off
//! (LGT-43…47, BUS-41…49, AUT-03).
//!
//! A double-entry ledger: every [`Movement`] takes a quantity from one [`Spot`] and puts the same quantity
//! into another, so all balances of a part always add up to nothing, and no place that can be counted ever
//! goes below nothing. What may move where is one table ([`Movement::check`]); whoever draws a part for a
//! claim goes through a [`Requisition`].

pub mod disposal;
mod ledger;
mod movement;
mod part;
mod place;
mod receiving;
mod refusal;
mod required;
pub mod requisition;
mod stock_take;

pub use ledger::{Account, Ledger, Posting, Short};
pub use movement::{Movement, MovementKind};
pub use part::{Part, is_part_number};
pub use place::{Condition, Place, PlaceError, Spot};
pub use receiving::{FormCopy, Received, ReceivingForm, Source};
pub use refusal::Refusal;
pub use required::{Shortfall, shortfalls};
pub use requisition::Requisition;
pub use stock_take::{Count, Difference, StockTake};

/// The role that approves requisitions where no policy names another, and always signs for mailed parts
/// (BUS-41, 43).
pub const LEADER: &str = "leader";
