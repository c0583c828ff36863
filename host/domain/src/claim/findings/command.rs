//! What somebody wants to happen to a finding. What the policy proposes is part of the command.

use crate::ids::{FindingId, ReceiptId};
use crate::money::Money;
use crate::penalty::{Finding, Measure};
use serde::{Deserialize, Serialize};

/// What the policy proposes against a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The recorded answer; absent where no policy was asked.
    pub receipt: Option<ReceiptId>,
    /// The measures.
    pub measures: Vec<Measure>,
}

/// What comes of an appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// The measure stays as it is.
    Upheld,
    /// The amount is less.
    Reduced {
        /// From now on.
        amount: Money,
    },
    /// The measure falls away.
    Lifted,
}

/// A command.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Something was found.
    Record {
        /// The id that it gets.
        id: FindingId,
        /// What was found.
        finding: Finding,
        /// The person whom it concerns, where it is not the party as a whole.
        person: Option<String>,
        /// What it rests on, in words.
        evidence: String,
        /// What the policy proposes.
        proposal: Proposal,
    },
    /// A measure is imposed.
    Confirm {
        /// The finding.
        finding: FindingId,
        /// Position of the measure.
        measure: usize,
        /// How much, within what the policy proposes.
        amount: Option<Money>,
        /// Remark.
        note: Option<String>,
    },
    /// A measure is not imposed.
    Drop {
        /// The finding.
        finding: FindingId,
        /// Position of the measure.
        measure: usize,
        /// Why.
        reason: String,
    },
    /// The subject does not accept a measure.
    Appeal {
        /// The finding.
        finding: FindingId,
        /// Position of the measure.
        measure: usize,
        /// In its words.
        words: String,
    },
    /// Another person settles the appeal.
    Review {
        /// The finding.
        finding: FindingId,
        /// Position of the measure.
        measure: usize,
        /// What comes of it.
        outcome: Outcome,
        /// Why.
        reason: String,
    },
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Record,
    Confirm,
    Drop,
    Appeal,
    Review,
}

impl Name {
    /// The end of the command's path.
    pub fn word(self) -> &'static str {
        match self {
            Self::Record => "findings/record",
            Self::Confirm => "findings/confirm",
            Self::Drop => "findings/drop",
            Self::Appeal => "findings/appeal",
            Self::Review => "findings/review",
        }
    }
}

impl Command {
    /// Its name.
    pub fn name(&self) -> Name {
        match self {
            Self::Record { .. } => Name::Record,
            Self::Confirm { .. } => Name::Confirm,
            Self::Drop { .. } => Name::Drop,
            Self::Appeal { .. } => Name::Appeal,
            Self::Review { .. } => Name::Review,
        }
    }
}
