//! Random command sequences: what no sequence can reach.

use crate::fixtures::*;
use proptest::prelude::*;
use sanbao_domain::actor::Actor;
use sanbao_domain::money::Money;
use sanbao_domain::parts::requisition::{Command, CommandName, ReportProof, State, old_part_baseline};
use sanbao_domain::parts::{
    Account, Condition, Count, Ledger, Movement, MovementKind, Place, Requisition, Spot, StockTake,
};
use sanbao_domain::retention::OldPart;

fn people() -> impl Strategy<Value = Actor> {
    prop::sample::select(vec![staff(), leader(), actor("head", &["group-head"]), actor("owner", &["*"])])
}

fn requisitions() -> impl Strategy<Value = Requisition> {
    let old = prop::sample::select(vec![
        old_part_baseline(),
        old_part_baseline(),
        OldPart { must_come_back: false, ..OldPart::default() },
    ]);
    let condition = prop::sample::select(vec![Condition::Good, Condition::AfterSales]);
    let to = prop::sample::select(vec![technician(), Place::Transit]);
    let steps = prop::sample::select(vec![&[][..], &["leader"], &["group-head", "leader"]]);
    (1u32..4, condition, to, steps, old).prop_map(|(quantity, condition, to, steps, old)| {
        proposed(proposal(quantity, condition, to), steps, old)
    })
}

fn reports() -> impl Strategy<Value = Option<ReportProof>> {
    let proof =
        (prop::option::of(0i64..60), any::<bool>(), 0u32..4).prop_map(|(signed, approved, stated)| {
            ReportProof {
                stated,
                signed_at: signed.map(at),
                approved_by: approved.then(|| "leader".to_owned()),
                ..report(0)
            }
        });
    prop::option::of(proof)
}

fn commands() -> impl Strategy<Value = Command> {
    let pieces = 0u32..4;
    let words = prop::sample::select(vec![" ", "It is gone."]).prop_map(str::to_owned);
    let days = prop::sample::select(vec![None, Some(day("2026-03-05")), Some(day("2026-09-05"))]);
    let shelves = prop::sample::select(vec![None, Some(Place::Store("back".into())), Some(technician())]);
    prop_oneof![
        6 => Just(Command::Approve { note: None }),
        1 => words.clone().prop_map(|reason| Command::Reject { reason }),
        5 => Just(Command::Issue),
        5 => pieces.clone().prop_map(|quantity| Command::Use { quantity }),
        1 => Just(Command::Postage {
            amount: Money { minor: 1200, currency: "CNY".into() },
            voucher: "EMS-1".into(),
        }),
        3 => pieces.clone().prop_map(|quantity| Command::ReturnUnused { quantity }),
        5 => (pieces.clone(), shelves, days).prop_map(|(quantity, to, scrap_from)| {
            Command::OldPartBack { quantity, to, on: day("2026-03-05"), scrap_from }
        }),
        2 => (pieces.clone(), words).prop_map(|(quantity, reason)| Command::OldPartLost { quantity, reason }),
        6 => reports().prop_map(|report| Command::WriteOff { report, note: None }),
        1 => pieces.prop_map(|quantity| Command::Repair { quantity }),
        1 => prop::sample::select(vec!["2026-03-31", "2026-12-31"])
            .prop_map(|today| Command::Scrap { today: day(today) }),
    ]
}

/// What people do in the store besides requisitions.
fn in_the_store() -> impl Strategy<Value = Movement> {
    let conditions = || prop::sample::select(Condition::EVERY.to_vec());
    let places = || {
        prop::sample::select(vec![
            shelf(),
            Place::Store("back".into()),
            Place::Station(STATION),
            technician(),
            Place::Transit,
            Place::Customer,
            Place::Supplier,
            Place::Scrap,
            Place::Difference,
        ])
    };
    let kinds = prop::sample::select(vec![
        MovementKind::Received,
        MovementKind::Transferred,
        MovementKind::Sold,
        MovementKind::Scrapped,
        MovementKind::Counted,
    ]);
    (kinds, places(), conditions(), places(), conditions(), 0u32..4).prop_map(
        |(kind, from, before, to, after, quantity)| Movement {
            kind,
            part: "P-1".into(),
            from: Spot::new(from, before),
            to: Spot::new(to, after),
            quantity,
        },
    )
}

