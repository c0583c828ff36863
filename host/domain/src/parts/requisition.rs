//! 备用件领料单: a part is asked for, approved, drawn, used or returned, and written off (BUS-41…43, 47).
//!
//! One explicit state machine, `(state, command) → events`. Nothing is issued before everybody who must
//! has signed. What was drawn stays on the account of whoever drew it until the service report that the user
//! signed and the leader approved, together with the old part, writes it off.

mod apply;
mod command;
mod event;
mod handle;
mod old;
mod proof;
mod state;

pub use command::{Command, CommandName, Proposal};
pub use event::Event;
pub use handle::old_part_baseline;
pub use old::OldLot;
pub use proof::ReportProof;
pub use state::{Postage, State, StateName};

use super::{Condition, Place};
use crate::claim::{Chain, Signature};
use crate::ids::{ClaimId, JobId, PartyId, RequisitionId, TicketId};
use crate::retention::OldPart;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A requisition of one kind of part for one claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requisition {
    /// Its id.
    pub id: RequisitionId,
    /// Whose parts.
    pub owner: PartyId,
    /// The ticket that they are for.
    pub ticket: TicketId,
    /// The claim.
    pub claim: ClaimId,
    /// The job on site, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<JobId>,
    /// Part number.
    pub part: String,
    /// Good, or repaired from the after-sales pool.
    pub condition: Condition,
    /// Pieces.
    pub quantity: u32,
    /// The shelf or station that they are drawn from.
    pub from: Place,
    /// Who takes them over: a technician, or the mail.
    pub to: Place,
    /// Why the part is replaced (BUS-30).
    pub reason: String,
    /// Who asked.
    pub proposed_by: String,
    /// When.
    pub proposed_at: Timestamp,
    /// Who approves.
    pub chain: Chain,
    /// What becomes of the old parts.
    pub old_part: OldPart,
    /// Where it stands.
    pub state: State,
    /// When the parts were issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Timestamp>,
    /// Pieces built in.
    pub used: u32,
    /// Who last said so; for mailed ones that is the handler's signature (BUS-43).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_by: Option<Signature>,
    /// Pieces returned unused.
    pub returned: u32,
    /// Old parts that came back.
    #[serde(default)]
    pub old: Vec<OldLot>,
    /// Old parts of mailed ones that will not come back, with the reason (BUS-43).
    #[serde(default)]
    pub lost: Vec<Lost>,
    /// What mailing cost (BUS-43).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postage: Option<Postage>,
}

/// Old parts that will not come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// Pieces.
    pub quantity: u32,
    /// Why.
    pub reason: String,
    /// The handler's signature; the leader's is that of the write-off.
    pub handler: Signature,
}

impl Requisition {
    /// It was mailed, or is to be: nobody of ours was there, so handler and leader sign for it (BUS-43).
    pub fn is_mailed(&self) -> bool {
        self.to == Place::Transit
    }

    /// Pieces drawn and neither used nor returned.
    pub fn open(&self) -> u32 {
        if self.issued_at.is_none() {
            return 0;
        }
        self.quantity.saturating_sub(self.used).saturating_sub(self.returned)
    }

    /// Old parts that are still to come back.
    pub fn old_due(&self) -> u32 {
        if !self.old_part.must_come_back {
            return 0;
        }
        let back: u32 = self.old.iter().map(|lot| lot.quantity).sum();
        let lost: u32 = self.lost.iter().map(|lost| lost.quantity).sum();
        self.used.saturating_sub(back).saturating_sub(lost)
    }
}
