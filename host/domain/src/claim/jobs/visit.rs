//! What happens at the user's place: the time, what is heard, seen, checked and done, and the signature.

use crate::case::{Cause, Channel, Usage};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
/// The time that was fixed with the user (ZZC-09).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Not before.
    pub from: Timestamp,
    /// On time is until then.
    pub until: Timestamp,
    /// With whom it was agreed.
    pub agreed_with: String,
    /// How the user was reached.
    pub channel: Channel,
}

/// Why people came late (ZZC-11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delay {
    /// In clear words.
    pub reason: String,
    /// Nobody could have helped it.
    pub force_majeure: bool,
}

/// When people came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// When.
    pub at: Timestamp,
    /// Why late, where it was after the time agreed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<Delay>,
}

/// What the user says (BUS-26).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Heard {
    /// How the product is used.
    pub used_for: String,
    /// What went before the fault and what came of it.
    pub circumstances: String,
    /// Running time and mileage as the user states them.
    pub usage: Vec<Usage>,
}

/// What there is to see (BUS-27).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The product is within the three guarantees.
    pub within_cover: bool,
    /// The part was dismantled before.
    pub dismantled: bool,
    /// Running time and mileage as they were read: evidence.
    pub usage: Vec<Usage>,
    /// Facts that the policy declares; they become known of the claim.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub attributes: Map<String, Json>,
}

/// What the inspection found (BUS-28).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checked {
    /// The true cause.
    pub cause: Cause,
    /// The faulty part and the analysis.
    pub words: String,
    /// Fault code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// A part that was replaced or given (BUS-30).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartUsed {
    /// Part number.
    pub part: String,
    /// Its name.
    pub name: String,
    /// Pieces.
    pub quantity: u32,
    /// Why.
    pub reason: String,
}

/// How the service ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Solved {
    /// The product does what it should.
    Yes,
    /// Somebody must come again (ZZC-13).
    ComeAgain,
    /// The equipment was taken back, to be studied (ZZC-13).
    TakenBack,
    /// It cannot be repaired (STO-29).
    Unrepairable,
}

/// What was done, and how it ended (BUS-29).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// How it ended.
    pub solved: Solved,
    /// What was done; where it is not solved, the fault in detail (ZZC-13).
    pub words: String,
    /// What was agreed on with the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<String>,
}

/// A major problem, reported to the leader at once (BUS-31).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MajorProblem {
    /// What it is.
    pub what: String,
    /// What the people on site propose.
    pub proposal: String,
    /// What the user demands.
    pub demand: String,
}

/// A major problem that was reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedProblem {
    /// Which.
    #[serde(flatten)]
    pub problem: MajorProblem,
    /// When.
    pub at: Timestamp,
}

/// Somebody who signed or decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Name of whoever signed.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of the report as it was signed, hex.
    pub hash: String,
    /// What the customer adds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}
