//! The case: one claim as the policy sees it. Mirrors `types.case` of the contract.

mod facts;
mod words;

pub use facts::*;
pub use words::*;

use crate::money::Money;
use crate::text::Text;
use crate::time::{Moment, Span};
use serde::{Deserialize, Serialize};

/// A rule that decided something, and how.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// Rule id that the manifest declares.
    pub rule: String,
    /// How it applied here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Text>,
}

/// Something that one side must do for a remedy to stand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obligation {
    /// Who.
    pub who: Side,
    /// What.
    pub what: Text,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Span>,
    /// Rule id behind it.
    pub rule: String,
}

/// One claim as the policy sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The time of the decision.
    pub now: Moment,
    /// ISO 3166 code of the law that applies.
    pub jurisdiction: String,
    /// Who asks.
    pub claimant: PartyRole,
    /// Who owes.
    pub respondent: PartyRole,
    /// What the ticket is about.
    #[serde(default)]
    pub matter: Matter,
    /// What it is about.
    pub product: Product,
    /// What happened when.
    #[serde(default)]
    pub dates: Dates,
    /// What happened before.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub history: History,
    /// What is asked for.
    #[serde(default)]
    pub asked: Wish,
    /// The remedy agreed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Remedy>,
    /// The cause found or reported.
    #[serde(default)]
    pub cause: Cause,
    /// Fault code or words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Amount claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Money>,
    /// Declared facts that are known, in the manifest's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    /// The settings of the activation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Attribute>,
}
