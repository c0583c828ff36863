//! Who is told what and when, and what follows the last notice (STO-26…28, 33…36; BUS-07…09; AUT-10, 11).
//!
//! A policy says after each event who is to be told; each notice becomes a sequence: a first one at once or
//! later, perhaps more of them, until an event that it waits for ends it, or a person does for a good
//! reason. When the last one has brought nothing, its last resort follows.

mod sequence;

pub use sequence::{Sequence, Standing};

use super::procedure::{Explanation, Obstacle, Procedure};
use super::{Claim, Event as ClaimEvent, Refusal as ClaimRefusal, State, counter};
use crate::actor::Actor;
use crate::case::CaseEvent;
use crate::notices::LastResort;
use crate::text::Text;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The sequences of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notices {
    /// In the order in which they began.
    pub sequences: Vec<Sequence>,
}

/// What somebody wants to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The policy answered: these sequences begin. Only the host gives it.
    Begin(Vec<Sequence>),
    /// No more of these notices, for a good reason: "no good reason" is what STO-28 asks for.
    Stop {
        /// Which sequence, from 1.
        sequence: u32,
        /// Why.
        reason: String,
    },
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Begin,
    Stop,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// A sequence began.
    Begun {
        /// Which.
        sequence: Box<Sequence>,
    },
    /// Somebody was told: a message was written.
    Told {
        /// Of which sequence.
        sequence: u32,
        /// How many times by now.
        times: u32,
    },
    /// What it waited for happened.
    Ended {
        /// Which.
        sequence: u32,
        /// What happened.
        by: CaseEvent,
    },
    /// A person ended it for a good reason.
    Stopped {
        /// Which.
        sequence: u32,
        /// Why.
        reason: String,
    },
    /// The last notice brought nothing.
    Exhausted {
        /// Which.
        sequence: u32,
        /// What follows.
        then: LastResort,
    },
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No sequence of this number runs.
    NotRunning,
    /// A reason is needed.
    ReasonMissing,
}

impl Notices {
    /// The sequence of this number.
    pub fn sequence(&self, number: u32) -> Option<&Sequence> {
        self.sequences.iter().find(|sequence| sequence.number == number)
    }

    fn running(&self) -> impl Iterator<Item = &Sequence> {
        self.sequences.iter().filter(|sequence| sequence.is_running())
    }
}

impl Procedure for Notices {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[Name::Stop];

    fn name(command: &Command) -> Name {
        match command {
            Command::Begin(_) => Name::Begin,
            Command::Stop { .. } => Name::Stop,
        }
    }

