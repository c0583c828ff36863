//! Where a requisition stands.

use super::ReportProof;
use crate::claim::Signature;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The states; each carries what is true only there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum State {
    /// Service staff asked for it; signatures are awaited.
    Proposed,
    /// Everybody signed: it may be issued.
    Approved,
    /// Refused, with a reason.
    Rejected {
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
    /// Drawn; on the account of whoever drew it.
    Issued,
    /// All of it was returned unused.
    Returned,
    /// Off the account.
    WrittenOff {
        /// What it was written off against; may be absent for mailed ones.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        report: Option<ReportProof>,
        /// Who wrote it off; the leader for mailed ones (BUS-43).
        signature: Signature,
    },
}

/// The name of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // Explained at `State`.
pub enum StateName {
    Proposed,
    Approved,
    Rejected,
    Issued,
    Returned,
    WrittenOff,
}

impl StateName {
    /// The word used in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Issued => "issued",
            Self::Returned => "returned",
            Self::WrittenOff => "written-off",
        }
    }
}

impl State {
    /// Its name.
    pub fn name(&self) -> StateName {
        match self {
            Self::Proposed => StateName::Proposed,
            Self::Approved => StateName::Approved,
            Self::Rejected { .. } => StateName::Rejected,
            Self::Issued => StateName::Issued,
            Self::Returned => StateName::Returned,
            Self::WrittenOff { .. } => StateName::WrittenOff,
        }
    }
}

/// What mailing cost: written off after two signatures (BUS-43).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postage {
    /// How much.
    pub amount: Money,
    /// Number of the voucher.
    pub voucher: String,
    /// The handler's signature; the leader's is that of the write-off.
    pub handler: Signature,
}
