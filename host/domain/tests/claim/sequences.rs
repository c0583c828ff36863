//! Random command sequences: what no sequence can reach.

use crate::fixtures::*;
use proptest::prelude::*;
use sanbao_domain::actor::Actor;
use sanbao_domain::case::{CaseEvent, Remedy};
use sanbao_domain::claim::{Claim, Command, CommandName, Event, Evidence, RejectedBy, State};
use sanbao_domain::ids::DeadlineId;
use sanbao_domain::verdict::Ruling;
use uuid::Uuid;

fn actors() -> impl Strategy<Value = Actor> {
    prop::sample::select(vec![
        dealer(),
        brand(),
        actor(BRAND, &["regional-manager"]),
        actor(BRAND, &["order-department", "manager"]),
        actor(BRAND, &[]),
        actor(STRANGER, &["*"]),
        Actor::host("deadlines"),
    ])
}

fn remedies() -> impl Strategy<Value = Remedy> {
    prop::sample::select(vec![
        Remedy::Repair,
        Remedy::Replace,
        Remedy::Refund,
        Remedy::Credit,
        Remedy::Service,
        Remedy::ReturnToSender,
        Remedy::RedirectToCarrier,
        Remedy::Decline,
    ])
}

fn plans() -> impl Strategy<Value = sanbao_domain::approval::ApprovalPlan> {
    prop::sample::select(vec![
        plan(&[]),
        plan(&["regional-manager"]),
        plan(&["regional-manager", "order-department"]),
    ])
}

fn commands() -> impl Strategy<Value = Command> {
    let words = prop::sample::select(vec!["", " ", "It is broken."]).prop_map(str::to_owned);
    let judgements = prop_oneof![
        remedies().prop_map(|remedy| verdict(Ruling::Covered, vec![offer(Remedy::Repair), offer(remedy)])),
        Just(verdict(Ruling::NotCovered, vec![offer(Remedy::Decline)])),
        Just(verdict(Ruling::FactsMissing, vec![])),
        Just(verdict(Ruling::Referred, vec![])),
        Just(failure()),
    ];
    let deadlines = (0u128..4, -20i64..40).prop_map(|(id, due)| {
        let met_by = if id % 2 == 0 { CaseEvent::Completed } else { CaseEvent::Approved };
        Command::SetDeadlines(vec![deadline(id, &format!("m{}", id % 3), met_by, at(due))])
    });
    prop_oneof![
        1 => Just(Command::AddEvidence(Evidence::default())),
        3 => judgements.prop_map(Command::Judge),
        4 => (0usize..3, plans()).prop_map(|(choice, plan)| Command::Agree { choice, plan }),
        1 => (words.clone(), prop::option::of(remedies()), plans())
            .prop_map(|(words, wish, plan)| Command::Escalate { words, wish, plan }),
        4 => prop::option::of(remedies()).prop_map(|remedy| Command::Approve { remedy, note: None }),
        1 => words.clone().prop_map(|reason| Command::Reject { reason }),
        3 => prop::option::of((-5i64..5).prop_map(at))
            .prop_map(|goods_received_at| Command::StartWork { goods_received_at }),
        3 => Just(Command::Complete { note: None }),
        2 => Just(Command::HandOver { to: "the dealer".into() }),
        1 => Just(Command::Close),
        1 => words.prop_map(|reason| Command::Cancel { reason }),
        1 => deadlines,
        1 => (0u128..4).prop_map(|id| Command::MarkMissed(DeadlineId(Uuid::from_u128(id)))),
    ]
}