    fn word(name: Name) -> &'static str {
        match name {
            Name::Begin => "notices/begin",
            Name::Stop => "notices/stop",
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Begun { .. } => "notices/begun",
            Event::Told { .. } => "notices/told",
            Event::Ended { .. } => "notices/ended",
            Event::Stopped { .. } => "notices/stopped",
            Event::Exhausted { .. } => "notices/exhausted",
        }
    }

    fn explain(refusal: &Refusal) -> Explanation {
        match refusal {
            Refusal::NotRunning => Explanation {
                code: "notices-not-running",
                kind: Obstacle::State,
                field: Some("sequence"),
                rule: None,
                title: Text::new("该通知序列未在进行", "No such sequence of notices is running"),
                fix: Text::new(
                    "填写 procedures.notices.sequences 中 state 为 running 的 number。",
                    "Give the number of a sequence of procedures.notices whose state is running.",
                ),
            },
            Refusal::ReasonMissing => Explanation {
                code: "reason-missing",
                kind: Obstacle::Input,
                field: Some("reason"),
                rule: Some("STO-28"),
                title: Text::new("必须写明正当理由", "A good reason is needed"),
                fix: Text::new("用清楚的文字写明理由。", "Write the reason in clear words."),
            },
        }
    }

    fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        match name {
            Name::Begin if actor.party.is_none() => Ok(()),
            Name::Begin => Err(claim.not_now(name)),
            Name::Stop => {
                claim.needs_part(actor, name)?;
                match claim.procedures.notices.running().next() {
                    Some(_) => Ok(()),
                    None => Err(claim.not_now(name)),
                }
            }
        }
    }

    fn handle(
        claim: &Claim,
        _: &Actor,
        command: Command,
        now: Timestamp,
    ) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        let notices = &claim.procedures.notices;
        Ok(match command {
            Command::Begin(sequences) => {
                let mut number = notices.sequences.len() as u32;
                let mut events = Vec::new();
                for mut sequence in sequences {
                    // As with deadlines: what runs already keeps its first notice.
                    if notices.running().any(|old| old.id == sequence.id) {
                        continue;
                    }
                    number += 1;
                    sequence.number = number;
                    events.push(Event::Begun { sequence: Box::new(sequence.clone()) }.into());
                    events.extend(sequence.told_if_due(now));
                }
                events
            }
            Command::Stop { sequence, reason } => {
                let reason = reason.trim().to_owned();
                if reason.is_empty() {
                    return Err(Refusal::ReasonMissing.into());
                }
                if !notices.running().any(|running| running.number == sequence) {
                    return Err(Refusal::NotRunning.into());
                }
                vec![Event::Stopped { sequence, reason }.into()]
            }
        })
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        let (number, standing) = match event {
            Event::Begun { sequence } => return self.sequences.push((**sequence).clone()),
            Event::Told { sequence, .. } => {
                if let Some(sequence) = self.sequences.iter_mut().find(|known| known.number == *sequence) {
                    sequence.told(at);
                }
                return;
            }
            Event::Ended { sequence, by } => (sequence, Standing::Ended { by: *by, at }),
            Event::Stopped { sequence, reason } => {
                (sequence, Standing::Stopped { reason: reason.clone(), at })
            }
            Event::Exhausted { sequence, .. } => (sequence, Standing::Exhausted { at }),
        };
        if let Some(sequence) = self.sequences.iter_mut().find(|known| known.number == *number) {
            sequence.standing = standing;
        }
    }

    fn follow(claim: &Claim, events: &[ClaimEvent], _: Timestamp) -> Vec<ClaimEvent> {
        let mut happened: Vec<CaseEvent> =
            events.iter().flat_map(ClaimEvent::case_events).map(|(event, _)| event).collect();
        // Goods that were handed over need nobody to come for them.
        if happened.contains(&CaseEvent::HandedOver) {
            happened.push(CaseEvent::Collected);
        }
        let ends = |sequence: &Sequence| {
            // Nobody is reminded of a claim that was withdrawn.
            let by =
                |event: &&CaseEvent| sequence.stopped_by.contains(event) || **event == CaseEvent::Cancelled;
            happened.iter().find(by).copied()
        };
        claim
            .procedures
            .notices
            .running()
            .filter_map(|sequence| {
                Some(Event::Ended { sequence: sequence.number, by: ends(sequence)? }.into())
            })
            .collect()
    }

    fn wake_at(&self) -> Option<Timestamp> {
        self.running().filter_map(Sequence::next).min()
    }

    fn wake(claim: &Claim, now: Timestamp) -> Vec<ClaimEvent> {
        claim.procedures.notices.running().flat_map(|sequence| sequence.due(claim, now)).collect()
    }
}

impl Sequence {
    /// The notice that is due at `now`; and where nothing can follow, that it was the last.
    fn told_if_due(&self, now: Timestamp) -> Vec<ClaimEvent> {
        let mut events = Vec::new();
        if self.planned.first().is_some_and(|at| *at <= now) {
            let times = self.told_at.len() as u32 + 1;
            events.push(Event::Told { sequence: self.number, times }.into());
            if self.planned.len() == 1 && self.gives_up_at.is_none() {
                events.push(Event::Exhausted { sequence: self.number, then: LastResort::Nothing }.into());
            }
        }
        events
    }

    /// What is due of it at `now`: one notice, or what follows the last.
    fn due(&self, claim: &Claim, now: Timestamp) -> Vec<ClaimEvent> {
        let mut events = self.told_if_due(now);
        if self.planned.is_empty() && self.gives_up_at.is_some_and(|at| at <= now) {
            let then = self.at_last;
            events.push(Event::Exhausted { sequence: self.number, then }.into());
            if then.posts_goods() && counter::Counter::holds_goods(claim) {
                events.push(counter::Event::PostDue.into());
            }
            if then == LastResort::Close && lies_idle(claim) {
                let remedy = claim.state.settlement().map(|settlement| settlement.remedy);
                events.push(ClaimEvent::Closed { remedy });
            }
        }
        events
    }
}

/// Whether a claim may be closed because nobody answers: nothing is agreed on and undone, and no goods wait.
fn lies_idle(claim: &Claim) -> bool {
    match &claim.state {
        State::Completed { .. } => !counter::Counter::holds_goods(claim),
        State::AwaitingApproval { .. } | State::Approved { .. } | State::InWork { .. } => false,
        state => !state.is_final(),
    }
}
