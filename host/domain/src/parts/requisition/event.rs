//! What happened to a requisition, and what it books.

use super::{Postage, ReportProof, Requisition};
use crate::claim::Signature;
use crate::parts::{Condition, Movement, MovementKind, Place, Refusal, Spot};
use crate::time::Date;

/// An event; [`Requisition::apply`] makes it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody signed.
    Signed {
        /// By whom, for which role.
        signature: Signature,
    },
    /// Everybody signed.
    Approved,
    /// Refused.
    Rejected {
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
    /// Handed over.
    Issued,
    /// Built in.
    Used {
        /// Pieces.
        quantity: u32,
        /// Who says so.
        handler: Signature,
    },
    /// Postage was taken down.
    PostageSigned {
        /// With the handler's signature.
        postage: Postage,
    },
    /// Back unused.
    ReturnedUnused {
        /// Pieces.
        quantity: u32,
    },
    /// Old parts are back.
    OldPartBack {
        /// Pieces.
        quantity: u32,
        /// Where.
        place: Place,
        /// When.
        on: Date,
        /// From when they may be scrapped.
        scrap_from: Option<Date>,
    },
    /// Old parts will not come back.
    OldPartLost {
        /// Pieces.
        quantity: u32,
        /// Why.
        reason: String,
        /// Who says so.
        handler: Signature,
    },
    /// Off the account.
    WrittenOff {
        /// Against what; may be absent for mailed ones.
        report: Option<ReportProof>,
        /// By whom.
        signature: Signature,
    },
    /// Old parts of the lot with this index were repaired.
    Repaired {
        /// Index.
        lot: usize,
        /// Pieces.
        quantity: u32,
    },
    /// Old parts of the lot with this index were scrapped.
    Scrapped {
        /// Index.
        lot: usize,
        /// Pieces.
        quantity: u32,
    },
}

impl Event {
    /// What the event moves, if anything.
    ///
    /// # Errors
    /// What the table of movements forbids.
    pub fn movement(&self, of: &Requisition) -> Result<Option<Movement>, Refusal> {
        let at = |place: &Place, condition| Spot::new(place.clone(), condition);
        let (kind, from, to, quantity) = match self {
            Self::Signed { .. }
            | Self::Approved
            | Self::Rejected { .. }
            | Self::Used { .. }
            | Self::PostageSigned { .. }
            | Self::OldPartLost { .. } => return Ok(None),
            Self::Issued => {
                (MovementKind::Issued, at(&of.from, of.condition), at(&of.to, of.condition), of.quantity)
            }
            Self::ReturnedUnused { quantity } => {
                let (from, to) = (at(&of.to, of.condition), at(&of.from, of.condition));
                (MovementKind::ReturnedUnused, from, to, *quantity)
            }
            Self::OldPartBack { quantity, place, .. } => {
                let from = at(&Place::Customer, Condition::Old);
                (MovementKind::OldPartBack, from, at(place, Condition::Old), *quantity)
            }
            Self::WrittenOff { .. } => {
                let (from, to) = (at(&of.to, of.condition), at(&Place::Customer, of.condition));
                (MovementKind::WrittenOff, from, to, of.used)
            }
            Self::Repaired { lot, quantity } | Self::Scrapped { lot, quantity } => {
                let Some(lot) = of.old.get(*lot) else { return Ok(None) };
                let from = at(&lot.place, Condition::Old);
                match self {
                    Self::Repaired { .. } => {
                        let to = at(&lot.place, Condition::AfterSales);
                        (MovementKind::Repaired, from, to, *quantity)
                    }
                    _ => (MovementKind::Scrapped, from, at(&Place::Scrap, Condition::Scrapped), *quantity),
                }
            }
        };
        Movement::new(kind, &of.part, from, to, quantity).map(Some)
    }
}
