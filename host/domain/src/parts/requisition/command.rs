//! What people may ask of a requisition.

use super::ReportProof;
use crate::ids::{ClaimId, JobId, TicketId};
use crate::money::Money;
use crate::parts::{Condition, Place};
use crate::time::Date;
use serde::{Deserialize, Serialize};

/// What service staff ask for (BUS-41).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The ticket.
    pub ticket: TicketId,
    /// The claim.
    pub claim: ClaimId,
    /// The job on site, where there is one.
    pub job: Option<JobId>,
    /// Part number.
    pub part: String,
    /// Good, or repaired from the after-sales pool.
    pub condition: Condition,
    /// Pieces.
    pub quantity: u32,
    /// The shelf or station to draw from.
    pub from: Place,
    /// Who takes them over: a technician, or the mail.
    pub to: Place,
    /// Why the part is replaced.
    pub reason: String,
}

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Sign the next step.
    Approve {
        /// Remark.
        note: Option<String>,
    },
    /// Refuse it, before or after approval, as long as nothing was issued.
    Reject {
        /// Why.
        reason: String,
    },
    /// Hand the parts over.
    Issue,
    /// Parts were built in.
    Use {
        /// Pieces.
        quantity: u32,
    },
    /// What mailing cost.
    Postage {
        /// How much.
        amount: Money,
        /// Number of the voucher.
        voucher: String,
    },
    /// Parts were not needed and are back on their shelf.
    ReturnUnused {
        /// Pieces.
        quantity: u32,
    },
    /// Old parts are back.
    OldPartBack {
        /// Pieces.
        quantity: u32,
        /// The shelf; that of the new part when nothing is said.
        to: Option<Place>,
        /// The day, in the owner's calendar.
        on: Date,
        /// From when they may be scrapped; absent: never.
        scrap_from: Option<Date>,
    },
    /// Old parts of mailed ones will not come back.
    OldPartLost {
        /// Pieces.
        quantity: u32,
        /// Why.
        reason: String,
    },
    /// Take the parts off the account.
    WriteOff {
        /// What is known of the service report.
        report: Option<ReportProof>,
        /// Remark.
        note: Option<String>,
    },
    /// Old parts were repaired and go to the after-sales pool (LGT-46, 47).
    Repair {
        /// Pieces.
        quantity: u32,
    },
    /// Throw away the old parts that may be thrown away by now (BUS-48).
    Scrap {
        /// The day, in the owner's calendar.
        today: Date,
    },
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // Explained at `Command`.
pub enum CommandName {
    Approve,
    Reject,
    Issue,
    Use,
    Postage,
    ReturnUnused,
    OldPart,
    OldPartLost,
    WriteOff,
    Repair,
    Scrap,
}

impl CommandName {
    /// Every command.
    pub const EVERY: [Self; 11] = [
        Self::Approve,
        Self::Reject,
        Self::Issue,
        Self::Use,
        Self::Postage,
        Self::ReturnUnused,
        Self::OldPart,
        Self::OldPartLost,
        Self::WriteOff,
        Self::Repair,
        Self::Scrap,
    ];

    /// The word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Issue => "issue",
            Self::Use => "use",
            Self::Postage => "postage",
            Self::ReturnUnused => "return-unused",
            Self::OldPart => "old-part",
            Self::OldPartLost => "old-part-lost",
            Self::WriteOff => "write-off",
            Self::Repair => "repair",
            Self::Scrap => "scrap",
        }
    }
}

impl Command {
    /// Its name.
    pub fn name(&self) -> CommandName {
        match self {
            Self::Approve { .. } => CommandName::Approve,
            Self::Reject { .. } => CommandName::Reject,
            Self::Issue => CommandName::Issue,
            Self::Use { .. } => CommandName::Use,
            Self::Postage { .. } => CommandName::Postage,
            Self::ReturnUnused { .. } => CommandName::ReturnUnused,
            Self::OldPartBack { .. } => CommandName::OldPart,
            Self::OldPartLost { .. } => CommandName::OldPartLost,
            Self::WriteOff { .. } => CommandName::WriteOff,
            Self::Repair { .. } => CommandName::Repair,
            Self::Scrap { .. } => CommandName::Scrap,
        }
    }
}
