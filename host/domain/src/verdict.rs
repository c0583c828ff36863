//! What the policy answers to "is this covered?". Mirrors `coverage` of the contract.

use crate::case::{Citation, Obligation, Remedy, Side, Usage};
use crate::text::Text;
use crate::time::{Date, Span};
use serde::{Deserialize, Serialize};

/// The outcome of a judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// The respondent owes something.
    Covered,
    /// Nothing is owed; charged offers may be made.
    NotCovered,
    /// Facts are needed first.
    FactsMissing,
    /// A person decides.
    Referred,
}

/// The event from which cover is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Basis {
    Produced,
    Shipped,
    Sold,
    Installed,
    Received,
    Reported,
    Renewed,
}

/// The cover that was looked at, whether or not it still holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cover {
    /// Counted from.
    pub basis: Basis,
    /// Day 0.
    pub starts: Date,
    /// The last covered day is `starts` + `term`.
    pub term: Span,
    /// Cover also ends when one of these is reached.
    #[serde(default)]
    pub limits: Vec<Usage>,
    /// Rule that sets the term.
    pub rule: String,
}

/// Whether the claimant pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Charge {
    /// Nothing to pay.
    Free,
    /// By quote, which the claimant must accept first.
    Quoted,
}

/// How freight is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settlement {
    /// The payer pays.
    Borne,
    /// The payer advances it.
    Advanced,
    /// The payer reimburses it against receipts.
    Reimbursed,
}

/// Who pays for one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leg {
    /// Who pays.
    pub payer: Side,
    /// How.
    pub settlement: Settlement,
}

/// Who pays for moving the goods.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freight {
    /// To the respondent; absent where the rule does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub there: Option<Leg>,
    /// Back again; absent where the rule does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<Leg>,
    /// Rule behind it.
    pub rule: String,
}

/// A condition of an offer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// What must hold.
    pub what: Text,
    /// Rule behind it.
    pub rule: String,
}

/// The whole product or its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// All of it.
    Whole,
    /// Parts only (LGT-33).
    Parts,
}

/// One remedy to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// What is offered.
    pub remedy: Remedy,
    /// Of what.
    pub scope: Scope,
    /// At whose cost.
    pub charge: Charge,
    /// Role that decides whether it is granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discretion: Option<String>,
    /// Freight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freight: Option<Freight>,
    /// Conditions.
    #[serde(default)]
    pub conditions: Vec<Term>,
    /// What the sides must do.
    #[serde(default)]
    pub obligations: Vec<Obligation>,
    /// Rules that grant it.
    #[serde(default)]
    pub citations: Vec<Citation>,
}

/// A fact without which the claim cannot be judged.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingFact {
    /// A declared attribute or a core fact such as `dates.sold`.
    pub fact: String,
    /// Why it is needed.
    pub why: Text,
    /// Rule that needs it.
    pub rule: String,
}

/// What the policy answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The outcome.
    pub ruling: Ruling,
    /// The cover looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Cover>,
    /// Remedies to choose from, preferred first.
    #[serde(default)]
    pub offers: Vec<Offer>,
    /// Facts that are missing.
    #[serde(default)]
    pub missing: Vec<MissingFact>,
    /// Role that decides, for [`Ruling::Referred`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refer_to: Option<String>,
    /// Rules that decided.
    #[serde(default)]
    pub citations: Vec<Citation>,
    /// Readings and remarks that mattered.
    #[serde(default)]
    pub notes: Vec<Citation>,
}
