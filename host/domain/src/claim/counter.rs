//! Goods that wait at the counter: a repair that will be late, goods that are ready, collected or posted,
//! and goods that cannot be repaired (STO-26…29).

mod refusal;

pub use refusal::Refusal;

use super::procedure::{Explanation, Procedure};
use super::{
    Chain, Claim, CommandName, Escalation, Event as ClaimEvent, Reason, Refusal as ClaimRefusal, State,
};
use crate::actor::Actor;
use crate::approval::ApprovalPlan;
use crate::case::{CaseEvent, Remedy, Side};
use crate::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

/// What happened at the counter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counter {
    /// The dates promised, each later than the one before (STO-26).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub delays: Vec<Delay>,
    /// When the goods were back in the store, ready to be collected (STO-27).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<Timestamp>,
    /// Since when the goods are to be posted, as nobody came for them (STO-28).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_due_at: Option<Timestamp>,
    /// How the goods left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<Left>,
    /// Why they cannot be repaired (STO-29).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unrepairable: Option<String>,
}

/// The repair takes longer than was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delay {
    /// The new date.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// When it was said.
    pub at: Timestamp,
}

/// How the goods left the counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case")]
pub enum Left {
    /// Somebody came for them.
    Collected {
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// By post.
    Posted {
        /// With whom.
        carrier: String,
        /// Number of the consignment.
        waybill: String,
        /// When.
        at: Timestamp,
    },
}

/// What somebody wants to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The goods are back and ready (STO-27).
    Ready,
    /// Somebody came for them.
    Collect {
        /// Who.
        by: String,
    },
    /// The repair will miss the date promised: the customer is told in advance (STO-26).
    Delay {
        /// The new date.
        until: Date,
        /// Why.
        reason: String,
    },
    /// The goods were posted: nobody came after the last notice (STO-28), or the customer wishes it.
    Post {
        /// With whom.
        carrier: String,
        /// Number of the consignment.
        waybill: String,
        /// The customer wishes it.
        on_wish: bool,
    },
    /// It cannot be repaired: a superior says how to settle (STO-29).
    Unrepairable {
        /// Why.
        reason: String,
        /// Whom the policy asks.
        plan: ApprovalPlan,
    },
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Ready,
    Collect,
    Delay,
    Post,
    Unrepairable,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// The goods are ready.
    Ready,
    /// Somebody came for them.
    Collected {
        /// Who.
        by: String,
    },
    /// They will be ready later than was promised.
    Delayed {
        /// The new date.
        until: Date,
        /// Why.
        reason: String,
    },
    /// Nobody came: they are to be posted.
    PostDue,
    /// They were posted.
    Posted {
        /// With whom.
        carrier: String,
        /// Number of the consignment.
        waybill: String,
    },
    /// They cannot be repaired.
    Unrepairable {
        /// Why.
        reason: String,
    },
}

impl Counter {
    /// Whether finished goods wait to be handed over.
    pub fn holds_goods(claim: &Claim) -> bool {
        matches!(&claim.state, State::Completed { settlement } if settlement.remedy.needs_hand_over())
            && claim.procedures.counter.left.is_none()
    }

    /// The date promised last, where one was put off.
    pub fn promised(&self) -> Option<Date> {
        self.delays.last().map(|delay| delay.until)
    }
}

/// Whether work on the goods is agreed on and not done.
fn in_repair(claim: &Claim) -> bool {
    matches!(&claim.state, State::Approved { settlement } | State::InWork { settlement } if settlement.remedy.needs_work())
}

impl Procedure for Counter {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[Name::Ready, Name::Collect, Name::Delay, Name::Post, Name::Unrepairable];

    fn name(command: &Command) -> Name {
        match command {
            Command::Ready => Name::Ready,
            Command::Collect { .. } => Name::Collect,
            Command::Delay { .. } => Name::Delay,
            Command::Post { .. } => Name::Post,
            Command::Unrepairable { .. } => Name::Unrepairable,
        }
    }

