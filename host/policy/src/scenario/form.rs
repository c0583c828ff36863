//! The form of a table, as its author writes it in TOML.

use super::run::AskError;
use crate::contract::Interface;
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// The respondent's calendar.
    pub calendar: CalendarSpec,
    /// A case, its attributes and settings as plain values by name.
    pub facts: Json,
}

/// The scenarios of one rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The rule.
    pub rule: String,
    /// What the table shows.
    pub title: String,
    /// One row each.
    #[serde(rename = "scenario")]
    pub scenarios: Vec<Scenario>,
}

/// The question of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// Needs the case alone.
    Coverage,
    /// Needs `request`.
    Approval,
    /// Needs `event`; with `at`, the answer says when each is overdue.
    Milestones,
    /// Needs the settings alone.
    Targets,
    /// Needs `finding`.
    Penalty,
    /// Needs `part`.
    Keep,
    /// Needs `part`.
    Replaced,
    /// Needs the settings alone.
    RequiredStock,
    /// Needs `remedy` and `items`.
    Charges,
    /// Needs `event`.
    Notices,
    /// Needs `event`.
    Visits,
}

impl Ask {
    /// The interface that answers it.
    pub fn interface(self) -> Interface {
        match self {
            Self::Coverage => Interface::Coverage,
            Self::Approval => Interface::Approval,
            Self::Milestones | Self::Targets => Interface::ServiceLevel,
            Self::Penalty => Interface::Penalty,
            Self::Keep | Self::Replaced | Self::RequiredStock => Interface::Retention,
            Self::Charges => Interface::Charges,
            Self::Notices => Interface::Notices,
            Self::Visits => Interface::FollowUp,
        }
    }
}

/// Facts and the expected answer. Without `ask`, a `request` asks `approval`, an `event` milestones, a
/// `finding` penalty, `items` charges, and a scenario with none of them coverage.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it shows.
    pub name: String,
    /// Laid over the base.
    #[serde(default)]
    pub facts: Json,
    /// Taken out of the base: "dates.sold".
    #[serde(default)]
    pub without: Vec<String>,
    /// The question, where what it needs does not say it.
    #[serde(default)]
    pub ask: Option<Ask>,
    /// For `approval`.
    #[serde(default)]
    pub request: Option<ApprovalRequest>,
    /// For milestones, notices and visits.
    #[serde(default)]
    pub event: Option<CaseEvent>,
    /// When the event happened, for a milestone's due day.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// For `penalty`.
    #[serde(default)]
    pub finding: Option<Finding>,
    /// For `keep` and `replaced`.
    #[serde(default)]
    pub part: Option<Part>,
    /// For `charges`.
    #[serde(default)]
    pub remedy: Option<Remedy>,
    /// For `charges`.
    #[serde(default)]
    pub items: Option<Vec<Item>>,
    /// The parts of the answer that matter, by name; see `answer` for how they are written.
    pub expect: Map<String, Json>,
}

impl Scenario {
    /// The question.
    pub fn asks(&self) -> Ask {
        self.ask.unwrap_or(match self {
            Self { request: Some(_), .. } => Ask::Approval,
            Self { event: Some(_), .. } => Ask::Milestones,
            Self { finding: Some(_), .. } => Ask::Penalty,
            Self { items: Some(_), .. } => Ask::Charges,
            _ => Ask::Coverage,
        })
    }

    /// What the question needs beside the case.
    pub(super) fn needed<T: Clone>(&self, what: &'static str, given: &Option<T>) -> Result<T, AskError> {
        given.clone().ok_or(AskError::Needs { what })
    }
}
