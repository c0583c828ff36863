//! Calls and visits after the service (FUP-01…06; HAI-03; XID-01, 02; AUT-05): what the policy asks for after
//! an event becomes a plan with its earliest and latest time. They outlive the claim, come again where the
//! policy says so, and stop with the event that they wait for.

mod machine;
mod refusal;

pub use refusal::Refusal;

use crate::case::{CaseEvent, Channel};
use crate::follow_up::Visit;
use crate::ids::FollowUpId;
use crate::text::Text;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// All that are or were planned, in the order of planning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FollowUps {
    /// Them.
    pub all: Vec<FollowUp>,
}

/// A call or visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// Its id.
    pub id: FollowUpId,
    /// The visit's id within the policy.
    pub visit: String,
    /// What it is.
    pub title: Text,
    /// The event that it follows.
    pub started_by: CaseEvent,
    /// Not before this instant.
    pub earliest: Timestamp,
    /// In time is before this instant.
    pub latest: Timestamp,
    /// It comes again at this interval (FUP-03…05).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Span>,
    /// It is not needed any more after one of these (XID-01).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub until: Vec<CaseEvent>,
    /// How (FUP-06); empty where the rule does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// What to find out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Text>,
    /// Rules behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// How it stands.
    #[serde(flatten)]
    pub state: FollowUpState,
}

/// How a follow-up stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum FollowUpState {
    /// Still to come.
    Planned,
    /// Its time has passed, and nobody has called.
    Overdue {
        /// When the host noticed.
        noticed_at: Timestamp,
    },
    /// Done.
    Done {
        /// When.
        at: Timestamp,
        /// What came of it.
        #[serde(flatten)]
        outcome: Outcome,
        /// Who.
        by: String,
    },
    /// Left out on purpose.
    Skipped {
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// What it waited for has happened.
    Stopped {
        /// When.
        at: Timestamp,
        /// What.
        because: CaseEvent,
    },
}

impl FollowUpState {
    /// The word used in JSON and in the database.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Overdue { .. } => "overdue",
            Self::Done { .. } => "done",
            Self::Skipped { .. } => "skipped",
            Self::Stopped { .. } => "stopped",
        }
    }
}

/// What came of a call or visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// How the customer was reached.
    pub channel: Channel,
    /// What the customer answered, in the order of the questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
    /// Whether the customer is satisfied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfied: Option<bool>,
    /// Whether the customer can use the product (XID-01).
    #[serde(default)]
    pub proficient: bool,
    /// What else was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// From when until when the next one of a series is due, by the respondent's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// Its id.
    pub id: FollowUpId,
    /// In time is before this instant.
    pub latest: Timestamp,
}

impl FollowUp {
    /// A follow-up that is still to come.
    pub fn new(
        id: FollowUpId,
        visit: Visit,
        started_by: CaseEvent,
        earliest: Timestamp,
        latest: Timestamp,
    ) -> Self {
        Self {
            id,
            visit: visit.id,
            title: visit.title,
            started_by,
            earliest,
            latest,
            every: visit.every,
            until: visit.until,
            channels: visit.channels,
            questions: visit.questions,
            rules: visit.citations.into_iter().map(|citation| citation.rule).collect(),
            state: FollowUpState::Planned,
        }
    }

    /// Whether somebody still has to call.
    pub fn is_open(&self) -> bool {
        matches!(self.state, FollowUpState::Planned | FollowUpState::Overdue { .. })
    }
}

impl FollowUps {
    /// The follow-up with this id.
    pub fn find(&self, id: FollowUpId) -> Option<&FollowUp> {
        self.all.iter().find(|one| one.id == id)
    }
}

/// What somebody wants to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The policy answered: these follow an event. The host's own.
    Plan(Vec<FollowUp>),
    /// The customer was called or visited.
    Done {
        /// Which.
        follow_up: FollowUpId,
        /// What came of it.
        outcome: Box<Outcome>,
        /// The next one of the series.
        next: Option<Next>,
    },
    /// It is left out.
    Skip {
        /// Which.
        follow_up: FollowUpId,
        /// Why.
        reason: String,
        /// The next one of the series.
        next: Option<Next>,
    },
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Plan,
    Done,
    Skip,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// It was planned.
    Planned {
        /// It.
        follow_up: Box<FollowUp>,
    },
    /// The customer was called or visited.
    Done {
        /// Which.
        follow_up: FollowUpId,
        /// What came of it.
        outcome: Box<Outcome>,
        /// Who.
        by: String,
    },
    /// It was left out.
    Skipped {
        /// Which.
        follow_up: FollowUpId,
        /// Why.
        reason: String,
    },
    /// Its time has passed.
    Overdue {
        /// Which.
        follow_up: FollowUpId,
    },
    /// What it waited for has happened.
    Stopped {
        /// Which.
        follow_up: FollowUpId,
        /// What.
        because: CaseEvent,
    },
}
