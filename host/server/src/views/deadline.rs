//! What is due, was met or was missed.

use super::rulebook::Rulebook;
use crate::http::schema;
use sanbao_domain::case::{CaseEvent, Channel};
use sanbao_domain::deadline::{Deadline, DeadlineState};
use sanbao_domain::ids::{ClaimId, DeadlineId, TicketId};
use sanbao_domain::time::{Span, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// One deadline of a claim.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeadlineView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: DeadlineId,
    /// The milestone's id within the policy.
    pub milestone: String,
    /// What is due.
    pub title: String,
    /// The event that it is counted from.
    #[schema(value_type = String, example = "opened")]
    pub started_by: CaseEvent,
    /// When that happened.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Timestamp,
    /// The time allowed, as the policy states it.
    #[schema(value_type = schema::Span)]
    pub within: Span,
    /// In time is before this instant.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Timestamp,
    /// The event that fulfils it.
    #[schema(value_type = String, example = "completed")]
    pub met_by: CaseEvent,
    /// How it must be done, where the rule says.
    #[schema(value_type = Vec<String>)]
    pub channels: Vec<Channel>,
    /// Rules behind it.
    pub rules: Vec<String>,
    /// running, met, met-late, missed, paused or dropped.
    #[schema(example = "running")]
    pub state: &'static str,
    /// When it was met or found missed, or since when its clock stands still.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
}

/// A deadline with the claim that it belongs to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TicketDeadlineView {
    /// The ticket; absent where the list is that of one ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub ticket: Option<TicketId>,
    /// The claim.
    #[schema(value_type = String, format = Uuid)]
    pub claim: ClaimId,
    /// The deadline.
    #[serde(flatten)]
    pub deadline: DeadlineView,
}

impl DeadlineView {
    /// Shows a deadline.
    pub fn new(deadline: &Deadline, book: &Rulebook) -> Self {
        let (state, at) = match deadline.state {
            DeadlineState::Running => ("running", None),
            DeadlineState::Met { at } => ("met", Some(at)),
            DeadlineState::Missed { noticed_at } => ("missed", Some(noticed_at)),
            DeadlineState::MetLate { at } => ("met-late", Some(at)),
            DeadlineState::Paused { since } => ("paused", Some(since)),
            DeadlineState::Dropped => ("dropped", None),
        };
        Self {
            id: deadline.id,
            milestone: deadline.milestone.clone(),
            title: book.text(&deadline.title),
            started_by: deadline.started_by,
            started_at: deadline.started_at,
            within: deadline.span,
            due_at: deadline.due_at,
            met_by: deadline.met_by,
            channels: deadline.channels.clone(),
            rules: deadline.rules.clone(),
            state,
            at,
        }
    }
}
