//! What happened to a finding.

use super::{Outcome, Record};
use crate::ids::FindingId;
use crate::money::Money;
use crate::penalty::Sanction;
use serde::{Deserialize, Serialize};

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// Something was found.
    Recorded {
        /// What, with the measures that the policy proposes.
        record: Box<Record>,
    },
    /// A measure was imposed.
    Confirmed {
        /// The finding.
        finding: FindingId,
        /// Position of the measure.
        measure: usize,
        /// What it is.
        sanction: Sanction,
        /// How much.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        /// Who imposed it.
        by: String,
        /// Remark.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// Rules behind it.
        rules: Vec<String>,
    },
    /// A measure was not imposed.
    Dropped {
        /// The finding.
        finding: FindingId,
        /// Position of the measure.
        measure: usize,
        /// Why.
        reason: String,
        /// Who decided.
        by: String,
    },
    /// The subject does not accept a measure.
    Appealed {
        /// The finding.
        finding: FindingId,
        /// Position of the measure.
        measure: usize,
        /// In its words.
        words: String,
        /// Who said so.
        by: String,
    },
    /// The appeal was settled.
    Reviewed {
        /// The finding.
        finding: FindingId,
        /// Position of the measure.
        measure: usize,
        /// What it is.
        sanction: Sanction,
        /// What came of it.
        #[serde(flatten)]
        outcome: Outcome,
        /// Why.
        reason: String,
        /// Who decided.
        by: String,
    },
}

impl Event {
    /// The word under which the journal files it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Recorded { .. } => "findings/recorded",
            Self::Confirmed { .. } => "findings/confirmed",
            Self::Dropped { .. } => "findings/dropped",
            Self::Appealed { .. } => "findings/appealed",
            Self::Reviewed { .. } => "findings/reviewed",
        }
    }

    /// The finding whose measures it changes; absent where it only records one.
    pub fn decides(&self) -> Option<FindingId> {
        match self {
            Self::Recorded { .. } => None,
            Self::Confirmed { finding, .. }
            | Self::Dropped { finding, .. }
            | Self::Appealed { finding, .. }
            | Self::Reviewed { finding, .. } => Some(*finding),
        }
    }
}
