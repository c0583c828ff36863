//! Units: one product by serial number or lot.

use crate::case::{Dates, History};
use crate::ids::{PartyId, UnitId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A product that somebody registered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Who registered it.
    pub owner: PartyId,
    /// Whose product it is, where that party uses the host; it sees the unit too.
    pub brand: Option<PartyId>,
    /// Product category in the brand's words: "light-bar", "television".
    pub category: String,
    /// Model.
    pub model: String,
    /// Serial number, unique for the owner.
    pub serial: Option<String>,
    /// Lot or delivery.
    pub lot: Option<String>,
    /// Pieces; 1 with a serial number.
    pub quantity: u32,
    /// What was paid for these pieces.
    pub price: Option<Money>,
    /// Dated events of its life.
    pub dates: Dates,
    /// Earlier repairs, use and extensions of cover.
    pub history: History,
    /// When it was registered.
    pub created_at: Timestamp,
}
