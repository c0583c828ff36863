//! Teaching somebody to use the product (ZZC-02; BUS-15): before it is used, with lecture, practice and the
//! manual (ZZC-03), and until the customer is proficient (XID-01).

use super::procedure::{Explanation, Obstacle, Procedure};
use super::{Claim, CommandName, Event as ClaimEvent, Refusal as ClaimRefusal};
use crate::actor::Actor;
use crate::case::{CaseEvent, Matter};
use crate::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

/// How far the training is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Training {
    /// When it is to be held next, and by whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<Plan>,
    /// The sessions that were held, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<Held>,
    /// The customer can use the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proficient: Option<Proficient>,
}

/// A session to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Day.
    pub on: Date,
    /// Who teaches.
    pub trainer: String,
    /// What.
    pub topics: Vec<String>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Day.
    pub on: Date,
    /// Who taught.
    pub trainer: String,
    /// What.
    pub topics: Vec<String>,
    /// Who took part.
    pub participants: Vec<String>,
    /// Those who took part practised it themselves.
    pub practised: bool,
    /// The manual was handed over.
    pub manual_handed_over: bool,
}

/// A session, and what the rules say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The session.
    #[serde(flatten)]
    pub session: Session,
    /// The product was in use before: training comes first (ZZC-03).
    #[serde(default)]
    pub after_first_use: bool,
}

/// Somebody found the customer proficient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proficient {
    /// When.
    pub at: Timestamp,
    /// What was seen.
    pub words: String,
}

/// What somebody wants to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A session is planned.
    Plan(Plan),
    /// A session was held.
    Hold {
        /// It.
        session: Session,
        /// Today, in the respondent's time zone.
        today: Date,
    },
    /// The customer can use the product.
    Proficient {
        /// What was seen.
        words: String,
    },
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Plan,
    Hold,
    Proficient,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// A session was planned.
    Planned {
        /// It.
        plan: Plan,
    },
    /// A session was held.
    Held {
        /// It.
        held: Held,
    },
    /// The customer can use the product.
    Proficient {
        /// What was seen.
        words: String,
    },
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The session lies in the future.
    InTheFuture,
    /// Nothing was taught, or nobody took part.
    Empty,
    /// The manual belongs to it (ZZC-03).
    NoManual,
    /// No session with practice and the manual was held yet (ZZC-03).
    NotTrained,
    /// It is taken down already.
    ProficientAlready,
    /// A training ticket without a session.
    NotHeld,
}

impl Training {
    /// Whether a whole session was held: with practice, and with the manual at hand (ZZC-03).
    pub fn is_complete(&self) -> bool {
        self.held.iter().any(|held| held.session.practised)
            && self.held.iter().any(|held| held.session.manual_handed_over)
    }
}

impl Procedure for Training {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[Name::Plan, Name::Hold, Name::Proficient];

    fn name(command: &Command) -> Name {
        match command {
            Command::Plan(_) => Name::Plan,
            Command::Hold { .. } => Name::Hold,
            Command::Proficient { .. } => Name::Proficient,
        }
    }

