//! One party floods the engine with long calls; another's quick calls go through, and wait a few turns.

#![allow(clippy::unwrap_used)]

mod common;

use common::{case, terms};
use sanbao_domain::failure::FailureKind;
use sanbao_domain::ids::PartyId;
use sanbao_domain::verdict::Ruling;
use sanbao_hostile::Fixture;
use sanbao_policy::engine::{Engine, EngineOptions};
use sanbao_policy::policy::Policy;
use sanbao_policy::question::Coverage;
use sanbao_policy::runner::{Load, Runner, Share};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;
use uuid::Uuid;

/// So long that no test waits for it.
const LONG: Duration = Duration::from_secs(300);
const SLOTS: u32 = 2;

fn party(number: u128) -> PartyId {
    PartyId(Uuid::from_u128(number))
}

/// An engine of two slots; every party may have both.
fn crowded() -> (Arc<Engine>, Runner) {
    let engine = Engine::new(EngineOptions { instances: SLOTS, ..EngineOptions::default() }).unwrap();
    let share = Share { concurrent: SLOTS as usize, per_second: None };
    let runner = Runner::new(Arc::clone(&engine)).sharing(share).patience(LONG);
    (engine, runner)
}

fn on(engine: &Arc<Engine>, fixture: Fixture) -> Arc<Policy> {
    Arc::new(Policy::load(engine, &fixture.component()).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quick_call_waits_a_few_turns_whatever_others_ask() {
    let (engine, runner) = crowded();
    let runner = Arc::new(runner);
    let endless = on(&engine, Fixture::EndlessLoop);
    let quick = on(&engine, Fixture::WellBehaved);
    let stop = Arc::new(AtomicBool::new(false));
    // Forty calls always run or wait, each as long as its fuel lasts.
    let flood: Vec<_> = (0..40)
        .map(|_| {
            let (runner, endless, stop) = (Arc::clone(&runner), Arc::clone(&endless), Arc::clone(&stop));
            tokio::spawn(async move {
                let mut terms = terms();
                terms.limits.fuel = 20_000_000;
                terms.limits.deadline = LONG;
                let mut asked = 0_u32;
                while !stop.load(SeqCst) {
                    let decision = runner.ask(party(1), &endless, &terms, Coverage { case: case() }).await;
                    assert_eq!(decision.outcome.unwrap_err().kind(), FailureKind::OutOfFuel);
                    asked += 1;
                }
                asked
            })
        })
        .collect();
    while runner.load(party(1)).waiting < 30 {
        tokio::task::yield_now().await;
    }
    let mut waited = Vec::new();
    for _ in 0..40 {
        let before = runner.turns();
        let decision = runner.ask(party(2), &quick, &terms(), Coverage { case: case() }).await;
        assert_eq!(decision.outcome.unwrap().ruling, Ruling::NotCovered);
        waited.push(runner.turns() - before);
    }
    assert!(runner.load(party(1)).waiting >= 30, "the flood lasts");
    stop.store(true, SeqCst);
    let mut asked = 0;
    for one in flood {
        asked += one.await.unwrap();
    }
    // Its own turn, and those that others were given before it came and while it ran: first come, first served
    // would have been forty.
    waited.sort_unstable();
    let (median, most) = (waited[waited.len() / 2], waited[waited.len() - 1]);
    assert!(median <= 2 + u64::from(SLOTS), "{waited:?}");
    assert!(most <= 20, "{waited:?}");
    assert!(asked >= 40, "the flood goes through too: {asked}");
    assert_eq!((runner.load(party(1)), runner.load(party(2))), Default::default());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_calls_leave_slots_to_quick_ones() {
    let processors = std::thread::available_parallelism().unwrap().get();
    let instances = u32::try_from(processors * 8).unwrap();
    let engine = Engine::new(EngineOptions { instances, ..EngineOptions::default() }).unwrap();
    let runner = Arc::new(Runner::new(Arc::clone(&engine)).patience(LONG));
    let endless = on(&engine, Fixture::EndlessLoop);
    let quick = on(&engine, Fixture::WellBehaved);
    let stop = Arc::new(AtomicBool::new(false));
    // Four parties, each with as many calls as half of the pool.
    let flood: Vec<_> = (0..processors as u128 * 16)
        .map(|number| {
            let (runner, endless, stop) = (Arc::clone(&runner), Arc::clone(&endless), Arc::clone(&stop));
            tokio::spawn(async move {
                let mut terms = terms();
                terms.limits.fuel = 50_000_000;
                terms.limits.deadline = LONG;
                while !stop.load(SeqCst) {
                    runner.ask(party(number % 4), &endless, &terms, Coverage { case: case() }).await;
                }
            })
        })
        .collect();
    let all = |of: fn(&Load) -> usize| (0..4).map(|number| of(&runner.load(party(number)))).sum::<usize>();
    while all(|load| load.waiting) < processors * 14 {
        tokio::task::yield_now().await;
    }
    for _ in 0..40 {
        assert!(!runner.is_crowded(), "{} run", all(|load| load.running));
        // Those, and what the two threads of this runtime try before they know that it is long.
        assert!(all(|load| load.running) <= processors + 2);
        let decision = runner.ask(party(9), &quick, &terms(), Coverage { case: case() }).await;
        assert_eq!(decision.outcome.unwrap().ruling, Ruling::NotCovered);
    }
    assert!(all(|load| load.waiting) >= processors * 14, "the flood lasts");
    stop.store(true, SeqCst);
    for one in flood {
        one.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_stops_waiting_takes_no_slot_along() {
    let (engine, runner) = crowded();
    let runner = Arc::new(runner);
    let quick = on(&engine, Fixture::WellBehaved);
    let endless = on(&engine, Fixture::EndlessLoop);
    for round in 0..30_u64 {
        let asked: Vec<_> = (0..20)
            .map(|number| {
                let (runner, endless) = (Arc::clone(&runner), Arc::clone(&endless));
                tokio::spawn(async move {
                    let mut terms = terms();
                    terms.limits.fuel = 500_000;
                    runner.ask(party(number % 3), &endless, &terms, Coverage { case: case() }).await
                })
            })
            .collect();
        for _ in 0..round {
            tokio::task::yield_now().await;
        }
        for one in asked.iter().skip(1) {
            one.abort();
        }
        for one in asked {
            let _ = one.await;
        }
    }
    // What ran elsewhere when it was dropped ends by itself.
    for _ in 0..SLOTS * 20 {
        let decision = runner.ask(party(9), &quick, &terms(), Coverage { case: case() }).await;
        assert!(decision.outcome.is_ok());
    }
    while runner.is_crowded() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn over_its_pace_a_call_waits_and_then_a_person_decides() {
    let engine = Engine::new(EngineOptions { instances: 4, ..EngineOptions::default() }).unwrap();
    let quick = on(&engine, Fixture::WellBehaved);
    let often = NonZeroU32::new(50);
    let patient =
        Runner::new(Arc::clone(&engine)).sharing(Share { concurrent: 4, per_second: often }).patience(LONG);
    let ask = async |runner: &Runner, who: u128| {
        runner.ask(party(who), &quick, &terms(), Coverage { case: case() }).await.outcome
    };
    // A second's worth at once, and the rest one by one.
    for _ in 0..60 {
        assert!(ask(&patient, 1).await.is_ok());
    }
    let seldom = Share { concurrent: 4, per_second: NonZeroU32::new(1) };
    let hasty = Runner::new(Arc::clone(&engine)).patience(Duration::from_millis(1));
    hasty.set_shares([(party(1), seldom)].into());
    assert!(ask(&hasty, 1).await.is_ok());
    let refused = ask(&hasty, 1).await.unwrap_err();
    assert_eq!(refused.kind(), FailureKind::Unavailable);
    assert!(refused.to_string().contains("calls a second"), "{refused}");
    for _ in 0..20 {
        assert!(ask(&hasty, 2).await.is_ok(), "others are not held back");
    }
    hasty.set_shares(Default::default());
    assert!(ask(&hasty, 1).await.is_ok(), "another share holds from the next call on");
}
