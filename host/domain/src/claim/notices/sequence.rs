//! One notice with its repeats, as the respondent's calendar places them.

use crate::case::{CaseEvent, Channel};
use crate::notices::{LastResort, Notice, Recipient};
use crate::text::Text;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How late a notice may be before those after it are put off as well.
const UNNOTICED: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

/// How a sequence stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Standing {
    /// More is to come.
    Running,
    /// What it waited for happened.
    Ended {
        /// What.
        by: CaseEvent,
        /// When.
        at: Timestamp,
    },
    /// A person ended it.
    Stopped {
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// Nothing is left of it.
    Exhausted {
        /// When.
        at: Timestamp,
    },
}

/// A notice, when it is sent, and what ends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// Its number on the claim, from 1; 0 before it begins.
    pub number: u32,
    /// The notice's id within the policy.
    pub id: String,
    /// The event that it answers.
    pub started_by: CaseEvent,
    /// Who is told.
    pub recipient: Recipient,
    /// Subject.
    pub subject: Text,
    /// Body.
    pub body: Text,
    /// How, where the rule says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// Rules behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// Any of these ends it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stopped_by: Vec<CaseEvent>,
    /// What follows when the last notice brought nothing.
    pub at_last: LastResort,
    /// When the notices that are still to come are sent, earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub planned: Vec<Timestamp>,
    /// When the last notice has brought nothing: one interval after it, or with it where there is none. Absent
    /// where nothing follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gives_up_at: Option<Timestamp>,
    /// When notices were sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told_at: Vec<Timestamp>,
    /// How it stands.
    #[serde(flatten)]
    pub standing: Standing,
}

impl Sequence {
    /// A sequence whose notices are sent at `planned`.
    pub fn new(
        notice: Notice,
        started_by: CaseEvent,
        planned: Vec<Timestamp>,
        gives_up_at: Option<Timestamp>,
    ) -> Self {
        Self {
            number: 0,
            id: notice.id,
            started_by,
            recipient: notice.recipient,
            subject: notice.subject,
            body: notice.body,
            channels: notice.channels,
            rules: notice.citations.into_iter().map(|citation| citation.rule).collect(),
            stopped_by: notice.stopped_by,
            at_last: notice.at_last,
            planned,
            gives_up_at,
            told_at: Vec::new(),
            standing: Standing::Running,
        }
    }

    /// Whether more is to come.
    pub fn is_running(&self) -> bool {
        self.standing == Standing::Running
    }

    /// When something of it is due next.
    pub fn next(&self) -> Option<Timestamp> {
        self.planned.first().copied().or(self.gives_up_at)
    }

    /// The first notice that was planned was sent at `at`. Where that was late, the rest keeps its distance: a
    /// customer has the days between two notices that the rule gives, even if the host stood still for a week.
    pub(super) fn told(&mut self, at: Timestamp) {
        if self.planned.is_empty() {
            return;
        }
        let was = self.planned.remove(0);
        self.told_at.push(at);
        let late = at.duration_since(was);
        if late > UNNOTICED {
            let rest = self.planned.iter_mut().chain(&mut self.gives_up_at);
            rest.for_each(|then| *then = then.checked_add(late).unwrap_or(*then));
        }
    }
}