/// What holds for every claim, however it came about.
fn holds(claim: &Claim, journal: &[Event]) -> Result<(), TestCaseError> {
    let has = |kind: &str| journal.iter().any(|event| event.kind() == kind);
    if claim.state.is_final() {
        for who in [dealer(), brand()] {
            let own = |command: &CommandName| !matches!(command, CommandName::Procedure(_));
            prop_assert!(!claim.possible(&who).iter().any(own), "a final claim has no next step of its own");
        }
        prop_assert!(claim.deadlines.iter().all(|deadline| !deadline.is_running()));
    }
    if has("work-started") || has("completed") || has("handed-over") {
        prop_assert!(has("approved"), "nothing is done that nobody approved");
    }
    if let Some(settlement) = claim.state.settlement() {
        prop_assert_ne!(settlement.remedy, Remedy::Decline);
        if matches!(claim.state, State::Completed { .. }) && settlement.remedy.needs_work() {
            prop_assert!(has("work-started"));
        }
    }
    if let State::Closed { remedy: Some(remedy) } = &claim.state
        && remedy.needs_hand_over()
    {
        prop_assert!(has("handed-over"), "goods go back before the claim is closed");
    }
    if let State::Rejected(RejectedBy::Person { reason, .. }) = &claim.state {
        prop_assert!(!reason.trim().is_empty(), "STO-25");
    }
    let mut running: Vec<_> =
        claim.deadlines.iter().filter(|deadline| deadline.is_running()).map(|d| &d.milestone).collect();
    let all = running.len();
    running.sort();
    running.dedup();
    prop_assert_eq!(running.len(), all, "one running deadline for each milestone");
    Ok(())
}

/// An approval stands only on a full chain, each step signed by somebody who held its role.
fn chain_is_complete(before: &Claim, actor: &Actor, events: &[Event]) -> Result<(), TestCaseError> {
    for event in events {
        match event {
            Event::Signed { signature } => {
                let next = before.chain().and_then(|chain| chain.next());
                prop_assert_eq!(next.map(|step| step.role.as_str()), Some(signature.role.as_str()));
                prop_assert!(actor.holds(&signature.role));
                prop_assert_eq!(actor.party, Some(BRAND));
            }
            Event::Approved { .. } => {
                if let Some(chain) = before.chain() {
                    prop_assert_eq!(chain.signed.len() + 1, chain.steps.len());
                } else {
                    let nobody =
                        |event: &Event| matches!(event, Event::Agreed { steps, .. } if steps.is_empty());
                    prop_assert!(events.iter().any(nobody));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_sequence_breaks_the_rules(steps in prop::collection::vec((actors(), commands()), 1..40)) {
        let mut current = claim();
        let mut journal = Vec::new();
        for (second, (who, command)) in steps.into_iter().enumerate() {
            let now = at(second as i64);
            let name = command.name();
            let before = current.clone();
            match current.handle(&who, command, now) {
                Ok(events) => {
                    prop_assert!(before.check(&who, name).is_ok());
                    chain_is_complete(&before, &who, &events)?;
                    for event in &events {
                        current.apply(event, now);
                    }
                    journal.extend(events);
                }
                Err(_) => prop_assert_eq!(&current, &before),
            }
            let listed = before.possible(&who);
            for command in CommandName::by_people() {
                prop_assert_eq!(listed.contains(&command), before.check(&who, command).is_ok());
            }
            holds(&current, &journal)?;
        }
    }

    #[test]
    fn the_journal_rebuilds_the_claim(steps in prop::collection::vec((actors(), commands()), 1..40)) {
        let mut current = claim();
        let mut journal = Vec::new();
        for (second, (who, command)) in steps.into_iter().enumerate() {
            let now = at(second as i64);
            if let Ok(events) = current.handle(&who, command, now) {
                for event in events {
                    current.apply(&event, now);
                    journal.push((serde_json::to_string(&event).unwrap(), now));
                }
            }
        }
        let mut rebuilt = claim();
        for (line, when) in &journal {
            rebuilt.apply(&serde_json::from_str(line).unwrap(), *when);
        }
        prop_assert_eq!(&rebuilt, &current);
        let stored = serde_json::to_string(&current).unwrap();
        prop_assert_eq!(serde_json::from_str::<Claim>(&stored).unwrap(), current);
    }
}
