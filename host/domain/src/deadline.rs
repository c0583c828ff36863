//! Deadlines: milestones of the service level, resolved to instants by the respondent's calendar.

use crate::case::{CaseEvent, Channel};
use crate::ids::DeadlineId;
use crate::service_level::{Milestone, Pause};
use crate::text::Text;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum DeadlineState {
    /// Not due yet.
    Running,
    /// Fulfilled in time.
    Met {
        /// When.
        at: Timestamp,
    },
    /// Passed without being fulfilled.
    Missed {
        /// When the host noticed.
        noticed_at: Timestamp,
    },
    /// Fulfilled after it had passed.
    MetLate {
        /// When.
        at: Timestamp,
    },
    /// Its clock stands still.
    Paused {
        /// Since when.
        since: Timestamp,
    },
    /// The claim ended before it fell due.
    Dropped,
}

/// Something that is due on a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Its id.
    pub id: DeadlineId,
    /// The milestone's id within the policy.
    pub milestone: String,
    /// What is due.
    pub title: Text,
    /// The event that it is counted from.
    pub started_by: CaseEvent,
    /// When that happened.
    pub started_at: Timestamp,
    /// The span as the policy states it.
    pub span: Span,
    /// In time is before this instant.
    pub due_at: Timestamp,
    /// The event that fulfils it.
    pub met_by: CaseEvent,
    /// How it must be done, where the rule says.
    pub channels: Vec<Channel>,
    /// When its clock may stand still.
    pub pauses: Vec<Pause>,
    /// Rules behind it.
    pub rules: Vec<String>,
    /// How it stands.
    #[serde(flatten)]
    pub state: DeadlineState,
}

impl Deadline {
    /// A running deadline for `milestone`, which starts with `started_by`.
    pub fn new(
        id: DeadlineId,
        milestone: Milestone,
        started_by: CaseEvent,
        started_at: Timestamp,
        due_at: Timestamp,
    ) -> Self {
        Self {
            id,
            milestone: milestone.id,
            title: milestone.title,
            started_by,
            started_at,
            span: milestone.due,
            due_at,
            met_by: milestone.met_by,
            channels: milestone.channels,
            pauses: milestone.pauses,
            rules: milestone.citations.into_iter().map(|citation| citation.rule).collect(),
            state: DeadlineState::Running,
        }
    }

    /// Whether it still waits for its event.
    pub fn is_running(&self) -> bool {
        self.state == DeadlineState::Running
    }

    /// Whether it waits for its event and has not passed, with its clock running or standing still.
    pub fn is_pending(&self) -> bool {
        matches!(self.state, DeadlineState::Running | DeadlineState::Paused { .. })
    }
}
