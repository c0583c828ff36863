//! Movements: a quantity leaves one spot and enters another, and one table says which may.

use super::refusal::Refusal;
use super::{Condition, Place, Spot};
use serde::{Deserialize, Serialize};

/// Why parts move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MovementKind {
    /// Came in on a receiving form (BUS-45, 46).
    Received,
    /// From one shelf or station to another (BUS-49).
    Transferred,
    /// Drawn against an approved requisition (BUS-41, 47).
    Issued,
    /// Drawn and not needed (BUS-47).
    ReturnedUnused,
    /// The part that was taken out came back (BUS-32).
    OldPartBack,
    /// Built in, and off the account of whoever drew it (BUS-42).
    WrittenOff,
    /// An old part was repaired (LGT-46).
    Repaired,
    /// Sold, not given under a claim (LGT-47).
    Sold,
    /// Thrown away (BUS-48).
    Scrapped,
    /// A stock-take found more or less than booked (BUS-44).
    Counted,
}

/// A quantity of one part that leaves one spot and enters another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// Why.
    pub kind: MovementKind,
    /// Part number.
    pub part: String,
    /// From where.
    pub from: Spot,
    /// To where.
    pub to: Spot,
    /// Pieces, at least one; the same on both sides.
    pub quantity: u32,
}

impl Movement {
    /// A movement that the table allows.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn new(
        kind: MovementKind,
        part: impl Into<String>,
        from: Spot,
        to: Spot,
        quantity: u32,
    ) -> Result<Self, Refusal> {
        let movement = Self { kind, part: part.into(), from, to, quantity };
        movement.check()?;
        Ok(movement)
    }

    /// Whether it may happen at all. A condition changes in two ways only: an old part is repaired, and
    /// then belongs to the after-sales pool; anything is scrapped, and stays it. So what was repaired is
    /// never good stock again (LGT-47).
    ///
    /// # Errors
    /// [`Refusal::NoQuantity`], [`Refusal::NeverSold`] or [`Refusal::NoSuchMovement`].
    pub fn check(&self) -> Result<(), Refusal> {
        use Condition::{AfterSales, Good, Old, Scrapped};
        if self.quantity == 0 {
            return Err(Refusal::NoQuantity);
        }
        let (from, to) = (&self.from, &self.to);
        let same = from.condition == to.condition;
        let usable = same && from.condition.is_usable();
        let allowed = match self.kind {
            MovementKind::Received => from.place == Place::Supplier && to.place.is_shelf() && usable,
            MovementKind::Transferred => {
                from.place.is_shelf() && to.place.is_shelf() && from.place != to.place && usable
            }
            MovementKind::Issued => from.place.is_shelf() && to.place.is_custody() && usable,
            MovementKind::ReturnedUnused => from.place.is_custody() && to.place.is_shelf() && usable,
            MovementKind::OldPartBack => {
                from.place == Place::Customer && to.place.is_shelf() && same && from.condition == Old
            }
            MovementKind::WrittenOff => from.place.is_custody() && to.place == Place::Customer && usable,
            MovementKind::Repaired => {
                from.place.is_shelf()
                    && to.place == from.place
                    && (from.condition, to.condition) == (Old, AfterSales)
            }
            MovementKind::Sold => {
                if from.condition == AfterSales {
                    return Err(Refusal::NeverSold { part: self.part.clone() });
                }
                from.place.is_shelf() && to.place == Place::Customer && same && from.condition == Good
            }
            MovementKind::Scrapped => {
                from.place.is_shelf()
                    && from.condition != Scrapped
                    && to.place == Place::Scrap
                    && to.condition == Scrapped
            }
            MovementKind::Counted => {
                let (outside, inside) = if from.place == Place::Difference { (from, to) } else { (to, from) };
                outside.place == Place::Difference
                    && inside.place.is_shelf()
                    && same
                    && from.condition != Scrapped
            }
        };
        if allowed { Ok(()) } else { Err(Refusal::NoSuchMovement { movement: Box::new(self.clone()) }) }
    }
}
