//! The states of a claim; each carries what is true only there.

use crate::approval::ApprovalStep;
use crate::case::{Destination, Obligation, Remedy};
use crate::failure::PolicyFailure;
use crate::time::{Date, Timestamp};
use crate::verdict::Offer;
use serde::{Deserialize, Serialize};

/// What the sides settled on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// The remedy.
    pub remedy: Remedy,
    /// The policy's offer behind it; absent where a person granted something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// Where the goods go.
    pub goods_to: Destination,
    /// What the approval adds to the offer's obligations.
    #[serde(default)]
    pub obligations: Vec<Obligation>,
}

/// A signature on an approval step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The role signed for.
    pub role: String,
    /// Who signed.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The approval chain and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// All steps, in order.
    pub steps: Vec<ApprovalStep>,
    /// Signatures so far, one for each step from the first.
    pub signed: Vec<Signature>,
}

impl Chain {
    /// A chain that nobody has signed.
    pub fn new(steps: Vec<ApprovalStep>) -> Self {
        Self { steps, signed: Vec::new() }
    }

    /// The step that waits for its signature.
    pub fn next(&self) -> Option<&ApprovalStep> {
        self.steps.get(self.signed.len())
    }
}

/// Why a person must settle the claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Reason {
    /// The policy leaves it to a person.
    Referred,
    /// The policy failed.
    PolicyFailed {
        /// How.
        failure: PolicyFailure,
    },
    /// No policy was in force.
    NoPolicy {
        /// On this day.
        basis: Date,
    },
    /// The claimant does not agree (STO-20).
    Disputed {
        /// In the claimant's words.
        words: String,
    },
    /// It cannot be repaired as was agreed, and a superior says how to settle (STO-29).
    Unrepairable {
        /// Why.
        words: String,
    },
}

/// A claim in a person's hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// Why.
    pub because: Reason,
    /// What the claimant insists on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wish: Option<Remedy>,
    /// Where the goods go if it is granted.
    pub goods_to: Destination,
    /// What the approval asks of the sides.
    #[serde(default)]
    pub obligations: Vec<Obligation>,
    /// Who decides.
    pub chain: Chain,
}

/// Who said no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum RejectedBy {
    /// The policy, and the claimant accepted it: the verdict's citations are the reason.
    Policy,
    /// A person of this role, with a reason in clear words (STO-25).
    Person {
        /// Role.
        role: String,
        /// Reason.
        reason: String,
    },
}

/// Where a claim stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum State {
    /// Waits for its judgement.
    Opened,
    /// The policy needs more facts.
    FactsMissing,
    /// The verdict is there; the claimant chooses or disputes.
    Judged,
    /// A person settles it.
    Escalated(Escalation),
    /// The remedy is agreed on and waits for its signatures.
    AwaitingApproval {
        /// What was agreed on.
        settlement: Settlement,
        /// Who signs.
        chain: Chain,
    },
    /// Work may start.
    Approved {
        /// What was agreed on.
        settlement: Settlement,
    },
    /// Refused; it can be disputed, answered with new evidence, or closed.
    Rejected(RejectedBy),
    /// Under way.
    InWork {
        /// What is being done.
        settlement: Settlement,
    },
    /// Done; the goods may still have to go back.
    Completed {
        /// What was done.
        settlement: Settlement,
    },
    /// The goods are back with the claimant.
    HandedOver {
        /// What was done.
        settlement: Settlement,
    },
    /// At its end.
    Closed {
        /// What was done; absent after a refusal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        remedy: Option<Remedy>,
    },
    /// Withdrawn.
    Cancelled {
        /// Why.
        reason: String,
    },
}

/// The name of a state, as the API shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // Explained at `State`.
pub enum StateName {
    Opened,
    FactsMissing,
    Judged,
    Escalated,
    AwaitingApproval,
    Approved,
    Rejected,
    InWork,
    Completed,
    HandedOver,
    Closed,
    Cancelled,
}

impl StateName {
    /// The word used in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::FactsMissing => "facts-missing",
            Self::Judged => "judged",
            Self::Escalated => "escalated",
            Self::AwaitingApproval => "awaiting-approval",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::InWork => "in-work",
            Self::Completed => "completed",
            Self::HandedOver => "handed-over",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl State {
    /// Its name.
    pub fn name(&self) -> StateName {
        match self {
            Self::Opened => StateName::Opened,
            Self::FactsMissing => StateName::FactsMissing,
            Self::Judged => StateName::Judged,
            Self::Escalated(_) => StateName::Escalated,
            Self::AwaitingApproval { .. } => StateName::AwaitingApproval,
            Self::Approved { .. } => StateName::Approved,
            Self::Rejected(_) => StateName::Rejected,
            Self::InWork { .. } => StateName::InWork,
            Self::Completed { .. } => StateName::Completed,
            Self::HandedOver { .. } => StateName::HandedOver,
            Self::Closed { .. } => StateName::Closed,
            Self::Cancelled { .. } => StateName::Cancelled,
        }
    }

    /// Whether nothing can happen any more.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Closed { .. } | Self::Cancelled { .. })
    }

    /// Whether it was withdrawn.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Cancelled { .. })
    }

    /// What was agreed on, from the agreement until the hand-over.
    pub fn settlement(&self) -> Option<&Settlement> {
        match self {
            Self::AwaitingApproval { settlement, .. }
            | Self::Approved { settlement }
            | Self::InWork { settlement }
            | Self::Completed { settlement }
            | Self::HandedOver { settlement } => Some(settlement),
            _ => None,
        }
    }
}
