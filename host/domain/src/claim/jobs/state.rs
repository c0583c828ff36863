//! A job from the dispatch order to the archived report and the reimbursed expenses.

use super::order::Order;
use super::report::{Decided, Expenses, Report, Said};
use super::visit::{Arrival, ReportedProblem, Visit};
use crate::ids::{JobId, PartyId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The order is given.
    Ordered,
    /// A time is fixed with the user.
    Scheduled,
    /// People are on their way.
    Departed,
    /// People are there.
    Arrived,
    /// The service has ended.
    Ended,
    /// The customer signed, or said why not.
    Concluded,
    /// The report is approved and archived.
    Archived,
    /// Nobody goes.
    CalledOff,
}

/// One job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// How far it is.
    pub stage: Stage,
    /// The party whose people go.
    pub by: PartyId,
    /// When the order was given.
    pub ordered_at: Timestamp,
    /// The order.
    #[serde(flatten)]
    pub order: Order,
    /// The time agreed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
    /// When people set off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departed_at: Option<Timestamp>,
    /// When they came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived: Option<Arrival>,
    /// The service report.
    #[serde(default)]
    pub report: Report,
    /// A signature was asked for before the service had ended, which is forbidden (BUS-13).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub early_signatures: Vec<Decided>,
    /// Major problems (BUS-31).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<ReportedProblem>,
    /// The result as it was told before leaving, and further tasks (BUS-33).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_back: Option<Said>,
    /// When people were back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_at: Option<Timestamp>,
    /// Expenses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expenses: Option<Expenses>,
    /// Why nobody goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_off: Option<Said>,
}

impl Job {
    /// Its id.
    pub fn id(&self) -> JobId {
        self.order.job
    }

    /// Whether the claim's work must still wait for it.
    pub fn is_open(&self) -> bool {
        self.stage < Stage::Concluded
    }
}

/// The jobs of a claim, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Jobs(pub Vec<Job>);

impl Jobs {
    /// The job with this id; without one, the latest.
    pub fn find(&self, id: Option<JobId>) -> Option<&Job> {
        match id {
            Some(id) => self.0.iter().find(|job| job.id() == id),
            None => self.0.last(),
        }
    }
}
