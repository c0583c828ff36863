//! Old parts that came back, and what became of them.

use crate::parts::Place;
use crate::parts::disposal::Due;
use crate::time::Date;
use serde::{Deserialize, Serialize};

/// Old parts that came back together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldLot {
    /// When.
    pub on: Date,
    /// Where they lie.
    pub place: Place,
    /// Pieces.
    pub quantity: u32,
    /// From when they may be scrapped; absent: never.
    pub scrap_from: Option<Date>,
    /// Pieces repaired since, which went to the after-sales pool.
    #[serde(default)]
    pub repaired: u32,
    /// Pieces scrapped since.
    #[serde(default)]
    pub scrapped: u32,
}

impl OldLot {
    /// Pieces still there.
    pub fn left(&self) -> u32 {
        self.quantity.saturating_sub(self.repaired).saturating_sub(self.scrapped)
    }

    /// How it stands towards the monthly disposal (BUS-48); nothing when nothing is left.
    pub fn due(&self, today: Date) -> Option<Due> {
        (self.left() > 0).then(|| Due::of(self.scrap_from, today))
    }
}
