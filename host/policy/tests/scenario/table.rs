//! The form of a table.

use sanbao_domain::approval::ApprovalRequest;
use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::case::{CaseEvent, Remedy};
use sanbao_domain::charges::Item;
use sanbao_domain::penalty::Finding;
use sanbao_domain::retention::Part;
use sanbao_domain::time::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

/// What the scenarios of a pack have in common.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Base {
    /// The respondent's calendar.
    pub(crate) calendar: CalendarSpec,
    /// A case, its attributes and settings as plain values by name.
    pub(crate) facts: Json,
}

/// The scenarios of one rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    /// The rule.
    pub(crate) rule: String,
    /// What the table shows.
    #[allow(dead_code)]
    pub(crate) title: String,
    /// One row each.
    #[serde(rename = "scenario")]
    pub(crate) scenarios: Vec<Scenario>,
}

/// The question of a scenario.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Ask {
    Coverage,
    /// Needs `request`.
    Approval,
    /// Needs `event`; with `at`, the answer says when each is overdue.
    Milestones,
    Targets,
    /// Needs `finding`.
    Penalty,
    /// Needs `part`.
    Keep,
    /// Needs `part`.
    Replaced,
    RequiredStock,
    /// Needs `remedy` and `items`.
    Charges,
    /// Needs `event`.
    Notices,
    /// Needs `event`.
    Visits,
}

/// Facts and the expected answer. Without `ask`, a `request` asks `approval`, an `event` milestones, a
/// `finding` penalty, `items` charges, and a scenario with none of them coverage.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    pub(crate) name: String,
    /// Laid over the base.
    #[serde(default)]
    pub(crate) facts: Json,
    /// Taken out of the base: "dates.sold".
    #[serde(default)]
    pub(crate) without: Vec<String>,
    #[serde(default)]
    pub(crate) ask: Option<Ask>,
    #[serde(default)]
    pub(crate) request: Option<ApprovalRequest>,
    #[serde(default)]
    pub(crate) event: Option<CaseEvent>,
    /// When the event happened, for a milestone's due day.
    #[serde(default)]
    pub(crate) at: Option<Timestamp>,
    #[serde(default)]
    pub(crate) finding: Option<Finding>,
    #[serde(default)]
    pub(crate) part: Option<Part>,
    #[serde(default)]
    pub(crate) remedy: Option<Remedy>,
    #[serde(default)]
    pub(crate) items: Option<Vec<Item>>,
    /// The parts of the answer that matter, by name; see `answer` for how they are written.
    pub(crate) expect: Map<String, Json>,
}

impl Scenario {
    pub(crate) fn asks(&self) -> Ask {
        self.ask.unwrap_or(match self {
            Self { request: Some(_), .. } => Ask::Approval,
            Self { event: Some(_), .. } => Ask::Milestones,
            Self { finding: Some(_), .. } => Ask::Penalty,
            Self { items: Some(_), .. } => Ask::Charges,
            _ => Ask::Coverage,
        })
    }

    /// What the question needs beside the case.
    pub(crate) fn needed<T: Clone>(&self, what: &str, given: &Option<T>) -> T {
        given.clone().unwrap_or_else(|| panic!("{}: this question needs `{what}`", self.name))
    }
}
