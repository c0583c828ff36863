//! The machine: five steps, one after the other.

use super::{Amends, Command, Complaint, Event, Found, Name, Refusal, Resolved, Said, Settled, Settlement};
use crate::actor::Actor;
use crate::case::{CaseEvent, Matter};
use crate::claim::procedure::{Explanation, Procedure};
use crate::claim::{Claim, CommandName, Event as ClaimEvent, Refusal as ClaimRefusal};
use crate::time::Timestamp;

impl Complaint {
    /// Whether somebody complained: about the service of this claim, or by opening it.
    pub fn exists(&self, matter: Matter) -> bool {
        matter == Matter::Complaint || self.received.is_some()
    }

    /// The step that comes next, once there is a complaint; none at its end.
    pub fn next(&self) -> Option<Name> {
        let steps = [
            (self.thanked.is_some(), Name::Thank),
            (self.statement.is_some(), Name::Listen),
            (self.found.is_some(), Name::FindFacts),
            (self.wanted.is_some(), Name::AskWish),
            (self.settled.is_some(), Name::Settle),
            (self.resolved.is_some(), Name::Resolve),
        ];
        steps.into_iter().find(|(done, _)| !done).map(|(_, name)| name)
    }

    fn may(&self, matter: Matter, name: Name) -> Result<(), Refusal> {
        if name == Name::Receive {
            return if self.exists(matter) { Err(Refusal::Received) } else { Ok(()) };
        }
        if !self.exists(matter) {
            return Err(Refusal::NoComplaint);
        }
        match self.next() {
            None => Err(Refusal::Resolved),
            Some(next) if next == name => Ok(()),
            // What was found may turn out otherwise.
            Some(_) if name == Name::FindFacts && self.found.is_some() => Ok(()),
            Some(next) if position(next) < position(name) => Err(Refusal::First(next)),
            Some(_) => Err(Refusal::Done),
        }
    }
}

fn position(name: Name) -> usize {
    Complaint::NAMES.iter().position(|other| *other == name).unwrap_or_default()
}

impl Procedure for Complaint {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[
        Name::Receive,
        Name::Thank,
        Name::Listen,
        Name::FindFacts,
        Name::AskWish,
        Name::Settle,
        Name::Resolve,
    ];

    fn name(command: &Command) -> Name {
        match command {
            Command::Receive { .. } => Name::Receive,
            Command::Thank { .. } => Name::Thank,
            Command::Listen { .. } => Name::Listen,
            Command::FindFacts(_) => Name::FindFacts,
            Command::AskWish { .. } => Name::AskWish,
            Command::Settle(_) => Name::Settle,
            Command::Resolve { .. } => Name::Resolve,
        }
    }

    fn word(name: Name) -> &'static str {
        match name {
            Name::Receive => "complaint/receive",
            Name::Thank => "complaint/thank",
            Name::Listen => "complaint/listen",
            Name::FindFacts => "complaint/find-facts",
            Name::AskWish => "complaint/ask-wish",
            Name::Settle => "complaint/settle",
            Name::Resolve => "complaint/resolve",
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Received { .. } => "complaint/received",
            Event::Thanked { .. } => "complaint/thanked",
            Event::Heard { .. } => "complaint/heard",
            Event::FactsFound { .. } => "complaint/facts-found",
            Event::Wanted { .. } => "complaint/wanted",
            Event::Settled { .. } => "complaint/settled",
            Event::Resolved { .. } => "complaint/resolved",
        }
    }

    fn explain(refusal: &Refusal) -> Explanation {
        refusal.explained()
    }

    /// Customers complain after the service too, so a closed claim takes a complaint; a cancelled one none.
    fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        if claim.state.is_cancelled() {
            return Err(claim.not_now(name));
        }
        claim.needs_part(actor, name)?;
        Ok(claim.procedures.complaint.may(claim.matter, name)?)
    }

    fn handle(_: &Claim, _: &Actor, command: Command, _: Timestamp) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        let event = match command {
            Command::Receive { words } => Event::Received { words: said(words)? },
            Command::Thank { words } => Event::Thanked { words: said(words)? },
            Command::Listen { words } => Event::Heard { words: said(words)? },
            Command::FindFacts(found) if found.department.trim().is_empty() => {
                return Err(Refusal::DepartmentMissing.into());
            }
            Command::FindFacts(mut found) => {
                found.words = said(found.words)?;
                Event::FactsFound { found }
            }
            Command::AskWish { words } => Event::Wanted { words: said(words)? },
            Command::Settle(settlement) => Event::Settled { settlement: settled(settlement)? },
            Command::Resolve { justified, reason } => {
                let reason = said(reason).map_err(|_| Refusal::ReasonMissing)?;
                Event::Resolved { justified, reason }
            }
        };
        Ok(vec![event.into()])
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        let said = |words: &String| Some(Said { at, words: words.clone() });
        match event {
            Event::Received { words } => self.received = said(words),
            Event::Thanked { words } => self.thanked = said(words),
            Event::Heard { words } => self.statement = said(words),
            Event::FactsFound { found } => self.found = Some(Found { at, facts: found.clone() }),
            Event::Wanted { words } => self.wanted = said(words),
            Event::Settled { settlement } => {
                self.settled = Some(Settled { at, settlement: settlement.clone() });
            }
            Event::Resolved { justified, reason } => {
                self.resolved = Some(Resolved { at, justified: *justified, reason: reason.clone() });
            }
        }
    }

    fn case_events(event: &Event) -> Vec<(CaseEvent, Option<Timestamp>)> {
        match event {
            Event::Received { .. } => vec![(CaseEvent::ComplaintReceived, None)],
            // The customer hears what was found and what makes up for it.
            Event::Settled { .. } => vec![(CaseEvent::Replied, None)],
            _ => Vec::new(),
        }
    }

    fn blocks(claim: &Claim, command: CommandName) -> Option<Refusal> {
        let complaint = &claim.procedures.complaint;
        let waits = complaint.exists(claim.matter) && complaint.resolved.is_none();
        (command == CommandName::Close && waits).then_some(Refusal::Unresolved)
    }
}

fn said(words: String) -> Result<String, Refusal> {
    if words.trim().is_empty() { Err(Refusal::WordsMissing) } else { Ok(words) }
}

fn settled(settlement: Settlement) -> Result<Settlement, Refusal> {
    let fits = match (settlement.amends, &settlement.amount) {
        (Amends::Compensation, Some(amount)) => amount.minor > 0 && amount.is_valid(),
        (_, amount) => amount.is_none() && settlement.amends != Amends::Compensation,
    };
    if !fits {
        return Err(Refusal::Amount);
    }
    let words = said(settlement.words)?;
    Ok(Settlement { words, ..settlement })
}
