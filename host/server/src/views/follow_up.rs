//! Calls and visits after a service.

use super::rulebook::Rulebook;
use sanbao_domain::case::{CaseEvent, Channel};
use sanbao_domain::claim::follow_ups::FollowUpState;
use sanbao_domain::ids::{ClaimId, FollowUpId, TicketId};
use sanbao_domain::time::Timestamp;
use sanbao_store::follow_up::Owed;
use serde::Serialize;
use utoipa::ToSchema;

/// A call or visit, with the claim that it belongs to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FollowUpView {
    /// The ticket.
    #[schema(value_type = String, format = Uuid)]
    pub ticket: TicketId,
    /// The claim.
    #[schema(value_type = String, format = Uuid)]
    pub claim: ClaimId,
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: FollowUpId,
    /// The visit's id within the policy.
    pub visit: String,
    /// What it is.
    pub title: String,
    /// The event that it follows.
    #[schema(value_type = String, example = "installed")]
    pub started_by: CaseEvent,
    /// Not before this instant.
    #[schema(value_type = String, format = DateTime)]
    pub earliest: Timestamp,
    /// In time is before this instant.
    #[schema(value_type = String, format = DateTime)]
    pub latest: Timestamp,
    /// How; empty where the rule does not say.
    #[schema(value_type = Vec<String>)]
    pub channels: Vec<Channel>,
    /// What to find out.
    pub questions: Vec<String>,
    /// Rules behind it.
    pub rules: Vec<String>,
    /// planned, overdue, done, skipped or stopped.
    #[schema(example = "planned")]
    pub state: &'static str,
    /// When it was done, skipped, stopped or found overdue.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
}

impl FollowUpView {
    /// Shows a follow-up.
    pub fn new(owed: Owed, book: &Rulebook) -> Self {
        let Owed { ticket, claim, follow_up: one, .. } = owed;
        let at = match one.state {
            FollowUpState::Planned => None,
            FollowUpState::Overdue { noticed_at: at }
            | FollowUpState::Done { at, .. }
            | FollowUpState::Skipped { at, .. }
            | FollowUpState::Stopped { at, .. } => Some(at),
        };
        Self {
            ticket,
            claim,
            id: one.id,
            title: book.text(&one.title),
            started_by: one.started_by,
            earliest: one.earliest,
            latest: one.latest,
            questions: one.questions.iter().map(|question| book.text(question)).collect(),
            state: one.state.as_str(),
            visit: one.visit,
            channels: one.channels,
            rules: one.rules,
            at,
        }
    }
}
