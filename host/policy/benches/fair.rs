//! What a party with quick calls notices of one that floods the host with endless ones: latency and turns, quiet
//! and flooded, in one run.
//!
//! `sh plugins/build.sh && cargo bench -p sanbao-policy --bench fair`

use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::case::Case;
use sanbao_domain::ids::PartyId;
use sanbao_hostile::Fixture;
use sanbao_policy::decision::Terms;
use sanbao_policy::engine::{Engine, EngineOptions};
use sanbao_policy::policy::Policy;
use sanbao_policy::question::Coverage;
use sanbao_policy::runner::Runner;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};
use uuid::Uuid;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Calls of the quick party in each phase, one after the other, and the time after which fewer will do.
const CALLS: usize = 2_000;
const LONG_ENOUGH: Duration = Duration::from_secs(30);
/// Parties that flood, and calls that each keeps asked for.
const FLOODING: u128 = 4;
const KEPT: usize = 64;
/// Fuel of one endless call: some tens of milliseconds.
const FUEL: u64 = 50_000_000;

const CASE: &str = r#"{
  "now": {"on": "2024-05-13", "at": "2024-05-13T02:00:00Z"},
  "jurisdiction": "CN",
  "claimant": {"kind": "consumer"},
  "respondent": {"kind": "store"},
  "product": {"category": "television", "model": "TV-55"},
  "dates": {"sold": "2024-05-01", "reported": "2024-05-13"},
  "asked": "replace",
  "cause": "quality"
}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build()?;
    runtime.block_on(run())
}

async fn run() -> Result<(), Box<dyn Error>> {
    let engine = Engine::new(EngineOptions::default())?;
    let quick = Arc::new(Policy::load(&engine, &Fixture::WellBehaved.component())?);
    let endless = Arc::new(Policy::load(&engine, &Fixture::EndlessLoop.component())?);
    let case: Case = serde_json::from_str(CASE)?;
    let terms = Terms::new(Arc::new(CalendarSpec::of_zone("Asia/Shanghai").load()?));
    let runner = Arc::new(Runner::new(Arc::clone(&engine)).patience(Duration::from_secs(600)));

    println!(
        "{:<10} {:>10} {:>10} {:>10} {:>10} {:>12} {:>14}",
        "", "calls", "p50 µs", "p99 µs", "max µs", "turns p99", "endless calls"
    );
    report("quiet", &runner, &quick, &terms, &case, &AtomicU64::new(0)).await;
    let stop = Arc::new(AtomicBool::new(false));
    let ended = Arc::new(AtomicU64::new(0));
    let flood: Vec<_> = (0..FLOODING)
        .flat_map(|party| (0..KEPT).map(move |_| PartyId(Uuid::from_u128(100 + party))))
        .map(|party| {
            let (runner, endless, stop, ended) =
                (runner.clone(), endless.clone(), stop.clone(), ended.clone());
            let (mut terms, case) = (terms.clone(), case.clone());
            terms.limits.fuel = FUEL;
            terms.limits.deadline = Duration::from_secs(600);
            tokio::spawn(async move {
                while !stop.load(Relaxed) {
                    let _ = runner.ask(party, &endless, &terms, Coverage { case: case.clone() }).await;
                    ended.fetch_add(1, Relaxed);
                }
            })
        })
        .collect();
    let waiting = || -> usize {
        (0..FLOODING).map(|party| runner.load(PartyId(Uuid::from_u128(100 + party))).waiting).sum()
    };
    while waiting() < FLOODING as usize * KEPT * 3 / 4 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    report("flooded", &runner, &quick, &terms, &case, &ended).await;
    stop.store(true, Relaxed);
    for one in flood {
        one.await?;
    }
    Ok(())
}

/// Asks for the quick party, one call after the other.
async fn report(
    what: &str,
    runner: &Runner,
    quick: &Arc<Policy>,
    terms: &Terms,
    case: &Case,
    ended: &AtomicU64,
) {
    let party = PartyId(Uuid::from_u128(1));
    let (mut took, mut turns) = (Vec::with_capacity(CALLS), Vec::with_capacity(CALLS));
    let before = ended.load(Relaxed);
    let begun = Instant::now();
    while took.len() < CALLS && begun.elapsed() < LONG_ENOUGH {
        let (start, first) = (Instant::now(), runner.turns());
        let decision = runner.ask(party, quick, terms, Coverage { case: case.clone() }).await;
        if let Err(failure) = decision.outcome {
            println!("{what}: {failure}");
        }
        took.push(start.elapsed());
        turns.push(runner.turns() - first);
        tokio::task::yield_now().await;
    }
    took.sort_unstable();
    turns.sort_unstable();
    let micros = |share: usize| took[(took.len() - 1) * share / 100].as_secs_f64() * 1e6;
    println!(
        "{what:<10} {:>10} {:>10.1} {:>10.1} {:>10.1} {:>12} {:>14}",
        took.len(),
        micros(50),
        micros(99),
        micros(100),
        turns[(turns.len() - 1) * 99 / 100],
        ended.load(Relaxed) - before
    );
}
