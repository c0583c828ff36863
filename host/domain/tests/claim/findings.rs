//! Findings and measures: nothing is imposed but by a person with the right, within what the policy proposes.

use crate::fixtures::*;
use proptest::prelude::*;
use sanbao_domain::actor::Actor;
use sanbao_domain::case::{Citation, Remedy};
use sanbao_domain::claim::findings::{Command, Outcome, Proposal, Refusal, Standing};
use sanbao_domain::claim::{Claim, Command as ClaimCommand, Refusal as ClaimRefusal, procedure};
use sanbao_domain::ids::FindingId;
use sanbao_domain::money::Money;
use sanbao_domain::penalty::{Finding, FindingKind, Measure, Sanction, Subject};
use sanbao_domain::time::Moment;
use uuid::Uuid;

const ID: FindingId = FindingId(Uuid::from_u128(77));

fn yuan(minor: i64) -> Money {
    Money { minor, currency: "CNY".into() }
}

fn fine(least: i64, most: Option<i64>) -> Measure {
    Measure {
        against: Subject::Claimant,
        sanction: Sanction::Fine,
        at_least: Some(yuan(least)),
        at_most: most.map(yuan),
        citations: vec![Citation { rule: "LGT-30".into(), detail: None }],
    }
}

fn cancel() -> Measure {
    let citations = vec![Citation { rule: "LGT-31".into(), detail: None }];
    let (against, sanction) = (Subject::Claimant, Sanction::CancelStanding);
    Measure { against, sanction, at_least: None, at_most: None, citations }
}

fn record(measures: Vec<Measure>) -> Command {
    let on = sanbao_domain::time::Date::constant(2024, 5, 1);
    Command::Record {
        id: ID,
        finding: Finding {
            kind: FindingKind::DeliberateDamage,
            found: Moment { on, at: None },
            batch_value: Some(yuan(100)),
            serious: true,
            earlier: 0,
        },
        person: None,
        evidence: "two lamps were opened with a hammer".into(),
        proposal: Proposal { receipt: None, measures },
    }
}

fn confirm(measure: usize, amount: Option<Money>) -> Command {
    Command::Confirm { finding: ID, measure, amount, note: None }
}

fn appeal(measure: usize) -> Command {
    Command::Appeal { finding: ID, measure, words: "it was the carrier".into() }
}

fn review(measure: usize, outcome: Outcome) -> Command {
    Command::Review { finding: ID, measure, outcome, reason: "heard the driver".into() }
}

fn named(name: &str, roles: &[&str]) -> Actor {
    Actor { name: name.into(), ..actor(BRAND, roles) }
}

fn refused(claim: &Claim, actor: &Actor, command: Command) -> ClaimRefusal {
    claim.handle(actor, command.into(), at(10)).unwrap_err()
}

