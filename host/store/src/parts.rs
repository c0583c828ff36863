//! Spare parts: the catalogue, the postings with their balances, requisitions and documents.
//!
//! Everything that one command changes is a [`Booking`]: [`book`] writes it as a whole, and no balance of a
//! place that can be counted goes below nothing, whoever else books at the same moment.

pub mod balance;
mod booking;
pub mod catalogue;
pub mod document;
pub mod posting;
pub mod requisition;

pub use booking::{Booking, book};
