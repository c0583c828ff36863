//! How long parts are kept, and what becomes of the old ones. Mirrors `retention` of the contract.

use crate::case::{Citation, Destination};
use crate::time::Span;
use serde::{Deserialize, Serialize};

/// A part that is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Part number.
    pub number: String,
    /// Kind in the respondent's words: "electronic", "light-bar".
    pub kind: String,
    /// Repaired, so good for replacement only (LGT-47).
    #[serde(default)]
    pub repaired: bool,
}

/// How long spare parts are kept after the model was discontinued.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keeping {
    /// Counted from the discontinuation.
    pub term: Span,
    /// Rules behind it.
    #[serde(default)]
    pub citations: Vec<Citation>,
}

/// What becomes of a part that was replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OldPart {
    /// It must come back (BUS-32, 42).
    pub must_come_back: bool,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Span>,
    /// Where to.
    #[serde(default)]
    pub goes_to: Destination,
    /// When it may be scrapped, counted from its return; absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scrap_after: Option<Span>,
    /// Rules behind it.
    #[serde(default)]
    pub citations: Vec<Citation>,
}

/// What a claimant must hold in stock (LGT-44).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredStock {
    /// Kind of part in the respondent's words.
    pub kind: String,
    /// Pieces.
    pub at_least: u32,
    /// Rules behind it.
    #[serde(default)]
    pub citations: Vec<Citation>,
}
