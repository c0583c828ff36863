//! Who must approve. Mirrors `approval` of the contract.

use crate::case::{Citation, Destination, Obligation, Remedy, Side};
use crate::time::Span;
use serde::{Deserialize, Serialize};

/// What is to be approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalRequest {
    /// The remedy agreed on or insisted on.
    pub remedy: Remedy,
    /// Coverage offered it.
    pub offered: bool,
    /// The parties could not agree (STO-20).
    pub disputed: bool,
}

/// One signature of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalStep {
    /// Role that signs.
    pub role: String,
    /// Whose person it is.
    pub by: Side,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Span>,
    /// Rule behind it.
    pub rule: String,
}

/// The chain and where the goods go.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalPlan {
    /// In order; empty when nobody needs to approve.
    #[serde(default)]
    pub steps: Vec<ApprovalStep>,
    /// Where the goods go.
    #[serde(default)]
    pub goods_to: Destination,
    /// What the sides must do.
    #[serde(default)]
    pub obligations: Vec<Obligation>,
    /// Rules behind it.
    #[serde(default)]
    pub citations: Vec<Citation>,
}