#[derive(Clone, Debug)]
enum Step {
    Give(usize, Actor, Command),
    Move(Movement),
    Count(u32, u32),
}

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0usize..2, people(), commands()).prop_map(|(which, who, command)| Step::Give(which, who, command)),
        2 => in_the_store().prop_map(Step::Move),
        1 => (0u32..6, 0u32..6).prop_map(|(good, pool)| Step::Count(good, pool)),
    ]
}

/// Both sides always agree, nothing that can be counted is below nothing, and what lies in custody is what
/// the requisitions say was drawn.
fn book_holds(ledger: &Ledger, requisitions: &[Requisition]) -> Result<(), TestCaseError> {
    let mut sum = 0;
    for (account, quantity) in ledger.balances() {
        sum += quantity;
        if account.spot.place.is_real() {
            prop_assert!(quantity >= 0, "{account:?}: {quantity}");
        }
    }
    prop_assert_eq!(sum, 0, "both sides agree");
    for place in [technician(), Place::Transit] {
        let booked: i64 = [Condition::Good, Condition::AfterSales]
            .map(|condition| ledger.balance(&Account::new("P-1", place.clone(), condition)))
            .iter()
            .sum();
        let drawn: i64 = requisitions
            .iter()
            .filter(|one| one.to == place && matches!(one.state, State::Issued))
            .map(|one| i64::from(one.quantity - one.returned))
            .sum();
        prop_assert_eq!(booked, drawn, "{}", place);
    }
    Ok(())
}