    fn word(name: Name) -> &'static str {
        match name {
            Name::Plan => "training/plan",
            Name::Hold => "training/hold",
            Name::Proficient => "training/proficient",
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Planned { .. } => "training/planned",
            Event::Held { .. } => "training/held",
            Event::Proficient { .. } => "training/proficient",
        }
    }

    fn explain(refusal: &Refusal) -> Explanation {
        match refusal {
            Refusal::InTheFuture => Explanation::new(
                "session-in-the-future",
                Obstacle::Input,
                ("培训日期晚于今天", "The session lies in the future"),
                ("以后的培训用 training/plan。", "Plan what is still to come with training/plan."),
            )
            .field("on"),
            Refusal::Empty => Explanation::new(
                "session-empty",
                Obstacle::Input,
                ("没有内容或没有人参加", "Nothing was taught, or nobody took part"),
                ("填写 topics、participants 和 trainer。", "Give topics, participants and trainer."),
            )
            .field("topics"),
            Refusal::NoManual => Explanation::new(
                "manual-missing",
                Obstacle::Input,
                ("首次培训必须交付使用说明书", "The manual is handed over at the first session"),
                ("交付说明书后填写 manual_handed_over。", "Hand it over, and say so in manual_handed_over."),
            )
            .field("manual_handed_over")
            .rule("ZZC-03"),
            Refusal::NotTrained => Explanation::new(
                "not-trained",
                Obstacle::State,
                ("还没有做过带实际操作的培训", "No session with practice was held yet"),
                ("先 training/hold（讲解加实际操作）。", "Hold a session with lecture and practice first."),
            )
            .rule("ZZC-03"),
            Refusal::ProficientAlready => Explanation::new(
                "proficient-already",
                Obstacle::State,
                ("已确认熟练使用", "It is taken down already"),
                ("不必重复。", "Nothing is left to do."),
            ),
            Refusal::NotHeld => Explanation::new(
                "training-not-held",
                Obstacle::State,
                ("培训尚未进行", "No session was held"),
                (
                    "先 training/hold，或用 cancel 撤回。",
                    "Hold it first, or withdraw the ticket with cancel.",
                ),
            )
            .rule("ZZC-03"),
        }
    }

    fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        if claim.state.is_cancelled() {
            return Err(claim.not_now(name));
        }
        claim.needs_part(actor, name)?;
        let training = &claim.procedures.training;
        if name == Name::Proficient && !training.is_complete() {
            return Err(Refusal::NotTrained.into());
        }
        if training.proficient.is_some() {
            return Err(Refusal::ProficientAlready.into());
        }
        Ok(())
    }

    fn handle(
        claim: &Claim,
        _: &Actor,
        command: Command,
        _: Timestamp,
    ) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        let event = match command {
            Command::Plan(plan) => {
                if plan.topics.is_empty() || plan.trainer.trim().is_empty() {
                    return Err(Refusal::Empty.into());
                }
                Event::Planned { plan }
            }
            Command::Hold { session, today } => {
                if session.on > today {
                    return Err(Refusal::InTheFuture.into());
                }
                if session.topics.is_empty()
                    || session.participants.is_empty()
                    || session.trainer.trim().is_empty()
                {
                    return Err(Refusal::Empty.into());
                }
                if !session.manual_handed_over && claim.procedures.training.held.is_empty() {
                    return Err(Refusal::NoManual.into());
                }
                let after_first_use = in_use(claim, session.on);
                Event::Held { held: Held { session, after_first_use } }
            }
            Command::Proficient { words } => Event::Proficient { words },
        };
        Ok(vec![event.into()])
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Planned { plan } => self.planned = Some(plan.clone()),
            Event::Held { held } => {
                self.planned = None;
                self.held.push(held.clone());
            }
            Event::Proficient { words } => self.proficient = Some(Proficient { at, words: words.clone() }),
        }
    }

    fn case_events(event: &Event) -> Vec<(CaseEvent, Option<Timestamp>)> {
        match event {
            Event::Planned { .. } => Vec::new(),
            Event::Held { .. } => vec![(CaseEvent::TrainingHeld, None)],
            Event::Proficient { .. } => vec![(CaseEvent::Proficient, None)],
        }
    }

    fn blocks(claim: &Claim, command: CommandName) -> Option<Refusal> {
        let owed = claim.matter == Matter::Training && claim.procedures.training.held.is_empty();
        (command == CommandName::Close && owed).then_some(Refusal::NotHeld)
    }
}

/// Whether the product was in use before this day: installed, repaired or counted.
fn in_use(claim: &Claim, day: Date) -> bool {
    let facts = &claim.facts;
    facts.dates.installed.is_some_and(|installed| installed.on < day)
        || facts.history.usage.iter().any(|usage| usage.amount > 0)
        || !facts.history.repairs.is_empty()
}
