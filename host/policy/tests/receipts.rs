//! Receipts can be replayed to the byte, and a chain shows what was changed.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{case, policy, terms};
use sanbao_domain::calendar::CalendarSpec;
use sanbao_hostile::Fixture;
use sanbao_policy::digest::Digest;
use sanbao_policy::question::Coverage;
use sanbao_policy::receipt::{Broken, Differs, Identity, Receipt, Record, Signer, verify_chain};
use std::sync::Arc;

fn record(fixture: Fixture) -> Record {
    policy(&fixture.component()).ask(&terms(), Coverage { case: case() }).record
}

#[test]
fn a_replay_gives_the_same_bytes() {
    let fixtures = Fixture::AT_RUN_TIME.into_iter().chain([Fixture::WellBehaved]);
    for fixture in fixtures {
        let policy = policy(&fixture.component());
        let mut terms = terms();
        terms.limits.fuel = 10_000_000;
        let record = policy.ask(&terms, Coverage { case: case() }).record;
        record.replay(&policy, &terms.calendar).unwrap_or_else(|differs| panic!("{fixture:?}: {differs}"));
        let stored: Record = serde_json::from_str(&serde_json::to_string(&record).unwrap()).unwrap();
        assert_eq!(stored, record);
    }
}

#[test]
fn a_replay_notices_what_differs() {
    let (terms, good) = (terms(), policy(&Fixture::WellBehaved.component()));
    let record = record(Fixture::WellBehaved);
    let other = policy(&Fixture::Trap.component());
    assert!(matches!(record.replay(&other, &terms.calendar), Err(Differs::Policy { .. })));
    let calendar = Arc::new(CalendarSpec::of_zone("Asia/Kolkata").load().unwrap());
    assert!(matches!(record.replay(&good, &calendar), Err(Differs::Calendar { .. })));
    let mut changed = record.clone();
    changed.output = changed.output.replace("not-covered", "covered");
    assert!(matches!(changed.replay(&good, &terms.calendar), Err(Differs::Output { .. })));
    let mut changed = record.clone();
    changed.fuel += 1;
    assert!(matches!(changed.replay(&good, &terms.calendar), Err(Differs::Fuel { .. })));
    let mut changed = record;
    changed.function = "coverage.guess".into();
    assert!(matches!(changed.replay(&good, &terms.calendar), Err(Differs::Function { .. })));
}

fn identity(seq: u64) -> Identity {
    let id = |number: u64| uuid::Uuid::from_u128(u128::from(number));
    Identity {
        id: id(100 + seq).into(),
        ticket: id(1).into(),
        claim: id(2).into(),
        seq,
        respondent: id(3).into(),
        policy: id(4).into(),
        activation: id(5).into(),
        decided_at: "2024-05-20T02:00:00Z".parse().unwrap(),
    }
}

fn chain() -> Vec<Receipt> {
    let mut last: Option<Digest> = None;
    let fixtures = [Fixture::WellBehaved, Fixture::UnknownCitation, Fixture::Trap];
    fixtures
        .into_iter()
        .map(|fixture| {
            let identity = identity(last.map_or(1, |_| 2));
            let receipt = record(fixture).seal(identity, last, &Signer::from_seed(&[7; 32]));
            last = Some(receipt.hash);
            receipt
        })
        .collect()
}

#[test]
fn a_chain_shows_what_was_changed() {
    let whole = chain();
    assert_eq!(verify_chain(&whole, None), Ok(Some(whole[2].hash)));
    assert_eq!(verify_chain(&whole[1..], Some(whole[0].hash)), Ok(Some(whole[2].hash)));
    assert_eq!(verify_chain([], None), Ok(None));

    let mut changed = whole.clone();
    changed[1].record.output.push(' ');
    assert_eq!(verify_chain(&changed, None), Err(Broken::Body { at: 1 }));
    let mut moved = whole.clone();
    moved[1].identity.ticket = uuid::Uuid::from_u128(9).into();
    assert_eq!(verify_chain(&moved, None), Err(Broken::Body { at: 1 }), "a receipt of another ticket");
    let mut swapped = whole.clone();
    swapped.swap(1, 2);
    assert_eq!(verify_chain(&swapped, None), Err(Broken::Link { at: 1 }));
    let mut cut = whole;
    cut.remove(1);
    assert_eq!(verify_chain(&cut, None), Err(Broken::Link { at: 1 }));
}
