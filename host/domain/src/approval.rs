//! Who must approve. Mirrors `approval` of the contract.

use crate::case::{Citation, Destination, Obligation, Remedy, Side};
use crate::money::Money;
use crate::time::Span;
use serde::{Deserialize, Serialize};

/// What needs a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A remedy agreed on or insisted on.
    #[default]
    Remedy,
    /// Parts to be drawn from stock (BUS-41).
    PartRequisition,
    /// Work that the claimant is to pay for (BUS-16).
    PaidWork,
    /// The report on work that was done (BUS-35).
    ServiceReport,
    /// Expenses of the people who did it (BUS-36).
    Expense,
}

/// What is to be approved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ApprovalRequest {
    /// What needs a signature.
    pub subject: Subject,
    /// The remedy agreed on or insisted on; always there for [`Subject::Remedy`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Remedy>,
    /// Coverage offered it.
    pub offered: bool,
    /// The parties could not agree (STO-20).
    pub disputed: bool,
    /// What it is about in money, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

impl ApprovalRequest {
    /// A remedy to be approved.
    pub fn remedy(remedy: Remedy, offered: bool, disputed: bool) -> Self {
        Self { remedy: Some(remedy), offered, disputed, ..Self::default() }
    }

    /// Anything but a remedy to be approved, and what it is about in money where that is known.
    pub fn of(subject: Subject, amount: Option<Money>) -> Self {
        Self { subject, amount, ..Self::default() }
    }
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
