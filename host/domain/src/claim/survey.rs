//! What the customer says of the service once it is done: asked for and answered once (STO-32; BUS-21).
//!
//! Satisfaction is how the service compared with what the customer expected (CTL-03); both satisfied and
//! dissatisfied answers are taken down (CTL-13).

use super::procedure::{Explanation, Obstacle, Procedure};
use super::{Claim, Event as ClaimEvent, Refusal as ClaimRefusal, State};
use crate::actor::Actor;
use crate::case::{CaseEvent, Channel, Matter};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What the customer says of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Survey {
    /// When the customer was last asked, and how.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
    /// What the customer said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Answered>,
}

/// The customer was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// When.
    pub at: Timestamp,
    /// How.
    pub channel: Channel,
}

/// How the service compared with what was expected (CTL-03).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Experience {
    /// Better than expected.
    Better,
    /// As expected.
    AsExpected,
    /// Worse than expected.
    Worse,
}

/// Who filled the form in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FilledInBy {
    /// The customer.
    Customer,
    /// Somebody who asked the customer.
    Staff,
}

/// The form (BUS-21).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// From 1, worst, to 5, best.
    pub score: u8,
    /// Whether the customer is satisfied.
    pub satisfied: bool,
    /// Compared with what was expected (CTL-03).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experience: Option<Experience>,
    /// In the customer's words, praise as well as complaint (CTL-13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// How the customer uses the product (XID-03).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// Who filled it in.
    pub by: FilledInBy,
}

/// An answer and when it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// When.
    pub at: Timestamp,
    /// The form.
    #[serde(flatten)]
    pub answer: Answer,
}

/// What somebody wants to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The customer is asked.
    Ask {
        /// How.
        channel: Channel,
    },
    /// The customer answered.
    Answer(Answer),
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Ask,
    Answer,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// The customer was asked.
    Asked {
        /// How.
        channel: Channel,
    },
    /// The customer answered.
    Answered {
        /// The form.
        answer: Answer,
    },
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The service is not done yet (STO-32).
    TooEarly,
    /// The customer has answered already.
    AnsweredAlready,
    /// The score is none of 1 to 5.
    Score,
}

/// Whether there is a service to speak of: done, refused, or about something else than cover.
fn is_served(claim: &Claim) -> bool {
    match claim.state {
        State::InWork { .. }
        | State::Completed { .. }
        | State::HandedOver { .. }
        | State::Closed { .. }
        | State::Rejected(_) => true,
        State::Cancelled { .. } => false,
        _ => claim.matter != Matter::Warranty,
    }
}

impl Procedure for Survey {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[Name::Ask, Name::Answer];

    fn name(command: &Command) -> Name {
        match command {
            Command::Ask { .. } => Name::Ask,
            Command::Answer(_) => Name::Answer,
        }
    }

    fn word(name: Name) -> &'static str {
        match name {
            Name::Ask => "survey/ask",
            Name::Answer => "survey/answer",
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Asked { .. } => "survey/asked",
            Event::Answered { .. } => "survey/answered",
        }
    }

    fn explain(refusal: &Refusal) -> Explanation {
        match refusal {
            Refusal::TooEarly => Explanation::new(
                "service-not-done",
                Obstacle::State,
                ("服务尚未完成", "The service is not done yet"),
                ("服务完成后再征求意见。", "Ask for satisfaction once the work is done."),
            )
            .rule("STO-32"),
            Refusal::AnsweredAlready => Explanation::new(
                "survey-answered",
                Obstacle::State,
                ("顾客已经评价过", "The customer has answered already"),
                (
                    "每项诉求评价一次；后来的意见记为联系记录。",
                    "One answer a claim; take later words down as a contact.",
                ),
            ),
            Refusal::Score => Explanation::new(
                "score-out-of-range",
                Obstacle::Input,
                ("评分超出范围", "The score is out of range"),
                ("填写 1 至 5。", "Give 1 to 5."),
            )
            .field("score")
            .rule("BUS-21"),
        }
    }

    fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        if claim.state.is_cancelled() {
            return Err(claim.not_now(name));
        }
        claim.needs_part(actor, name)?;
        if claim.procedures.survey.answered.is_some() {
            return Err(Refusal::AnsweredAlready.into());
        }
        if is_served(claim) { Ok(()) } else { Err(Refusal::TooEarly.into()) }
    }

    fn handle(_: &Claim, _: &Actor, command: Command, _: Timestamp) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        Ok(match command {
            Command::Ask { channel } => vec![Event::Asked { channel }.into()],
            Command::Answer(answer) if (1..=5).contains(&answer.score) => {
                vec![Event::Answered { answer }.into()]
            }
            Command::Answer(_) => return Err(Refusal::Score.into()),
        })
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Asked { channel } => self.asked = Some(Asked { at, channel: *channel }),
            Event::Answered { answer } => self.answered = Some(Answered { at, answer: answer.clone() }),
        }
    }

    fn case_events(event: &Event) -> Vec<(CaseEvent, Option<Timestamp>)> {
        match event {
            Event::Asked { .. } => Vec::new(),
            Event::Answered { .. } => vec![(CaseEvent::SurveyAnswered, None)],
        }
    }
}
