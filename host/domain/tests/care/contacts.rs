//! Calls and letters (BUS-37…40; ZZC-07; BUS-08).

use crate::fixtures::*;
use crate::matter::about;
use sanbao_domain::case::{CaseEvent, Channel, Matter};
use sanbao_domain::claim::contacts::{Command, Direction, Note, Refusal, Tone};
use sanbao_domain::claim::{Claim, Command as Order, CommandName, Event};
use sanbao_domain::deadline::DeadlineState;
use sanbao_domain::ids::ContactId;
use uuid::Uuid;

pub fn call(id: u128, seconds: i64) -> Note {
    Note {
        id: ContactId(Uuid::from_u128(id)),
        direction: Direction::Incoming,
        channel: Channel::Phone,
        at: at(seconds),
        person: None,
        phone: None,
        words: "How do I set the timer?".into(),
        tone: Tone::Neutral,
        unclear: false,
        unresolved: false,
        answer: None,
    }
}

fn unresolved(id: u128) -> Note {
    Note { unresolved: true, person: Some("Mrs Li".into()), phone: Some("138".into()), ..call(id, 0) }
}

fn reply(id: u128, channel: Channel) -> Command {
    Command::Reply { contact: ContactId(Uuid::from_u128(id)), channel, words: "Press and hold.".into() }
}

fn refused(claim: &Claim, command: Command) -> Refusal {
    match claim.handle(&dealer(), command.into(), at(10)) {
        Err(sanbao_domain::claim::Refusal::Procedure(
            sanbao_domain::claim::procedure::Refusal::Contacts(why),
        )) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn bus_37_contacts_stand_in_the_order_of_their_time() {
    let mut claim = about(Matter::Enquiry);
    for (id, seconds) in [(1, 5), (2, 1), (3, 9), (4, 1)] {
        run(&mut claim, &dealer(), Command::Record(call(id, seconds)).into());
    }
    let order: Vec<_> =
        claim.procedures.contacts.all.iter().map(|contact| contact.note.id.0.as_u128()).collect();
    assert_eq!(order, [2, 4, 1, 3]);
    assert_eq!(refused(&claim, Command::Record(call(5, 11))), Refusal::InTheFuture);
}

#[test]
fn zzc_07_what_cannot_be_solved_names_a_person_and_a_telephone() {
    let claim = about(Matter::Enquiry);
    let nobody = Note { person: None, ..unresolved(1) };
    assert_eq!(refused(&claim, Command::Record(nobody)), Refusal::PersonMissing);
    let no_phone = Note { phone: Some(" ".into()), ..unresolved(1) };
    assert_eq!(refused(&claim, Command::Record(no_phone)), Refusal::PhoneMissing);
    let both = Note { answer: Some("…".into()), ..unresolved(1) };
    assert_eq!(refused(&claim, Command::Record(both)), Refusal::AnsweredAndUnresolved);
    let events = claim.handle(&dealer(), Command::Record(unresolved(1)).into(), at(10)).unwrap();
    let steps: Vec<_> = events.iter().flat_map(Event::case_events).collect();
    assert_eq!(steps, [(CaseEvent::CallUnresolved, Some(at(0)))], "counted from the call (ZZC-08, 17)");
}

#[test]
fn bus_39_what_is_unclear_is_made_clear_before_it_is_answered() {
    let mut claim = about(Matter::Enquiry);
    let unclear = Note { unclear: true, ..call(1, 0) };
    let answered = Note { answer: Some("Yes".into()), ..unclear.clone() };
    assert_eq!(refused(&claim, Command::Record(answered)), Refusal::AnsweredAndUnclear);
    run(&mut claim, &dealer(), Command::Record(unclear).into());
    assert_eq!(refused(&claim, reply(1, Channel::Phone)), Refusal::Unclear);
    let contact = ContactId(Uuid::from_u128(1));
    run(&mut claim, &dealer(), Command::Clarify { contact, words: "The timer of the hall".into() }.into());
    run(&mut claim, &dealer(), reply(1, Channel::Phone).into());
    assert_eq!(refused(&claim, Command::Clarify { contact, words: "…".into() }), Refusal::ClearAlready);
}

#[test]
fn bus_40_a_ticket_stays_open_while_somebody_waits_for_a_reply() {
    let mut claim = about(Matter::Enquiry);
    run(&mut claim, &dealer(), Command::Record(call(1, 0)).into());
    let blocked = claim.handle(&dealer(), Order::Close, at(10));
    assert_eq!(blocked, Err(Refusal::SomebodyWaits.into()));
    assert!(!claim.possible(&dealer()).contains(&CommandName::Close));
    run(&mut claim, &dealer(), reply(1, Channel::Phone).into());
    let kept = &claim.procedures.contacts.all[0].replies[0];
    assert_eq!((kept.words.as_str(), kept.by.as_str(), kept.at), ("Press and hold.", "somebody", at(10)));
    run(&mut claim, &dealer(), Order::Close);
    // Answered on the spot (BUS-38), and our own letters, leave nobody waiting.
    let mut claim = about(Matter::Enquiry);
    let spot = Note { answer: Some("Press and hold.".into()), ..call(1, 0) };
    run(&mut claim, &dealer(), Command::Record(spot).into());
    let letter = Note { direction: Direction::Outgoing, channel: Channel::Written, ..call(2, 0) };
    run(&mut claim, &dealer(), Command::Record(letter).into());
    assert_eq!(refused(&claim, reply(2, Channel::Phone)), Refusal::OwnContact);
    run(&mut claim, &dealer(), Order::Close);
}

#[test]
fn bus_08_a_reply_in_writing_is_owed_in_writing() {
    for (channel, met) in [(Channel::Phone, false), (Channel::Written, true), (Channel::OnSite, false)] {
        let mut claim = about(Matter::Enquiry);
        let mut due = deadline(1, "written-contact", CaseEvent::Replied, at(100));
        due.channels = vec![Channel::Written];
        run(&mut claim, &dealer(), Order::SetDeadlines(vec![due]));
        run(&mut claim, &dealer(), Command::Record(call(1, 0)).into());
        run(&mut claim, &dealer(), reply(1, channel).into());
        let state = claim.deadlines[0].state;
        assert_eq!(state == DeadlineState::Met { at: at(10) }, met, "{channel:?}: {state:?}");
        assert_eq!(state == DeadlineState::Running, !met);
    }
}

#[test]
fn zzc_07_any_reply_will_do_where_no_channel_is_demanded() {
    let mut claim = about(Matter::Enquiry);
    let due = deadline(1, "call-answered", CaseEvent::Replied, at(100));
    run(&mut claim, &dealer(), Order::SetDeadlines(vec![due]));
    run(&mut claim, &dealer(), Command::Record(unresolved(1)).into());
    assert!(claim.deadlines[0].is_running());
    run(&mut claim, &dealer(), reply(1, Channel::Message).into());
    assert_eq!(claim.deadlines[0].state, DeadlineState::Met { at: at(10) });
}
