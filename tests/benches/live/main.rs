//! What a store that opens tickets notices of what others do on its host: p50 and p99 of `POST /v1/tickets`
//! (verdict, receipts and durable commit, over HTTP) while the host is quiet, while hostile uploads compile one
//! after the other in their child, and while a history is back-tested. Quiet phases lie between the others, so
//! that noise shows; all are compared with what the quiet ones have in common.
//!
//! `cargo bench -p sanbao-tests --bench live [-- SECONDS] [sqlite] [postgres]`: so many seconds a phase, 20 when
//! nothing is said. `SANBAO_BENCH_RATE` sets how many tickets are opened in a second, whether or not the host
//! keeps up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A figure that cannot be had stops the run.

mod bombs;
mod replay;
#[path = "../shared/mod.rs"]
mod shared;
mod steady;

use sanbao_policy::check::check;
use sanbao_policy::compile::Compiler;
use sanbao_policy::engine::{Engine as PolicyEngine, EngineOptions};
use sanbao_store::Engine;
use shared::claims::{self, Asked};
use shared::host::{Host, Place};
use shared::{Failure, history, permille};
use std::time::Duration;
use steady::Steady;

/// As in the binary.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Decisions in the history that is back-tested, over and over.
const HISTORY: usize = 200_000;
/// Claims that differ in it.
const CLAIMS: usize = 5_000;

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let seconds = words.iter().find_map(|word| word.parse().ok()).unwrap_or(20);
    let rate = std::env::var("SANBAO_BENCH_RATE").ok().and_then(|rate| rate.parse().ok()).unwrap_or(50);
    let names: Vec<&String> = words.iter().filter(|word| word.parse::<u64>().is_err()).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let asked = asked()?;
        for (engine, name) in [(Engine::Sqlite, "sqlite"), (Engine::Postgres, "postgres")] {
            if names.is_empty() || names.iter().any(|word| *word == name) {
                println!("{name}: {rate} tickets a second, {seconds} s a phase");
                measure(engine, &asked, Duration::from_secs(seconds), rate).await?;
            }
        }
        Ok(())
    })
}

/// Claims with the answers of the store's pack.
fn asked() -> Result<Vec<Asked>, Failure> {
    let engine = PolicyEngine::new(EngineOptions::default())?;
    let pack = sanbao_tests::packs::read("sanbao_store_pack")?;
    let checked = check(&Compiler::in_process(engine), &pack, &mut |_| ());
    claims::asked(&*checked.policy.ok_or("the pack does not pass the check")?, &claims::terms()?, CLAIMS)
}

async fn measure(engine: Engine, asked: &[Asked], phase: Duration, rate: u32) -> Result<(), Failure> {
    let place = Place::new(engine).await?;
    let host = Host::start(&place).await?;
    let (live, past) = (host.store("Live").await?, host.store("Past").await?);
    history::fill(&place, &mut host.client(&past.key).await?, asked, HISTORY).await?;
    let hostile = host.party("Hostile").await?;
    let mut steady = Steady::new(&host, &live, rate);
    steady.run(Duration::from_secs(3)).await?;

    let mut rows: Vec<(&str, Vec<Duration>, String)> = Vec::new();
    rows.push(("quiet", steady.run(phase).await?, String::new()));
    let bombs = bombs::Bombs::start(&host, &hostile).await?;
    let took = steady.run(phase).await?;
    rows.push(("hostile uploads compile", took, bombs.end().await?));
    rows.push(("quiet", steady.run(phase).await?, String::new()));
    let replay = replay::Replay::start(&host, &past).await?;
    let took = steady.run(phase).await?;
    rows.push(("back-test runs", took, replay.end().await?));
    rows.push(("quiet", steady.run(phase).await?, String::new()));

    let mut quiet: Vec<Duration> =
        rows.iter().filter(|row| row.0 == "quiet").flat_map(|row| row.1.iter().copied()).collect();
    quiet.sort_unstable();
    println!(
        "{:<26}{:>9}{:>9}{:>9}{:>11}{:>11}  meanwhile",
        "phase", "tickets", "p50 ms", "p99 ms", "× quiet p50", "p99"
    );
    rows.push(("quiet, all", quiet.clone(), String::new()));
    for (name, mut took, meanwhile) in rows {
        took.sort_unstable();
        let [p50, p99, q50, q99] = [(&took, 500), (&took, 990), (&quiet, 500), (&quiet, 990)]
            .map(|(times, share)| permille(times, share).as_secs_f64() * 1e3);
        println!(
            "{name:<26}{:>9}{p50:>9.2}{p99:>9.2}{:>11.2}{:>11.2}  {meanwhile}",
            took.len(),
            p50 / q50,
            p99 / q99
        );
    }
    host.stop().await;
    Ok(())
}