fn requisition_holds(one: &Requisition) -> Result<(), TestCaseError> {
    if one.issued_at.is_some() || matches!(one.state, State::Approved) {
        prop_assert_eq!(one.chain.signed.len(), one.chain.steps.len(), "BUS-41: no issue without approval");
        prop_assert!(!one.chain.steps.is_empty(), "BUS-41: somebody approves");
        for (step, signature) in one.chain.steps.iter().zip(&one.chain.signed) {
            prop_assert_eq!(&step.role, &signature.role);
        }
    }
    prop_assert!(one.used + one.returned <= one.quantity);
    if let State::WrittenOff { report, signature } = &one.state {
        prop_assert!(one.issued_at.is_some());
        if one.is_mailed() {
            prop_assert_eq!(signature.role.as_str(), "leader", "BUS-43: the leader signs");
            prop_assert!(matches!(signature.by.as_str(), "leader" | "owner"), "and holds the role");
            prop_assert!(one.used_by.is_some(), "BUS-43: so did the handler");
        } else {
            let report = report.as_ref().unwrap();
            prop_assert!(report.signed_at >= one.issued_at, "BUS-42: signed, and not beforehand");
            prop_assert!(report.approved_by.is_some(), "BUS-42: approved by the leader");
            prop_assert!(report.stated >= one.used, "BUS-30");
        }
        prop_assert_eq!(one.used + one.returned, one.quantity, "BUS-47: all of it is accounted for");
        let back: u32 = one.old.iter().map(|lot| lot.quantity).sum();
        let lost: u32 = one.lost.iter().map(|lost| lost.quantity).sum();
        if one.old_part.must_come_back {
            prop_assert_eq!(back + lost, one.used, "BUS-42: no write-off without the old part");
        }
        if lost > 0 {
            prop_assert!(one.is_mailed(), "BUS-43: mailed parts only");
            prop_assert!(
                one.lost.iter().all(|lost| !lost.reason.trim().is_empty() && lost.handler.role == "handler")
            );
        }
    }
    for lot in &one.old {
        prop_assert!(lot.repaired + lot.scrapped <= lot.quantity);
        if lot.scrap_from.is_none() {
            prop_assert_eq!(lot.scrapped, 0, "BUS-48: retention keeps it");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_sequence_breaks_the_rules(
        mut requisitions in prop::collection::vec(requisitions(), 2),
        (good, pool) in (0i64..5, 0i64..5),
        steps in prop::collection::vec(steps(), 1..60),
    ) {
        let mut ledger = stock(good, pool);
        let mut from_outside = good;
        for (second, step) in steps.into_iter().enumerate() {
            let now = at(second as i64);
            let before = (ledger.clone(), requisitions.clone());
            let mut book = |moved: &[Movement]| {
                for movement in moved {
                    let outside = matches!(movement.from.place, Place::Supplier | Place::Difference);
                    if outside && movement.to.condition == Condition::Good {
                        from_outside += i64::from(movement.quantity);
                    }
                }
            };
            match step {
                Step::Give(which, who, command) => {
                    let name = command.name();
                    let listed = requisitions[which].possible(&who).contains(&name);
                    match give(&mut ledger, &mut requisitions[which], &who, command, now) {
                        Ok(moved) => {
                            prop_assert!(listed, "{name:?} was not offered");
                            prop_assert!(moved.iter().all(|movement| movement.check().is_ok()));
                        }
                        Err(_) => prop_assert_eq!(&(ledger.clone(), requisitions.clone()), &before),
                    }
                    for command in CommandName::EVERY {
                        let one = &requisitions[which];
                        prop_assert_eq!(one.possible(&who).contains(&command), one.check(&who, command).is_ok());
                    }
                }
                Step::Move(movement) => match ledger.post(&movement) {
                    Ok(()) => book(&[movement]),
                    Err(_) => prop_assert_eq!(&ledger, &before.0),
                },
                Step::Count(good, pool) => {
                    let line = |condition, counted| Count {
                        part: "P-1".into(),
                        condition,
                        counted,
                        reason: Some("counted".into()),
                    };
                    let old = ledger.balance(&Account::new("P-1", shelf(), Condition::Old));
                    let sheet = StockTake {
                        place: shelf(),
                        counted_by: "keeper".into(),
                        counts: vec![
                            line(Condition::Good, good),
                            line(Condition::AfterSales, pool),
                            line(Condition::Old, u32::try_from(old).unwrap()),
                        ],
                    };
                    if let Ok(differences) = sheet.differences(&ledger) {
                        for difference in differences {
                            let movement = difference.movement(&sheet.place).unwrap();
                            ledger.post(&movement).unwrap();
                            book(&[movement]);
                        }
                        let counted = ledger.balance(&Account::new("P-1", shelf(), Condition::Good));
                        prop_assert_eq!(counted, i64::from(good), "BUS-44: book equals stock");
                    }
                }
            }
            book_holds(&ledger, &requisitions)?;
            requisitions.iter().try_for_each(requisition_holds)?;
            let good: i64 = ledger
                .balances()
                .filter(|(account, quantity)| account.spot.condition == Condition::Good && *quantity > 0)
                .filter(|(account, _)| !matches!(account.spot.place, Place::Difference | Place::Supplier))
                .map(|(_, quantity)| quantity)
                .sum();
            prop_assert!(good <= from_outside, "LGT-47: good stock comes from outside only");
        }
    }

    #[test]
    fn a_stored_requisition_is_the_same(
        mut one in requisitions(),
        steps in prop::collection::vec((people(), commands()), 1..40),
    ) {
        let mut ledger = stock(9, 9);
        for (second, (who, command)) in steps.into_iter().enumerate() {
            let _ = give(&mut ledger, &mut one, &who, command, at(second as i64));
            let stored = serde_json::to_string(&one).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Requisition>(&stored).unwrap(), &one);
        }
    }
}
