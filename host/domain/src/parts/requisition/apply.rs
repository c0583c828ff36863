//! Events become state.

use super::{Event, Lost, OldLot, Requisition, State};
use crate::time::Timestamp;

impl Requisition {
    /// Makes an event so that [`Self::handle`] answered.
    pub fn apply(&mut self, event: &Event, now: Timestamp) {
        match event.clone() {
            Event::Signed { signature } => self.chain.signed.push(signature),
            Event::Approved => self.state = State::Approved,
            Event::Rejected { by, reason } => self.state = State::Rejected { by, reason },
            Event::Issued => {
                self.state = State::Issued;
                self.issued_at = Some(now);
            }
            Event::Used { quantity, handler } => {
                self.used += quantity;
                self.used_by = Some(handler);
            }
            Event::PostageSigned { postage } => self.postage = Some(postage),
            Event::ReturnedUnused { quantity } => {
                self.returned += quantity;
                if self.returned == self.quantity {
                    self.state = State::Returned;
                }
            }
            Event::OldPartBack { quantity, place, on, scrap_from } => {
                self.old.push(OldLot { on, place, quantity, scrap_from, repaired: 0, scrapped: 0 });
            }
            Event::OldPartLost { quantity, reason, handler } => {
                self.lost.push(Lost { quantity, reason, handler });
            }
            Event::WrittenOff { report, signature } => {
                self.state = State::WrittenOff { report, signature };
            }
            Event::Repaired { lot, quantity } => {
                if let Some(lot) = self.old.get_mut(lot) {
                    lot.repaired += quantity;
                }
            }
            Event::Scrapped { lot, quantity } => {
                if let Some(lot) = self.old.get_mut(lot) {
                    lot.scrapped += quantity;
                }
            }
        }
    }
}
