//! Every way to misbehave ends in its own typed failure, within limits, while others go on being answered.
#![allow(clippy::unwrap_used)] // Test code, helpers included.

mod common;

use common::{case, engine, policy, terms};
use sanbao_domain::failure::FailureKind;
use sanbao_domain::ids::PartyId;
use sanbao_domain::time::{Span, SpanUnit};
use sanbao_domain::verdict::Ruling;
use sanbao_hostile::Fixture;
use sanbao_policy::failure::Failure;
use sanbao_policy::limits::{LOG_LINE_BYTES, LOG_LINES};
use sanbao_policy::question::Coverage;
use sanbao_policy::runner::Runner;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::Duration;
use uuid::Uuid;

/// What asking the fixture comes to, under limits that make tests quick and the deadline irrelevant.
fn failure(fixture: Fixture) -> Failure {
    let mut terms = terms();
    terms.limits.fuel = 50_000_000;
    terms.limits.memory = 40 << 20;
    terms.limits.deadline = Duration::from_secs(60);
    policy(&fixture.component()).ask(&terms, Coverage { case: case() }).outcome.unwrap_err()
}

#[test]
fn a_well_behaved_policy_answers() {
    let decision = policy(&Fixture::WellBehaved.component()).ask(&terms(), Coverage { case: case() });
    let verdict = decision.outcome.unwrap();
    assert_eq!(verdict.ruling, Ruling::NotCovered);
    assert_eq!(verdict.citations[0].rule, "H-1");
    assert!(decision.record.fuel > 0);
}

#[test]
fn an_endless_loop_runs_out_of_fuel() {
    assert_eq!(failure(Fixture::EndlessLoop), Failure::OutOfFuel { limit: 50_000_000 });
}

#[test]
fn an_endless_loop_with_fuel_to_burn_meets_its_deadline() {
    let mut terms = terms();
    terms.limits.fuel = u64::MAX;
    terms.limits.deadline = Duration::from_millis(20);
    let decision = policy(&Fixture::EndlessLoop.component()).ask(&terms, Coverage { case: case() });
    assert_eq!(decision.outcome.unwrap_err(), Failure::Deadline { millis: 20 });
}

#[test]
fn memory_stops_growing_at_the_limit() {
    assert_eq!(
        failure(Fixture::MemoryGrowth),
        Failure::Memory { wanted: (40 << 20) + 65536, limit: 40 << 20 }
    );
}

#[test]
fn tables_stop_growing_at_the_limit() {
    assert_eq!(failure(Fixture::TableGrowth), Failure::Table { wanted: 20_001, limit: 20_000 });
}

#[test]
fn deep_recursion_exhausts_the_stack() {
    assert_eq!(failure(Fixture::DeepRecursion), Failure::StackOverflow);
}

#[test]
fn a_huge_result_is_not_copied() {
    assert_eq!(failure(Fixture::HugeResult), Failure::ResultTooLarge { limit: 1 << 20 });
}

#[test]
fn a_trap_is_named() {
    let Failure::Trap { what } = failure(Fixture::Trap) else { panic!("not a trap") };
    assert!(what.contains("unreachable"), "{what}");
}

#[test]
fn answers_that_break_the_contract_are_malformed() {
    for fixture in [Fixture::BadDiscriminant, Fixture::WildPointer, Fixture::BadText] {
        let failure = failure(fixture);
        assert!(matches!(failure, Failure::Malformed { .. }), "{fixture:?}: {failure:?}");
    }
}

#[test]
fn names_that_the_manifest_does_not_declare_are_refused() {
    let place = "citations[0]".to_owned();
    assert_eq!(
        failure(Fixture::UnknownCitation),
        Failure::UnknownCitation { rule: "H-9".into(), place: place.clone() }
    );
    assert_eq!(failure(Fixture::CitesConduct), Failure::ConductCited { rule: "H-1".into(), place });
    let place = "refer-to".to_owned();
    assert_eq!(failure(Fixture::UnknownRole), Failure::UnknownRole { role: "rule".into(), place });
}

#[test]
fn absurd_spans_and_days_are_refused() {
    let span = Span::new(u32::MAX, SpanUnit::Years);
    assert_eq!(failure(Fixture::AbsurdSpan), Failure::AbsurdSpan { span, place: "cover.term".into() });
    let place = "cover.starts".to_owned();
    assert_eq!(failure(Fixture::BadDate), Failure::BadValue { place, given: "2023-02-29".into() });
}

#[test]
fn a_verdict_that_contradicts_itself_is_refused() {
    assert_eq!(failure(Fixture::CoveredWithoutOffer), Failure::Lacking { place: "offers".into() });
}

#[test]
fn a_flood_of_log_is_cut_and_counted() {
    let decision = policy(&Fixture::LogFlood.component()).ask(&terms(), Coverage { case: case() });
    assert!(decision.outcome.is_ok());
    let log = decision.log();
    assert_eq!((log.lines.len(), log.dropped), (LOG_LINES, 10_000 - LOG_LINES as u64));
    assert!(log.lines.iter().all(|line| line.message.len() == LOG_LINE_BYTES));
}

#[test]
fn misusing_the_calendar_traps() {
    let Failure::Trap { what } = failure(Fixture::CalendarMisuse) else { panic!("not a trap") };
    assert!(!what.is_empty());
}

#[test]
fn every_failure_says_its_kind() {
    let kinds = Fixture::AT_RUN_TIME.into_iter().filter(|fixture| *fixture != Fixture::LogFlood).map(failure);
    let kinds: Vec<_> = kinds.map(|failure| failure.kind()).collect();
    assert!(!kinds.contains(&FailureKind::Unavailable), "{kinds:?}");
}

/// All hostile policies run at once, from one party, again and again; another party's policy answers every
/// one of its calls meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_are_answered_meanwhile() {
    let runner = Arc::new(Runner::new(Arc::clone(engine())));
    let (hostile, honest) = (PartyId(Uuid::from_u128(1)), PartyId(Uuid::from_u128(2)));
    let done = Arc::new(AtomicBool::new(false));
    let failed = Arc::new(AtomicUsize::new(0));
    let attackers: Vec<_> = Fixture::AT_RUN_TIME
        .into_iter()
        .map(|fixture| {
            let (runner, done, failed) = (Arc::clone(&runner), Arc::clone(&done), Arc::clone(&failed));
            let policy = policy(&fixture.component());
            tokio::spawn(async move {
                let mut terms = terms();
                terms.limits.deadline = Duration::from_millis(50);
                while !done.load(SeqCst) {
                    let decision = runner.ask(hostile, &policy, &terms, Coverage { case: case() }).await;
                    failed.fetch_add(usize::from(decision.outcome.is_err()), SeqCst);
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();

    let policy = policy(&Fixture::WellBehaved.component());
    let mut answered = 0;
    while answered < 200 || failed.load(SeqCst) < 2 * attackers.len() {
        let decision = runner.ask(honest, &policy, &terms(), Coverage { case: case() }).await;
        assert_eq!(decision.outcome.unwrap().ruling, Ruling::NotCovered);
        answered += 1;
        tokio::task::yield_now().await;
    }
    done.store(true, SeqCst);
    for attacker in attackers {
        attacker.await.unwrap();
    }
}
