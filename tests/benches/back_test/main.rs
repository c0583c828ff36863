//! How fast a party's history is asked again: the engine alone, from SQLite and from PostgreSQL through a host,
//! beside the same rule as a native function and the live path, in the same run.
//!
//! `cargo bench -p sanbao-tests --bench back_test [-- COUNT] [engine] [sqlite] [postgres]`: COUNT decisions,
//! 100000 when nothing is said. Ratios are what to read: the absolute figures are those of one noisy machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A figure that cannot be had stops the run.

mod engine;
mod native;
#[path = "../shared/mod.rs"]
mod shared;

use sanbao_policy::check::check;
use sanbao_policy::compile::Compiler;
use sanbao_policy::engine::{Engine, EngineOptions};
use shared::claims::{self, Asked};
use shared::host::{Host, Place};
use shared::{Failure, history, processor, resident};

/// As in the binary.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Claims that differ; a longer history repeats them.
const CLAIMS: usize = 5_000;

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let count = words.iter().find_map(|word| word.parse().ok()).unwrap_or(100_000);
    let names: Vec<&String> = words.iter().filter(|word| word.parse::<usize>().is_err()).collect();
    let wanted = |name: &str| names.is_empty() || names.iter().any(|word| *word == name);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let engine = Engine::new(EngineOptions::default())?;
        let pack = sanbao_tests::packs::read("sanbao_store_pack")?;
        let checked = check(&Compiler::in_process(engine), &pack, &mut |_| ());
        let policy = checked.policy.ok_or("the pack does not pass the check")?;
        let terms = claims::terms()?;
        let asked = claims::asked(&policy, &terms, CLAIMS)?;
        let bytes = |text: fn(&Asked) -> usize| asked.iter().map(text).sum::<usize>() / asked.len();
        println!(
            "{count} decisions; {} bytes asked, {} answered on average",
            bytes(|one| one.input.len()),
            bytes(|one| one.output.len())
        );
        if wanted("engine") {
            let native = engine::native(&asked, count);
            let live = engine::live(&policy, &terms, &asked, count).await?;
            let (rate, summary) = engine::back_test(&policy, &terms, &asked, count);
            println!(
                "{:<28}{:>14}{:>10}{:>10}{:>14}{:>10}",
                "two threads", "decisions/s", "× native", "× live", "µs processor", "× live"
            );
            for (name, rate) in
                [("native function", native), ("live path", live), ("back-test, from memory", rate)]
            {
                println!(
                    "{name:<28}{:>14.0}{:>10.3}{:>10.2}{:>14.2}{:>10.2}",
                    rate.per_second,
                    rate.per_second / native.per_second,
                    rate.per_second / live.per_second,
                    rate.processor,
                    rate.processor / live.processor
                );
            }
            println!(
                "same {}, changed {}, confirmed {}",
                summary.answers.same, summary.answers.changed, summary.confirmed
            );
        }
        for (engine, name) in
            [(sanbao_store::Engine::Sqlite, "sqlite"), (sanbao_store::Engine::Postgres, "postgres")]
        {
            if wanted(name) {
                end_to_end(engine, name, &asked, count).await?;
            }
        }
        Ok(())
    })
}

/// Through a host, from its database: the rate over the whole run, and memory on the way.
async fn end_to_end(
    engine: sanbao_store::Engine,
    name: &str,
    asked: &[Asked],
    count: usize,
) -> Result<(), Failure> {
    let place = Place::new(engine).await?;
    let host = Host::start(&place).await?;
    let store = host.store("Bench").await?;
    let mut client = host.client(&store.key).await?;
    history::fill(&place, &mut client, asked, count).await?;
    // The host closes a connection that is idle for as long as that takes.
    let mut client = host.client(&store.key).await?;
    let before = resident();
    let (path, used) = (history::begin(&mut client, &store).await?, processor().0);
    let mut marks = vec![10, 50, 100];
    let mut memory = Vec::new();
    let shown = history::follow(&mut client, &path, |shown| {
        let (done, total) = (shown["progress"]["done"].as_u64(), shown["progress"]["total"].as_u64());
        let percent = done.zip(total).map_or(0, |(done, total)| done * 100 / total.max(1));
        while marks.first().is_some_and(|mark| *mark <= percent) {
            memory.push(format!("{} MiB at {} %", resident(), marks.remove(0)));
        }
        true
    })
    .await?;
    let used = processor().0.saturating_sub(used).as_secs_f64() * 1e6 / count as f64;
    println!(
        "{name}: {} of {} asked; {} decisions/s end to end, {used:.2} µs of processor in the host; changed {}; resident {before} MiB before, {}",
        shown["found"]["asked"],
        shown["progress"]["total"],
        shown["progress"]["per_second"],
        shown["found"]["changed"],
        memory.join(", ")
    );
    host.stop().await;
    Ok(())
}
