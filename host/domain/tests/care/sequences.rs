//! Random command sequences: what no sequence can reach.

use crate::contacts::call;
use crate::fixtures::*;
use crate::follow_ups::{id, outcome, visit};
use crate::matter::about;
use proptest::prelude::*;
use sanbao_domain::actor::Actor;
use sanbao_domain::case::{CaseEvent, Channel, Matter};
use sanbao_domain::claim::complaint::{self, Amends, Facts, Settlement, Source};
use sanbao_domain::claim::contacts::{self, Direction, Note};
use sanbao_domain::claim::follow_ups::{self, FollowUp, Next};
use sanbao_domain::claim::stock::{self, Ended, Transfer};
use sanbao_domain::claim::survey::{self, Answer, FilledInBy};
use sanbao_domain::claim::training::{self, Session};
use sanbao_domain::claim::{Claim, Command, CommandName, Event};
use sanbao_domain::ids::ContactId;
use sanbao_domain::time::{Date, Span, SpanUnit};
use uuid::Uuid;

const MATTERS: [Matter; 5] =
    [Matter::Enquiry, Matter::Complaint, Matter::StockRequest, Matter::Training, Matter::Installation];

fn actors() -> impl Strategy<Value = Actor> {
    prop::sample::select(vec![dealer(), dealer(), brand(), actor(STRANGER, &["*"]), Actor::host("host")])
}

fn words() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["clear words", "clear words", "clear words", " "]).prop_map(str::to_owned)
}

fn channels() -> impl Strategy<Value = Channel> {
    prop::sample::select(vec![Channel::Phone, Channel::Written, Channel::OnSite])
}

fn contact() -> impl Strategy<Value = ContactId> {
    (0u128..6).prop_map(|id| ContactId(Uuid::from_u128(id)))
}

fn contacts() -> impl Strategy<Value = Command> {
    let note = (0u128..6, -30i64..30, any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(id, seconds, unclear, unresolved, answered, known)| Note {
            direction: if id == 5 { Direction::Outgoing } else { Direction::Incoming },
            unclear,
            unresolved,
            person: known.then(|| "Mrs Li".to_owned()),
            phone: known.then(|| "138".to_owned()),
            answer: answered.then(|| "yes".to_owned()),
            ..call(id, seconds)
        },
    );
    prop_oneof![
        note.prop_map(contacts::Command::Record),
        (contact(), words()).prop_map(|(contact, words)| contacts::Command::Clarify { contact, words }),
        (contact(), channels(), words()).prop_map(|(contact, channel, words)| contacts::Command::Reply {
            contact,
            channel,
            words
        }),
    ]
    .prop_map(Command::from)
}

fn complaints() -> impl Strategy<Value = Command> {
    use complaint::Command as C;
    prop_oneof![
        words().prop_map(|words| C::Receive { words }),
        words().prop_map(|words| C::Thank { words }),
        words().prop_map(|words| C::Listen { words }),
        (words(), words()).prop_map(|(words, department)| {
            C::FindFacts(Facts { words, cause: Source::Service, department })
        }),
        words().prop_map(|words| C::AskWish { words }),
        words().prop_map(|words| C::Settle(Settlement { amends: Amends::Apology, words, amount: None })),
        (any::<bool>(), words()).prop_map(|(justified, reason)| C::Resolve { justified, reason }),
    ]
    .prop_map(Command::from)
}

fn stocks() -> impl Strategy<Value = Command> {
    use stock::Command as C;
    let transfer = Transfer { from: "elsewhere".into(), expected_on: Date::constant(2024, 1, 9) };
    prop_oneof![
        Just(C::Arrange(transfer)),
        Just(C::Confirm),
        (channels(), words(), prop::bool::weighted(0.8))
            .prop_map(|(channel, words, still_wanted)| { C::AskAgain { channel, words, still_wanted } }),
        Just(C::StartTransfer),
        (channels(), words(), prop::bool::weighted(0.1))
            .prop_map(|(channel, words, unavailable)| { C::Reply { channel, words, unavailable } }),
        Just(C::Arrive),
        (channels(), words()).prop_map(|(channel, words)| C::Notify { channel, words }),
        words().prop_map(|by| C::Collect { by }),
    ]
    .prop_map(Command::from)
}

fn trainings() -> impl Strategy<Value = Command> {
    let today = Date::constant(2024, 1, 9);
    prop_oneof![
        (any::<bool>(), any::<bool>(), 8i8..11).prop_map(move |(practised, manual_handed_over, day)| {
            let session = Session {
                on: Date::constant(2024, 1, day),
                trainer: "Wang".into(),
                topics: vec!["timer".into()],
                participants: vec!["Mrs Li".into()],
                practised,
                manual_handed_over,
            };
            training::Command::Hold { session, today }
        }),
        words().prop_map(|words| training::Command::Proficient { words }),
    ]
    .prop_map(Command::from)
}

fn follow_up_commands() -> impl Strategy<Value = Command> {
    let plan = (0u128..8, -20i64..40, any::<bool>()).prop_map(|(number, latest, again)| {
        let one = FollowUp {
            every: again.then_some(Span::new(1, SpanUnit::Weeks)),
            until: vec![CaseEvent::Proficient, CaseEvent::SurveyAnswered],
            ..visit(number, &format!("v{}", number % 3), latest - 10, latest)
        };
        follow_ups::Command::Plan(vec![one])
    });
    prop_oneof![
        plan,
        (0u128..12, any::<bool>(), 8u128..12).prop_map(|(number, proficient, next)| {
            let next = Some(Next { id: id(next), latest: at(200) });
            follow_ups::Command::Done { follow_up: id(number), outcome: Box::new(outcome(proficient)), next }
        }),
        (0u128..12, words()).prop_map(|(number, reason)| follow_ups::Command::Skip {
            follow_up: id(number),
            reason,
            next: None
        }),
    ]
    .prop_map(Command::from)
}

