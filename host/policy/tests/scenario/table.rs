//! The form of a table.

use sanbao_domain::approval::ApprovalRequest;
use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::case::CaseEvent;
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

/// Facts and the expected answer. Asks `approval` with a request, `service-level` with an event, and
/// `coverage` without either.
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
    pub(crate) request: Option<ApprovalRequest>,
    #[serde(default)]
    pub(crate) event: Option<CaseEvent>,
    /// When the event happened, for a milestone's due day.
    #[serde(default)]
    pub(crate) at: Option<Timestamp>,
    /// The parts of the answer that matter, by name; see `answer` for how they are written.
    pub(crate) expect: Map<String, Json>,
}
