//! Findings and what became of the measures against them.

use super::{Event, Outcome};
use crate::ids::{FindingId, ReceiptId};
use crate::money::Money;
use crate::penalty::{Finding, Measure};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How a measure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The policy proposes it; nothing has happened.
    Proposed,
    /// A person with the right confirmed it.
    Confirmed,
    /// A person with the right dropped it.
    Dropped,
    /// The subject appealed; it stands until that is settled.
    Appealed,
    /// The appeal changed nothing.
    Upheld,
    /// The appeal made it less.
    Reduced,
    /// The appeal took it away.
    Lifted,
}

impl Standing {
    /// Whether the measure holds now.
    pub fn holds(self) -> bool {
        matches!(self, Self::Confirmed | Self::Appealed | Self::Upheld | Self::Reduced)
    }
}

/// Somebody decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The subject does not accept a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// In its words.
    pub words: String,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A measure and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessed {
    /// As the policy proposes it.
    pub proposed: Measure,
    /// How it stands.
    pub standing: Standing,
    /// The amount that was confirmed, or that an appeal left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Who confirmed or dropped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decision>,
    /// The appeal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal: Option<Appeal>,
    /// Who settled the appeal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Decision>,
}

impl Assessed {
    /// A measure that the policy just proposed.
    pub fn proposed(measure: Measure) -> Self {
        Self {
            proposed: measure,
            standing: Standing::Proposed,
            amount: None,
            decided: None,
            appeal: None,
            reviewed: None,
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its id.
    pub id: FindingId,
    /// What was found, as the policy was told.
    pub finding: Finding,
    /// The person whom it concerns, where it is not the party as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// What it rests on, in words.
    pub evidence: String,
    /// Who found it.
    pub by: String,
    /// The recorded answer of the policy; absent where none was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<ReceiptId>,
    /// The measures; their position is their name.
    pub measures: Vec<Assessed>,
}

impl Record {
    /// Whether any measure holds: only then a later finding counts it as an earlier one.
    pub fn holds(&self) -> bool {
        self.measures.iter().any(|measure| measure.standing.holds())
    }
}

/// What inspections found against somebody on this claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Findings {
    /// Oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<Record>,
}

impl Findings {
    /// The finding with this id.
    pub fn find(&self, id: FindingId) -> Option<&Record> {
        self.found.iter().find(|record| record.id == id)
    }

    pub(super) fn take_in(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Recorded { record } => self.found.push((**record).clone()),
            Event::Confirmed { finding, measure, amount, by, note, .. } => {
                self.change(*finding, *measure, |assessed| {
                    assessed.standing = Standing::Confirmed;
                    assessed.amount.clone_from(amount);
                    assessed.decided = Some(Decision { by: by.clone(), at, reason: note.clone() });
                });
            }
            Event::Dropped { finding, measure, reason, by } => {
                self.change(*finding, *measure, |assessed| {
                    assessed.standing = Standing::Dropped;
                    assessed.decided = Some(Decision { by: by.clone(), at, reason: Some(reason.clone()) });
                });
            }
            Event::Appealed { finding, measure, words, by } => {
                self.change(*finding, *measure, |assessed| {
                    assessed.standing = Standing::Appealed;
                    assessed.appeal = Some(Appeal { words: words.clone(), by: by.clone(), at });
                });
            }
            Event::Reviewed { finding, measure, outcome, reason, by, .. } => {
                self.change(*finding, *measure, |assessed| {
                    assessed.standing = match outcome {
                        Outcome::Upheld => Standing::Upheld,
                        Outcome::Reduced { amount } => {
                            assessed.amount = Some(amount.clone());
                            Standing::Reduced
                        }
                        Outcome::Lifted => Standing::Lifted,
                    };
                    assessed.reviewed = Some(Decision { by: by.clone(), at, reason: Some(reason.clone()) });
                });
            }
        }
    }

    fn change(&mut self, finding: FindingId, measure: usize, how: impl FnOnce(&mut Assessed)) {
        let record = self.found.iter_mut().find(|record| record.id == finding);
        if let Some(assessed) = record.and_then(|record| record.measures.get_mut(measure)) {
            how(assessed);
        }
    }
}
