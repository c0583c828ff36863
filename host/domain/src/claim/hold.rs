//! The clock stands still: while the work waits for somebody else, what the policy lets wait is not missed,
//! and falls due later by as long as it stood still.

use super::procedure::{Explanation, Obstacle, Procedure};
use super::{Claim, Event as ClaimEvent, Refusal as ClaimRefusal};
use crate::actor::Actor;
use crate::deadline::{Deadline, DeadlineState};
use crate::service_level::Pause;
use crate::text::Text;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Why the clock stands still, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// What the work waits for.
    pub reason: Pause,
    /// Since when.
    pub since: Timestamp,
    /// In words.
    pub note: String,
    /// By whom.
    pub by: String,
    /// Until when; absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// Whether the clock stands still, and when it did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hold {
    /// The reason why it stands still now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<Held>,
    /// When it stood still before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Held>,
}

/// What somebody wants to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The clock stands still from now on.
    Begin {
        /// What the work waits for.
        reason: Pause,
        /// In words.
        note: String,
    },
    /// It goes on.
    Resume,
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Begin,
    Resume,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// The clock stands still.
    Begun {
        /// What the work waits for.
        reason: Pause,
        /// In words.
        note: String,
        /// By whom.
        by: String,
    },
    /// It goes on.
    Resumed,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It stands still already.
    Held,
    /// It does not stand still.
    NotHeld,
    /// Nobody says why.
    NoteMissing,
}

impl Procedure for Hold {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[Name::Begin, Name::Resume];

    fn name(command: &Command) -> Name {
        match command {
            Command::Begin { .. } => Name::Begin,
            Command::Resume => Name::Resume,
        }
    }

    fn word(name: Name) -> &'static str {
        match name {
            Name::Begin => "hold/begin",
            Name::Resume => "hold/resume",
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Begun { .. } => "hold/begun",
            Event::Resumed => "hold/resumed",
        }
    }

    fn explain(refusal: &Refusal) -> Explanation {
        let (code, kind, field, title, fix) = match refusal {
            Refusal::Held => (
                "on-hold",
                Obstacle::State,
                None,
                Text::new("时限已在暂停中", "The clock stands still already"),
                Text::new("先恢复：hold/resume。", "Let it go on first: hold/resume."),
            ),
            Refusal::NotHeld => (
                "not-on-hold",
                Obstacle::State,
                None,
                Text::new("时限没有暂停", "The clock does not stand still"),
                Text::new("先暂停：hold/begin。", "Hold it first: hold/begin."),
            ),
            Refusal::NoteMissing => (
                "reason-missing",
                Obstacle::Input,
                Some("note"),
                Text::new("没有写明暂停的原因", "Nobody says why the clock stands still"),
                Text::new("用文字写明在等什么。", "Say in words what the work waits for."),
            ),
        };
        Explanation { code, kind, field, rule: None, title, fix }
    }

    fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        if actor.party != Some(claim.handler) {
            claim.needs_side(actor, crate::case::Side::Respondent, name)?;
        }
        if claim.state.is_final() {
            return Err(claim.not_now(name));
        }
        match (name, &claim.procedures.hold.now) {
            (Name::Begin, Some(_)) => Err(Refusal::Held.into()),
            (Name::Resume, None) => Err(Refusal::NotHeld.into()),
            _ => Ok(()),
        }
    }

    fn handle(
        claim: &Claim,
        actor: &Actor,
        command: Command,
        now: Timestamp,
    ) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        match command {
            Command::Begin { reason, note } => {
                if note.trim().is_empty() {
                    return Err(Refusal::NoteMissing.into());
                }
                let begun = Event::Begun { reason, note, by: actor.name.clone() };
                Ok(std::iter::once(begun.into()).chain(claim.deadlines_paused(reason, now)).collect())
            }
            Command::Resume => {
                Ok(std::iter::once(Event::Resumed.into()).chain(claim.deadlines_resumed(now)).collect())
            }
        }
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Begun { reason, note, by } => {
                self.now = Some(Held {
                    reason: *reason,
                    since: at,
                    note: note.clone(),
                    by: by.clone(),
                    until: None,
                });
            }
            Event::Resumed => {
                self.before.extend(self.now.take().map(|held| Held { until: Some(at), ..held }));
            }
        }
    }

    /// Nothing stands still on a claim at its end.
    fn follow(claim: &Claim, _: &[ClaimEvent], _: Timestamp) -> Vec<ClaimEvent> {
        let over = claim.state.is_final() && claim.procedures.hold.now.is_some();
        over.then(|| Event::Resumed.into()).into_iter().collect()
    }
}

impl Claim {
    /// A new deadline, with its clock standing still where the claim's does for a reason that it knows.
    pub(super) fn held(&self, deadline: Deadline) -> Deadline {
        let waits = |held: &&Held| deadline.pauses.contains(&held.reason) && deadline.due_at > held.since;
        match self.procedures.hold.now.as_ref().filter(waits) {
            Some(held) => {
                let since = held.since.max(deadline.started_at);
                Deadline { state: DeadlineState::Paused { since }, ..deadline }
            }
            None => deadline,
        }
    }

    /// What is not due yet and may wait for this reason stands still.
    fn deadlines_paused(&self, reason: Pause, now: Timestamp) -> impl Iterator<Item = ClaimEvent> {
        let waits = move |deadline: &&Deadline| {
            deadline.is_running() && deadline.due_at > now && deadline.pauses.contains(&reason)
        };
        self.deadlines.iter().filter(waits).map(|deadline| ClaimEvent::DeadlinePaused {
            deadline: deadline.id,
            milestone: deadline.milestone.clone(),
        })
    }

    /// What stood still falls due later by as long as it did.
    fn deadlines_resumed(&self, now: Timestamp) -> impl Iterator<Item = ClaimEvent> {
        self.deadlines.iter().filter_map(move |deadline| {
            let DeadlineState::Paused { since } = deadline.state else { return None };
            let stood = now.duration_since(since).max(jiff::SignedDuration::ZERO);
            Some(ClaimEvent::DeadlineResumed {
                deadline: deadline.id,
                milestone: deadline.milestone.clone(),
                due_at: deadline.due_at.saturating_add(stood).unwrap_or(deadline.due_at),
            })
        })
    }
}
