//! What follows from a finding. Mirrors `penalty` of the contract.

use crate::case::Citation;
use crate::money::Money;
use crate::time::Moment;
use serde::{Deserialize, Serialize};

/// What an inspection found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// Goods damaged on purpose (LGT-30).
    DeliberateDamage,
    /// A signature, stamp or comment altered or forged (BUS-14).
    ForgedSignature,
    /// The signature asked for before the service (BUS-13).
    EarlySignature,
    /// Meals, favours or goods asked for (BUS-17).
    Soliciting,
    /// The required stock of parts was not held (LGT-45).
    PartsNotHeld,
    /// Parts were not applied for in time (LGT-45).
    LateApplication,
    /// Goods sent back without approval (LGT-27).
    UnauthorisedReturn,
    /// A repaired part sold as good stock (LGT-47).
    ResaleOfRepaired,
    /// Any other violation of the rules (STO-38).
    RuleViolation,
}

/// The result of an inspection.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// What was found.
    pub kind: FindingKind,
    /// When.
    pub found: Moment,
    /// Value of the return batch or the goods concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch_value: Option<Money>,
    /// Judged serious by the person who found it (LGT-31).
    #[serde(default)]
    pub serious: bool,
    /// Earlier findings of the same kind against the same subject.
    #[serde(default)]
    pub earlier: u32,
}

/// Against whom a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The party that claims.
    Claimant,
    /// A technician of the respondent.
    Technician,
    /// Another person of the respondent's staff.
    Staff,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sanction {
    /// The subject bears the cost of the remedy.
    BearCost,
    /// Money.
    Fine,
    /// Internal discipline.
    Discipline,
    /// The employment ends.
    Dismissal,
    /// The dealership, or whatever standing the claimant has, is cancelled.
    CancelStanding,
}

/// A measure that the policy proposes; a person with the right confirms it, and the subject may appeal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Against whom.
    pub against: Subject,
    /// What.
    pub sanction: Sanction,
    /// Lowest amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Money>,
    /// Highest amount; absent: no upper bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Money>,
    /// Rules behind it.
    #[serde(default)]
    pub citations: Vec<Citation>,
}