fn surveys() -> impl Strategy<Value = Command> {
    (0u8..7).prop_map(|score| {
        let by = FilledInBy::Staff;
        Command::from(survey::Command::Answer(Answer {
            score,
            satisfied: score > 3,
            experience: None,
            words: None,
            usage: None,
            by,
        }))
    })
}

fn commands() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => contacts(),
        6 => complaints(),
        6 => stocks(),
        3 => trainings(),
        4 => follow_up_commands(),
        1 => surveys(),
        2 => Just(Command::Close),
        1 => Just(Command::Cancel { reason: "not needed".into() }),
        2 => Just(Command::Wake),
    ]
}

fn before(journal: &[&'static str], first: &str, then: &str) -> bool {
    match journal.iter().position(|kind| *kind == then) {
        Some(place) => journal[..place].contains(&first),
        None => true,
    }
}

/// What holds for every claim, however it came about.
fn holds(claim: &Claim, journal: &[&'static str]) -> Result<(), TestCaseError> {
    let procedures = &claim.procedures;
    let times: Vec<_> = procedures.contacts.all.iter().map(|contact| contact.note.at).collect();
    prop_assert!(times.is_sorted(), "BUS-37");
    for contact in &procedures.contacts.all {
        let note = &contact.note;
        prop_assert!(!note.unresolved || (note.person.is_some() && note.phone.is_some()), "ZZC-07");
        prop_assert!(contact.replies.is_empty() || !contact.is_unclear(), "BUS-39");
    }
    for (first, then) in [
        ("complaint/thanked", "complaint/heard"),
        ("complaint/heard", "complaint/facts-found"),
        ("complaint/facts-found", "complaint/wanted"),
        ("complaint/wanted", "complaint/settled"),
        ("complaint/settled", "complaint/resolved"),
        ("stock/arranged", "stock/confirmed"),
        ("stock/asked-again", "stock/transfer-started"),
        ("stock/transfer-started", "stock/arrived"),
        ("stock/arrived", "stock/notified"),
        ("stock/arrived", "stock/collected"),
        ("training/held", "training/proficient"),
    ] {
        prop_assert!(before(journal, first, then), "{first} comes before {then}");
    }
    if matches!(procedures.stock.ended, Some(Ended::Declined { .. })) {
        prop_assert!(before(journal, "stock/asked-again", "stock/declined"), "STO-34");
    }
    if claim.matter != Matter::StockRequest {
        prop_assert!(journal.iter().all(|kind| !kind.starts_with("stock/")));
    }
    let surveys = journal.iter().filter(|kind| **kind == "survey/answered").count();
    prop_assert!(surveys <= 1, "one answer a claim");
    let mut open: Vec<_> =
        procedures.follow_ups.all.iter().filter(|one| one.is_open()).map(|one| &one.visit).collect();
    let all = open.len();
    open.sort();
    open.dedup();
    prop_assert_eq!(open.len(), all, "one open follow-up for each visit");
    if claim.state.is_cancelled() {
        prop_assert!(journal.last().is_none() || open.is_empty() || planned_later(journal));
    }
    Ok(())
}

/// The host may still plan what the rules ask for after a withdrawal.
fn planned_later(journal: &[&'static str]) -> bool {
    let end = journal.iter().position(|kind| *kind == "cancelled");
    end.is_some_and(|end| journal[end..].contains(&"follow-ups/planned"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_sequence_breaks_the_rules(
        matter in prop::sample::select(MATTERS.to_vec()),
        steps in prop::collection::vec((actors(), commands()), 1..60),
    ) {
        let mut current = about(matter);
        let mut journal: Vec<&'static str> = Vec::new();
        let mut lines = Vec::new();
        for (second, (who, command)) in steps.into_iter().enumerate() {
            let now = at(second as i64);
            let name = command.name();
            let old = current.clone();
            match current.handle(&who, command, now) {
                Ok(events) => {
                    prop_assert!(old.check(&who, name).is_ok());
                    if events.iter().any(|event| matches!(event, Event::Closed { .. })) {
                        prop_assert!(!old.procedures.contacts.anybody_waits(), "BUS-40");
                        let complaint = &old.procedures.complaint;
                        prop_assert!(!complaint.exists(matter) || complaint.resolved.is_some(), "FUP-11");
                        prop_assert!(matter != Matter::StockRequest || old.procedures.stock.ended.is_some());
                        prop_assert!(matter != Matter::Training || !old.procedures.training.held.is_empty());
                    }
                    for event in &events {
                        current.apply(event, now);
                        journal.push(event.kind());
                        lines.push((serde_json::to_string(event).unwrap(), now));
                    }
                }
                Err(_) => prop_assert_eq!(&current, &old),
            }
            let listed = old.possible(&who);
            for command in CommandName::by_people() {
                prop_assert_eq!(listed.contains(&command), old.check(&who, command).is_ok());
            }
            if who.party == Some(STRANGER) {
                prop_assert!(listed.is_empty(), "a stranger can do nothing");
            }
            holds(&current, &journal)?;
        }
        let mut rebuilt = about(matter);
        for (line, when) in &lines {
            rebuilt.apply(&serde_json::from_str(line).unwrap(), *when);
        }
        prop_assert_eq!(&rebuilt, &current);
        let stored = serde_json::to_string(&current).unwrap();
        prop_assert_eq!(serde_json::from_str::<Claim>(&stored).unwrap(), current);
    }
}
