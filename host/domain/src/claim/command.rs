//! What somebody wants to happen to a claim. Where the policy is asked first, its answer is part of the
//! command, so that the machine itself stays pure.

use super::{Judgement, procedure};
use crate::approval::ApprovalPlan;
use crate::case::{Cause, Dates, Remedy, Usage, Wish};
use crate::deadline::Deadline;
use crate::ids::DeadlineId;
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A document that was shown or attached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What it is: "till-receipt", "photo", "transport-anomaly-record".
    pub kind: String,
    /// Number, file name or link under which it can be found.
    pub reference: String,
}

/// Facts and documents that came in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Evidence {
    /// Dates that became known.
    pub dates: Dates,
    /// What is asked for now.
    pub asked: Option<Wish>,
    /// The cause found.
    pub cause: Option<Cause>,
    /// The fault found.
    pub fault: Option<String>,
    /// The amount claimed.
    pub claimed: Option<Money>,
    /// Counter readings.
    pub usage: Option<Vec<Usage>>,
    /// Facts that the policy declares; `null` takes one back.
    pub attributes: serde_json::Map<String, serde_json::Value>,
    /// Documents.
    pub documents: Vec<Document>,
    /// Remark.
    pub note: Option<String>,
}

/// A command.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Facts or documents came in.
    AddEvidence(Evidence),
    /// Let the policy judge; this is what came of it.
    Judge(Judgement),
    /// The claimant chooses an offer.
    Agree {
        /// Index among the offers.
        choice: usize,
        /// Who must approve.
        plan: ApprovalPlan,
    },
    /// The claimant does not agree and a superior settles it (STO-20).
    Escalate {
        /// In the claimant's words.
        words: String,
        /// What the claimant insists on.
        wish: Option<Remedy>,
        /// Who decides.
        plan: ApprovalPlan,
    },
    /// The next step of the chain is signed.
    Approve {
        /// What is granted, where nothing was agreed on before.
        remedy: Option<Remedy>,
        /// Remark.
        note: Option<String>,
    },
    /// The next step of the chain is refused, with a clear reason (STO-25).
    Reject {
        /// Reason.
        reason: String,
    },
    /// Work starts.
    StartWork {
        /// When the goods arrived, where they were sent in.
        goods_received_at: Option<Timestamp>,
    },
    /// Work is done, or the money or credit is on its way.
    Complete {
        /// What was done.
        note: Option<String>,
    },
    /// The goods are handed over.
    HandOver {
        /// To whom.
        to: String,
    },
    /// Nothing is left to do.
    Close,
    /// The claimant withdraws.
    Cancel {
        /// Why.
        reason: String,
    },
    /// The service level answered: these deadlines run from now on.
    SetDeadlines(Vec<Deadline>),
    /// The worker found that this deadline has passed.
    MarkMissed(DeadlineId),
    /// The time has come that a procedure waits for.
    Wake,
    /// A command to one of the procedures beside the claim's own states.
    Procedure(procedure::Command),
}

/// The name of a command, as the API and errors show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum CommandName {
    AddEvidence,
    Judge,
    Agree,
    Escalate,
    Approve,
    Reject,
    StartWork,
    Complete,
    HandOver,
    Close,
    Cancel,
    SetDeadlines,
    MarkMissed,
    Wake,
    Procedure(procedure::Name),
}

impl Serialize for CommandName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl CommandName {
    /// Every command that people give.
    pub fn by_people() -> impl Iterator<Item = CommandName> {
        Self::OWN.into_iter().chain(procedure::Name::all().map(Self::Procedure))
    }

    /// The commands that people give to the claim itself.
    pub const OWN: [CommandName; 11] = [
        Self::AddEvidence,
        Self::Judge,
        Self::Agree,
        Self::Escalate,
        Self::Approve,
        Self::Reject,
        Self::StartWork,
        Self::Complete,
        Self::HandOver,
        Self::Close,
        Self::Cancel,
    ];

    /// The word used in the API: the end of the command's path.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AddEvidence => "add-evidence",
            Self::Judge => "judge",
            Self::Agree => "agree",
            Self::Escalate => "escalate",
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::StartWork => "start-work",
            Self::Complete => "complete",
            Self::HandOver => "hand-over",
            Self::Close => "close",
            Self::Cancel => "cancel",
            Self::SetDeadlines => "set-deadlines",
            Self::MarkMissed => "mark-missed",
            Self::Wake => "wake",
            Self::Procedure(name) => name.as_str(),
        }
    }
}

impl Command {
    /// Its name.
    pub fn name(&self) -> CommandName {
        match self {
            Self::AddEvidence(_) => CommandName::AddEvidence,
            Self::Judge(_) => CommandName::Judge,
            Self::Agree { .. } => CommandName::Agree,
            Self::Escalate { .. } => CommandName::Escalate,
            Self::Approve { .. } => CommandName::Approve,
            Self::Reject { .. } => CommandName::Reject,
            Self::StartWork { .. } => CommandName::StartWork,
            Self::Complete { .. } => CommandName::Complete,
            Self::HandOver { .. } => CommandName::HandOver,
            Self::Close => CommandName::Close,
            Self::Cancel { .. } => CommandName::Cancel,
            Self::SetDeadlines(_) => CommandName::SetDeadlines,
            Self::MarkMissed(_) => CommandName::MarkMissed,
            Self::Wake => CommandName::Wake,
            Self::Procedure(command) => CommandName::Procedure(command.name()),
        }
    }
}