    fn word(name: Name) -> &'static str {
        match name {
            Name::Ready => "counter/ready",
            Name::Collect => "counter/collect",
            Name::Delay => "counter/delay",
            Name::Post => "counter/post",
            Name::Unrepairable => "counter/unrepairable",
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Ready => "counter/ready",
            Event::Collected { .. } => "counter/collected",
            Event::Delayed { .. } => "counter/delayed",
            Event::PostDue => "counter/post-due",
            Event::Posted { .. } => "counter/posted",
            Event::Unrepairable { .. } => "counter/unrepairable",
        }
    }

    fn explain(refusal: &Refusal) -> Explanation {
        refusal.explain()
    }

    fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        let command = name;
        let counter = &claim.procedures.counter;
        let now = match name {
            Name::Ready => Counter::holds_goods(claim) && counter.ready_at.is_none(),
            Name::Collect | Name::Post => Counter::holds_goods(claim),
            Name::Delay => in_repair(claim),
            Name::Unrepairable => {
                in_repair(claim)
                    && claim.state.settlement().is_some_and(|settlement| settlement.remedy == Remedy::Repair)
            }
        };
        if !now {
            return Err(claim.not_now(command));
        }
        match name {
            // Whoever takes part may stand at the counter.
            Name::Ready | Name::Collect | Name::Post => claim.needs_part(actor, command),
            // Whoever does the work knows how it goes.
            Name::Delay | Name::Unrepairable => claim
                .side_allows(actor, CommandName::Complete)
                .map_err(|_| ClaimRefusal::WrongSide { command: command.into(), needs: Side::Respondent }),
        }
    }

    fn handle(
        claim: &Claim,
        _: &Actor,
        command: Command,
        now: Timestamp,
    ) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        let counter = &claim.procedures.counter;
        Ok(match command {
            Command::Ready => vec![Event::Ready.into()],
            Command::Collect { by } => {
                let by = stated(by, Refusal::NobodyNamed)?;
                vec![Event::Collected { by: by.clone() }.into(), ClaimEvent::HandedOver { to: by }]
            }
            Command::Delay { until, reason } => {
                let reason = stated(reason, Refusal::ReasonMissing { rule: "STO-26" })?;
                // The earliest day that is today anywhere: the time zone is the server's to know.
                let today = jiff::tz::TimeZone::UTC.to_datetime(now).date();
                if until < today || counter.promised().is_some_and(|promised| until <= promised) {
                    return Err(Refusal::NotLater { promised: counter.promised() }.into());
                }
                vec![Event::Delayed { until, reason }.into()]
            }
            Command::Post { carrier, waybill, on_wish } => {
                let carrier = stated(carrier, Refusal::NoWaybill { field: "carrier" })?;
                let waybill = stated(waybill, Refusal::NoWaybill { field: "waybill" })?;
                if !on_wish && counter.post_due_at.is_none() {
                    return Err(Refusal::StillToCollect.into());
                }
                let to = format!("{carrier} {waybill}");
                vec![Event::Posted { carrier, waybill }.into(), ClaimEvent::HandedOver { to }]
            }
            Command::Unrepairable { reason, plan } => {
                let reason = stated(reason, Refusal::ReasonMissing { rule: "STO-29" })?;
                // A superior decides, even where the policy names nobody.
                let plan = if plan.steps.is_empty() { ApprovalPlan::baseline(true) } else { plan };
                let escalation = Box::new(Escalation {
                    because: Reason::Unrepairable { words: reason.clone() },
                    wish: None,
                    goods_to: plan.goods_to,
                    obligations: plan.obligations,
                    chain: Chain::new(plan.steps),
                });
                vec![Event::Unrepairable { reason }.into(), ClaimEvent::Escalated { escalation }]
            }
        })
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        match event.clone() {
            Event::Ready => self.ready_at = Some(at),
            Event::Collected { by } => self.left = Some(Left::Collected { by, at }),
            Event::Delayed { until, reason } => self.delays.push(Delay { until, reason, at }),
            Event::PostDue => self.post_due_at = Some(at),
            Event::Posted { carrier, waybill } => self.left = Some(Left::Posted { carrier, waybill, at }),
            Event::Unrepairable { reason } => self.unrepairable = Some(reason),
        }
    }

    fn case_events(event: &Event) -> Vec<(CaseEvent, Option<Timestamp>)> {
        let event = match event {
            Event::Ready => CaseEvent::ReadyToCollect,
            Event::Collected { .. } => CaseEvent::Collected,
            Event::Delayed { .. } => CaseEvent::Delayed,
            Event::PostDue => return Vec::new(),
            Event::Posted { .. } => CaseEvent::Posted,
            Event::Unrepairable { .. } => CaseEvent::Unrepairable,
        };
        vec![(event, None)]
    }

    /// Goods that were waiting here and were handed over without a word to the counter were collected.
    fn follow(claim: &Claim, events: &[ClaimEvent], _: Timestamp) -> Vec<ClaimEvent> {
        let counter = &claim.procedures.counter;
        let to = events.iter().find_map(|event| match event {
            ClaimEvent::HandedOver { to } => Some(to.clone()),
            _ => None,
        });
        match to {
            Some(by) if counter.ready_at.is_some() && counter.left.is_none() => {
                vec![Event::Collected { by }.into()]
            }
            _ => Vec::new(),
        }
    }
}

/// Words that must be there.
fn stated(words: String, missing: Refusal) -> Result<String, ClaimRefusal> {
    let words = words.trim();
    if words.is_empty() { Err(missing.into()) } else { Ok(words.to_owned()) }
}