fn why(claim: &Claim, actor: &Actor, command: Command) -> Refusal {
    match refused(claim, actor, command) {
        ClaimRefusal::Procedure(procedure::Refusal::Findings(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn found(measures: Vec<Measure>) -> Claim {
    let mut claim = judged(&[Remedy::Repair]);
    run(&mut claim, &named("technician", &[]), record(measures).into());
    claim
}

fn standing(claim: &Claim, measure: usize) -> Standing {
    claim.procedures.findings.find(ID).unwrap().measures[measure].standing
}

#[test]
fn lgt_30_a_fine_is_confirmed_by_somebody_with_the_right_and_not_below_the_least() {
    let mut claim = found(vec![fine(200, None), cancel()]);
    let clerk = named("clerk", &[]);
    let right = ClaimRefusal::WrongRole { needs: "penalties".into() };
    assert_eq!(refused(&claim, &clerk, confirm(0, Some(yuan(200)))), right);
    let judge = named("judge", &["penalties"]);
    assert_eq!(why(&claim, &judge, confirm(0, None)), Refusal::AmountMissing);
    assert_eq!(why(&claim, &judge, confirm(0, Some(yuan(199)))), Refusal::TooLittle { least: yuan(200) });
    let dollars = Money { minor: 500, currency: "USD".into() };
    let currency = Refusal::OtherCurrency { currency: "CNY".into() };
    assert_eq!(why(&claim, &judge, confirm(0, Some(dollars))), currency);
    assert_eq!(why(&claim, &judge, confirm(2, None)), Refusal::NoSuchMeasure { measures: 2 });
    run(&mut claim, &judge, confirm(0, Some(yuan(5_000))).into());
    assert_eq!(standing(&claim, 0), Standing::Confirmed, "no upper bound is proposed");
    // LGT-31: the dealership needs no amount.
    run(&mut claim, &named("boss", &["manager"]), confirm(1, None).into());
    assert_eq!(standing(&claim, 1), Standing::Confirmed);
}

#[test]
fn sto_38_the_subject_appeals_and_another_person_settles_it() {
    let mut claim = found(vec![fine(200, Some(400))]);
    let judge = named("judge", &["penalties"]);
    assert_eq!(why(&claim, &dealer(), appeal(0)), Refusal::NothingToDo);
    assert_eq!(why(&claim, &judge, confirm(0, Some(yuan(401)))), Refusal::TooMuch { most: yuan(400) });
    run(&mut claim, &judge, confirm(0, Some(yuan(300))).into());
    assert!(matches!(refused(&claim, &judge, appeal(0)), ClaimRefusal::WrongSide { .. }));
    run(&mut claim, &dealer(), appeal(0).into());
    assert!(claim.procedures.findings.find(ID).unwrap().holds(), "it stands until the appeal is settled");
    assert_eq!(why(&claim, &judge, review(0, Outcome::Lifted)), Refusal::SamePerson);
    let other = named("head office", &["penalties"]);
    let more = Outcome::Reduced { amount: yuan(300) };
    assert_eq!(why(&claim, &other, review(0, more)), Refusal::NotLess);
    let below = Outcome::Reduced { amount: yuan(100) };
    assert_eq!(why(&claim, &other, review(0, below)), Refusal::TooLittle { least: yuan(200) });
    run(&mut claim, &other, review(0, Outcome::Reduced { amount: yuan(250) }).into());
    assert_eq!(standing(&claim, 0), Standing::Reduced);
    let left = &claim.procedures.findings.find(ID).unwrap().measures[0].amount;
    assert_eq!(*left, Some(yuan(250)));
}

#[test]
fn a_dropped_measure_needs_its_reason_and_counts_for_nothing() {
    let mut claim = found(vec![fine(200, None)]);
    let judge = named("judge", &["penalties"]);
    let drop = |reason: &str| Command::Drop { finding: ID, measure: 0, reason: reason.into() };
    assert!(matches!(refused(&claim, &judge, drop("  ")), ClaimRefusal::ReasonMissing { .. }));
    run(&mut claim, &judge, drop("the carrier admits it").into());
    assert!(!claim.procedures.findings.find(ID).unwrap().holds());
    assert_eq!(why(&claim, &judge, confirm(0, Some(yuan(200)))), Refusal::NothingToDo);
}

fn anybody() -> impl Strategy<Value = Actor> {
    prop::sample::select(vec![
        dealer(),
        named("judge", &["penalties"]),
        named("boss", &["manager"]),
        named("clerk", &["order-department"]),
        actor(STRANGER, &["*"]),
    ])
}

fn commands() -> impl Strategy<Value = Command> {
    let outcome = prop_oneof![
        Just(Outcome::Upheld),
        Just(Outcome::Lifted),
        (0i64..500).prop_map(|minor| Outcome::Reduced { amount: yuan(minor) }),
    ];
    let measure = 0usize..3;
    prop_oneof![
        4 => (measure.clone(), prop::option::of((0i64..500).prop_map(yuan)))
            .prop_map(|(measure, amount)| confirm(measure, amount)),
        1 => measure.clone().prop_map(|measure| Command::Drop { finding: ID, measure, reason: "no".into() }),
        3 => measure.clone().prop_map(appeal),
        3 => (measure, outcome).prop_map(|(measure, outcome)| review(measure, outcome)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_sequence_imposes_more_or_less_than_was_proposed(
        steps in prop::collection::vec((anybody(), commands()), 1..25),
    ) {
        let mut claim = found(vec![fine(200, Some(400)), cancel()]);
        for (second, (who, command)) in steps.into_iter().enumerate() {
            let now = at(second as i64);
            let Ok(events) = claim.handle(&who, ClaimCommand::from(command.clone()), now) else { continue };
            match command {
                Command::Appeal { .. } => prop_assert_eq!(who.party, Some(DEALER)),
                _ => {
                    prop_assert_eq!(who.party, Some(BRAND));
                    prop_assert!(who.holds("penalties") || who.holds("manager"));
                }
            }
            events.iter().for_each(|event| claim.apply(event, now));
            for measure in &claim.procedures.findings.find(ID).unwrap().measures {
                if let (true, Some(amount), Some(_)) =
                    (measure.standing.holds(), &measure.amount, &measure.proposed.at_least)
                {
                    prop_assert!((200..=400).contains(&amount.minor));
                }
                if let (Some(decided), Some(reviewed)) = (&measure.decided, &measure.reviewed) {
                    prop_assert_ne!(&decided.by, &reviewed.by);
                    prop_assert!(measure.appeal.is_some());
                }
            }
        }
    }
}
