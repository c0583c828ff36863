//! The report of a job and the expenses: who decided what, which vouchers there are.

use super::super::state::Chain;
use super::visit::{Checked, Heard, Outcome, PartUsed, Seen, Signed};
use crate::ids::JobId;
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
/// A decision of the leader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Words with their time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The words.
    pub words: String,
}

/// The service report (BUS-11, 30; ZZC-14).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// What was heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heard: Option<Heard>,
    /// What was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Checked>,
    /// Parts replaced or given.
    pub parts: Vec<PartUsed>,
    /// What was done, and how it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// When the service ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// The customer's signature (BUS-12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<Signed>,
    /// Why the customer did not sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsigned: Option<Said>,
    /// Who approves it, and how far that is (BUS-35).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<Chain>,
    /// The leader's approval; from then on it is archived (BUS-35).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved: Option<Decided>,
}

impl Report {
    /// SHA-256, hex, of what a signature vouches for: everything up to the end of the service.
    pub fn hash(&self, job: JobId) -> String {
        let content =
            (job, &self.heard, &self.seen, &self.checked, &self.parts, &self.outcome, self.ended_at);
        // Plain data always has a JSON form; were there none, nothing would match it.
        let bytes = serde_json::to_vec(&content).unwrap_or_default();
        hex::encode(Sha256::digest(bytes))
    }

    /// Whether the customer has signed, or has said why not.
    pub fn is_concluded(&self) -> bool {
        self.signed.is_some() || self.unsigned.is_some()
    }
}

/// A bill that was paid on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voucher {
    /// What it was for: "fuel", "toll".
    pub kind: String,
    /// Number under which it can be found.
    pub reference: String,
    /// How much; more than nothing.
    pub amount: Money,
}

/// Expenses of the job (BUS-36).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expenses {
    /// The vouchers.
    pub vouchers: Vec<Voucher>,
    /// Their sum.
    pub total: Money,
    /// What is still to be paid out after the advance; less than nothing where money is given back.
    pub balance: Money,
    /// When they were handed in.
    pub at: Timestamp,
    /// Who reviews them, and how far that is.
    pub review: Chain,
    /// The review came out well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Decided>,
    /// The review did not; they can be handed in anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected: Option<Said>,
    /// They were paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reimbursed: Option<Decided>,
}
