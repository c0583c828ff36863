//! What people are sent out for, where to, and with what.

use crate::ids::{ContactId, JobId};
use crate::money::Money;
use serde::{Deserialize, Serialize};
/// What people are sent out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A fault is looked for and made good.
    Repair,
    /// The product is installed and adjusted (AUT-01).
    Installation,
    /// The product is looked at, so that the claim can be judged.
    Inspection,
    /// Somebody is taught to use it.
    Training,
}

impl Purpose {
    /// Whether the report must say what was heard, seen and checked (BUS-26…28).
    pub fn needs_findings(self) -> bool {
        matches!(self, Self::Repair | Self::Inspection)
    }
}

/// Where the job is, and who is met there (BUS-20, 24).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// Address, or where the vehicle stands.
    pub address: String,
    /// Who is met there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// That person's telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Road distance from the service radius' centre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_km: Option<u32>,
    /// How to get there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic: Option<String>,
}

/// Why somebody goes there: telephone and writing come first (ZZC-08, 17).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Because {
    /// The call or letter that did not solve it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
    /// Why it cannot be solved from afar, where there was no call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Somebody who goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name; unique within the job.
    pub name: String,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// What qualifies the person (ZZC-20).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualification: Option<String>,
}

/// A part that is carried along (BUS-24).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// Part number.
    pub part: String,
    /// Pieces.
    pub quantity: u32,
}

/// A dispatch order (BUS-19…24).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The job.
    pub job: JobId,
    /// What for.
    pub purpose: Purpose,
    /// What is to be done, as far as it is known.
    pub task: String,
    /// Where.
    pub site: Site,
    /// Why somebody must go.
    pub because: Because,
    /// Who goes; one at least.
    pub people: Vec<Person>,
    /// Who leads where two or more go (BUS-22).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<String>,
    /// Money drawn in advance (BUS-23).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advance: Option<Money>,
    /// Parts carried along.
    #[serde(default)]
    pub carries: Vec<Carried>,
    /// The job that could not solve it (ZZC-13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<JobId>,
}
