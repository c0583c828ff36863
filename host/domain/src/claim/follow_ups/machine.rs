//! The machine: planned by the host after an event, done or left out by people, overdue when time passes,
//! stopped by the event that it waits for.

use super::{Command, Event, FollowUp, FollowUpState, FollowUps, Name, Next, Outcome, Refusal};
use crate::actor::Actor;
use crate::case::CaseEvent;
use crate::claim::procedure::{Explanation, Procedure};
use crate::claim::{Claim, Event as ClaimEvent, Refusal as ClaimRefusal};
use crate::ids::FollowUpId;
use crate::time::Timestamp;

impl Procedure for FollowUps {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[Name::Done, Name::Skip];

    fn name(command: &Command) -> Name {
        match command {
            Command::Plan(_) => Name::Plan,
            Command::Done { .. } => Name::Done,
            Command::Skip { .. } => Name::Skip,
        }
    }

    fn word(name: Name) -> &'static str {
        match name {
            Name::Plan => "follow-ups/plan",
            Name::Done => "follow-ups/done",
            Name::Skip => "follow-ups/skip",
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Planned { .. } => "follow-ups/planned",
            Event::Done { .. } => "follow-ups/done",
            Event::Skipped { .. } => "follow-ups/skipped",
            Event::Overdue { .. } => "follow-ups/overdue",
            Event::Stopped { .. } => "follow-ups/stopped",
        }
    }

    fn explain(refusal: &Refusal) -> Explanation {
        refusal.explained()
    }

    /// Follow-ups outlive the claim, so its state does not matter.
    fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        if name == Name::Plan {
            return if actor.party.is_none() { Ok(()) } else { Err(Refusal::Host.into()) };
        }
        claim.needs_part(actor, name)?;
        let all = &claim.procedures.follow_ups.all;
        match all.iter().any(FollowUp::is_open) {
            true => Ok(()),
            false if all.is_empty() => Err(Refusal::Unknown.into()),
            false => Err(Refusal::Over.into()),
        }
    }

    fn handle(
        claim: &Claim,
        actor: &Actor,
        command: Command,
        now: Timestamp,
    ) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        let known = &claim.procedures.follow_ups;
        Ok(match command {
            // A visit that is still to come keeps its first plan.
            Command::Plan(new) => new
                .into_iter()
                .filter(|new| {
                    !known.all.iter().any(|old| old.id == new.id || (old.is_open() && old.visit == new.visit))
                })
                .map(|follow_up| Event::Planned { follow_up: Box::new(follow_up) }.into())
                .collect(),
            Command::Done { follow_up, outcome, next } => {
                let found = open(known, follow_up)?;
                if now < found.earliest {
                    return Err(Refusal::TooEarly.into());
                }
                fits(found, &outcome)?;
                let done = Event::Done { follow_up, outcome: outcome.clone(), by: actor.name.clone() };
                let ends = outcome.proficient && found.until.contains(&CaseEvent::Proficient);
                let next = next.filter(|_| !ends).and_then(|next| again(found, next, now));
                [done.into()].into_iter().chain(next).collect()
            }
            Command::Skip { follow_up, reason, next } => {
                let found = open(known, follow_up)?;
                if reason.trim().is_empty() {
                    return Err(Refusal::ReasonMissing.into());
                }
                let next = next.and_then(|next| again(found, next, now));
                [Event::Skipped { follow_up, reason }.into()].into_iter().chain(next).collect()
            }
        })
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Planned { follow_up } => self.all.push((**follow_up).clone()),
            Event::Done { follow_up, outcome, by } => {
                self.turn(
                    *follow_up,
                    FollowUpState::Done { at, outcome: (**outcome).clone(), by: by.clone() },
                );
            }
            Event::Skipped { follow_up, reason } => {
                self.turn(*follow_up, FollowUpState::Skipped { at, reason: reason.clone() });
            }
            Event::Overdue { follow_up } => {
                self.turn(*follow_up, FollowUpState::Overdue { noticed_at: at });
            }
            Event::Stopped { follow_up, because } => {
                self.turn(*follow_up, FollowUpState::Stopped { at, because: *because });
            }
        }
    }

    fn case_events(event: &Event) -> Vec<(CaseEvent, Option<Timestamp>)> {
        match event {
            Event::Done { outcome, .. } if outcome.proficient => vec![(CaseEvent::Proficient, None)],
            _ => Vec::new(),
        }
    }

    /// Stops what waited for one of these events, and everything where the claim was withdrawn.
    fn follow(claim: &Claim, events: &[ClaimEvent], _: Timestamp) -> Vec<ClaimEvent> {
        let happened: Vec<CaseEvent> =
            events.iter().flat_map(ClaimEvent::case_events).map(|(event, _)| event).collect();
        let all = &claim.procedures.follow_ups.all;
        all.iter()
            .filter(|one| one.is_open())
            .filter_map(|one| {
                let ends = |event: &&CaseEvent| **event == CaseEvent::Cancelled || one.until.contains(event);
                let because = *happened.iter().find(ends)?;
                Some(Event::Stopped { follow_up: one.id, because }.into())
            })
            .collect()
    }

    fn wake_at(&self) -> Option<Timestamp> {
        let planned = self.all.iter().filter(|one| one.state == FollowUpState::Planned);
        planned.map(|one| one.latest).min()
    }

    fn wake(claim: &Claim, now: Timestamp) -> Vec<ClaimEvent> {
        let all = &claim.procedures.follow_ups.all;
        all.iter()
            .filter(|one| one.state == FollowUpState::Planned && one.latest <= now)
            .map(|one| Event::Overdue { follow_up: one.id }.into())
            .collect()
    }
}

impl FollowUps {
    fn turn(&mut self, id: FollowUpId, state: FollowUpState) {
        if let Some(one) = self.all.iter_mut().find(|one| one.id == id) {
            one.state = state;
        }
    }
}

fn open(known: &FollowUps, id: FollowUpId) -> Result<&FollowUp, Refusal> {
    let found = known.find(id).ok_or(Refusal::Unknown)?;
    if found.is_open() { Ok(found) } else { Err(Refusal::Over) }
}

fn fits(found: &FollowUp, outcome: &Outcome) -> Result<(), Refusal> {
    if !found.channels.is_empty() && !found.channels.contains(&outcome.channel) {
        return Err(Refusal::Channel);
    }
    if outcome.answers.len() > found.questions.len() {
        return Err(Refusal::Answers);
    }
    Ok(())
}

/// The next one of a series: from now on, and within its interval.
fn again(found: &FollowUp, next: Next, now: Timestamp) -> Option<ClaimEvent> {
    found.every?;
    let follow_up = FollowUp {
        id: next.id,
        earliest: now,
        latest: next.latest,
        state: FollowUpState::Planned,
        ..found.clone()
    };
    Some(Event::Planned { follow_up: Box::new(follow_up) }.into())
}
