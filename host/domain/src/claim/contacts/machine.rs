//! The machine: who may take contacts down, and what follows.

use super::{Clarification, Command, Contact, Contacts, Direction, Event, Name, Note, Refusal, Reply};
use crate::actor::Actor;
use crate::case::{CaseEvent, Channel};
use crate::claim::procedure::{Explanation, Procedure};
use crate::claim::{Claim, CommandName, Event as ClaimEvent, Refusal as ClaimRefusal};
use crate::ids::ContactId;
use crate::time::Timestamp;

impl Procedure for Contacts {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[Name::Record, Name::Clarify, Name::Reply];

    fn name(command: &Command) -> Name {
        match command {
            Command::Record(_) => Name::Record,
            Command::Clarify { .. } => Name::Clarify,
            Command::Reply { .. } => Name::Reply,
        }
    }

    fn word(name: Name) -> &'static str {
        match name {
            Name::Record => "contacts/record",
            Name::Clarify => "contacts/clarify",
            Name::Reply => "contacts/reply",
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Recorded { .. } => "contacts/recorded",
            Event::Clarified { .. } => "contacts/clarified",
            Event::Replied { .. } => "contacts/replied",
        }
    }

    fn explain(refusal: &Refusal) -> Explanation {
        refusal.explained()
    }

    /// People call before, during and after the service, so no state of the claim forbids it.
    fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        claim.needs_part(actor, name)?;
        let all = &claim.procedures.contacts.all;
        let incoming = |contact: &Contact| contact.note.direction == Direction::Incoming;
        match name {
            Name::Clarify if !all.iter().any(Contact::is_unclear) => Err(Refusal::ClearAlready.into()),
            Name::Reply if !all.iter().any(incoming) => Err(Refusal::Unknown.into()),
            Name::Record | Name::Clarify | Name::Reply => Ok(()),
        }
    }

    fn handle(
        claim: &Claim,
        actor: &Actor,
        command: Command,
        now: Timestamp,
    ) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        let contacts = &claim.procedures.contacts;
        Ok(match command {
            Command::Record(note) => {
                recordable(&note, now)?;
                vec![Event::Recorded { contact: Box::new(note) }.into()]
            }
            Command::Clarify { contact, words } => {
                if !find(contacts, contact)?.is_unclear() {
                    return Err(Refusal::ClearAlready.into());
                }
                vec![Event::Clarified { contact, words: said(words)? }.into()]
            }
            Command::Reply { contact, channel, words } => {
                let found = find(contacts, contact)?;
                if found.note.direction == Direction::Outgoing {
                    return Err(Refusal::OwnContact.into());
                }
                if found.is_unclear() {
                    return Err(Refusal::Unclear.into());
                }
                vec![Event::Replied { contact, channel, words: said(words)?, by: actor.name.clone() }.into()]
            }
        })
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Recorded { contact } => {
                let contact =
                    Contact { note: (**contact).clone(), clarified: Vec::new(), replies: Vec::new() };
                // In the order of time, whenever it is taken down (BUS-37).
                let place = self.all.partition_point(|other| other.note.at <= contact.note.at);
                self.all.insert(place, contact);
            }
            Event::Clarified { contact, words } => {
                if let Some(contact) = self.of(*contact) {
                    contact.clarified.push(Clarification { at, words: words.clone() });
                }
            }
            Event::Replied { contact, channel, words, by } => {
                if let Some(contact) = self.of(*contact) {
                    let reply = Reply { at, channel: *channel, words: words.clone(), by: by.clone() };
                    contact.replies.push(reply);
                }
            }
        }
    }

    /// A contact counts from when it took place. Whatever went out to the customer is a reply (BUS-08).
    fn case_events(event: &Event) -> Vec<(CaseEvent, Option<Timestamp>)> {
        match event {
            Event::Recorded { contact } if contact.unresolved => {
                vec![(CaseEvent::CallUnresolved, Some(contact.at))]
            }
            Event::Recorded { contact }
                if contact.answer.is_some() || contact.direction == Direction::Outgoing =>
            {
                vec![(CaseEvent::Replied, Some(contact.at))]
            }
            Event::Replied { .. } => vec![(CaseEvent::Replied, None)],
            Event::Recorded { .. } | Event::Clarified { .. } => Vec::new(),
        }
    }

    fn channel(event: &Event) -> Option<Channel> {
        match event {
            Event::Recorded { contact } => Some(contact.channel),
            Event::Replied { channel, .. } => Some(*channel),
            Event::Clarified { .. } => None,
        }
    }

    fn blocks(claim: &Claim, command: CommandName) -> Option<Refusal> {
        (command == CommandName::Close && claim.procedures.contacts.anybody_waits())
            .then_some(Refusal::SomebodyWaits)
    }
}

impl Contacts {
    fn of(&mut self, id: ContactId) -> Option<&mut Contact> {
        self.all.iter_mut().find(|contact| contact.note.id == id)
    }
}

fn find(contacts: &Contacts, id: ContactId) -> Result<&Contact, Refusal> {
    contacts.find(id).ok_or(Refusal::Unknown)
}

fn said(words: String) -> Result<String, Refusal> {
    if words.trim().is_empty() { Err(Refusal::WordsMissing) } else { Ok(words) }
}

fn recordable(note: &Note, now: Timestamp) -> Result<(), Refusal> {
    let blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    if note.words.trim().is_empty() {
        return Err(Refusal::WordsMissing);
    }
    if note.at > now {
        return Err(Refusal::InTheFuture);
    }
    if note.unresolved && blank(&note.person) {
        return Err(Refusal::PersonMissing);
    }
    if note.unresolved && blank(&note.phone) {
        return Err(Refusal::PhoneMissing);
    }
    if note.answer.is_some() && note.unresolved {
        return Err(Refusal::AnsweredAndUnresolved);
    }
    if note.answer.is_some() && note.unclear {
        return Err(Refusal::AnsweredAndUnclear);
    }
    Ok(())
}
