//! Ten thousand policies on one host, against ten: what they cost while nobody asks them, what the first call of
//! each costs (from compiled code on disk to an answer), and what every later one does, asked in no order.
//!
//! `cargo bench -p sanbao-policy --bench many`; `-- COUNT` takes another number, `-- COUNT FILE` another
//! component than the least policy there is. Each policy is the component with a section of its own, so with a
//! digest, a file, a mapping and an instance of its own; they are compiled before anything is measured.

mod shared;

use sanbao_hostile::Fixture;
use sanbao_policy::check::{check, wrap};
use sanbao_policy::compile::{Cache, Compiler};
use sanbao_policy::digest::Digest;
use sanbao_policy::engine::{Engine, EngineOptions};
use sanbao_policy::policy::Policy;
use sanbao_policy::question::Coverage;
use sanbao_policy::registry::{Bounds, Registry};
use shared::{Outcome, case, percentiles, resident, terms, variant};
use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const FEW: usize = 10;
const WARM_CALLS: usize = 100_000;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let many = arguments.next().map_or(Ok(10_000), |count| count.parse())?;
    let component = match arguments.next() {
        Some(file) => wrap(&std::fs::read(file)?).map_err(|problem| problem.message)?,
        None => Fixture::WellBehaved.component(),
    };
    more_files()?;
    let engine = Engine::new(EngineOptions::default())?;
    println!("component: {} bytes", component.len());
    println!(
        "{:>9} {:>13} {:>13} {:>12} {:>12} {:>12} {:>12}",
        "policies", "KiB each", "mapped each", "first p50 µs", "first p99 µs", "warm p50 µs", "warm p99 µs"
    );
    let mut rows = Vec::new();
    for count in [FEW, many] {
        let data = tempfile::tempdir()?;
        let row = measure(&engine, data.path(), &component, count)?;
        println!(
            "{count:>9} {:>13.1} {:>13.1} {:>12.1} {:>12.1} {:>12.2} {:>12.2}",
            row.own, row.mapped, row.first.0, row.first.1, row.warm.0, row.warm.1
        );
        rows.push(row);
    }
    let [few, many] = &rows[..] else { return Ok(()) };
    println!(
        "{:>9} {:>13} {:>13} {:>12.2} {:>12.2} {:>12.2} {:>12.2}",
        "ratio",
        "",
        "",
        many.first.0 / few.first.0,
        many.first.1 / few.first.1,
        many.warm.0 / few.warm.0,
        many.warm.1 / few.warm.1
    );
    Ok(())
}

struct Row {
    /// KiB of memory for each policy while nobody asks it.
    own: f64,
    /// KiB of its file that is in memory; the system takes that back when it needs it.
    mapped: f64,
    first: (f64, f64),
    warm: (f64, f64),
}

fn measure(engine: &Arc<Engine>, data: &Path, component: &[u8], count: usize) -> Outcome<Row> {
    let cache = Cache::open(data, engine, u64::MAX)?;
    let compiler = Arc::new(Compiler::in_process(engine.clone()).with_cache(cache));
    let digests = compile(&compiler, component, count)?;
    let (case, terms) = (case()?, terms()?);
    let ask = |policy: &Policy| {
        black_box(policy.ask(&terms, Coverage { case: case.clone() }))
            .outcome
            .map_err(|failure| failure.to_string())
    };

    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let bounds = Bounds { policies: usize::MAX, bytes: usize::MAX };
    let registry = Arc::new(Registry::bounded(engine.clone(), bounds));
    // What the first of all costs is the engine's, not each policy's.
    let before = resident();
    let mut first = Vec::with_capacity(count);
    for digest in &digests {
        let start = Instant::now();
        let policy = runtime.block_on(registry.kept(&compiler, *digest))?.ok_or("its code is gone")?;
        ask(&policy)?;
        first.push(start.elapsed());
    }
    let after = resident();
    let each = |after: usize, before: usize| after.saturating_sub(before) as f64 / 1024.0 / count as f64;

    let mut warm: Vec<Duration> = Vec::with_capacity(WARM_CALLS);
    let mut number = 1usize;
    for _ in 0..WARM_CALLS {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let digest = digests[(number >> 33) % count];
        let start = Instant::now();
        ask(&*registry.get(digest).ok_or("it is not loaded")?)?;
        warm.push(start.elapsed());
    }
    warm.drain(..WARM_CALLS / 5);
    Ok(Row {
        own: each(after.0, before.0),
        mapped: each(after.1, before.1),
        first: percentiles(first),
        warm: percentiles(warm),
    })
}

/// Takes in every variant, on all processors, and lets go of it again.
fn compile(compiler: &Compiler, component: &[u8], count: usize) -> Outcome<Vec<Digest>> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<HashMap<usize, Digest>, String> {
        let mut digests = HashMap::new();
        loop {
            let number = next.fetch_add(1, Relaxed);
            if number >= count {
                return Ok(digests);
            }
            let report = check(compiler, &variant(component, number), &mut |_| ()).report;
            if !report.accepted() {
                return Err(format!("{:#?}", report.problems));
            }
            digests.insert(number, report.digest);
        }
    };
    let threads = std::thread::available_parallelism()?.get();
    let mut digests = HashMap::new();
    std::thread::scope(|scope| -> Outcome<()> {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            digests.extend(thread.join().map_err(|_| "a thread panicked")??);
        }
        Ok(())
    })?;
    Ok((0..count).filter_map(|number| digests.remove(&number)).collect())
}

/// Each loaded policy keeps its file open.
fn more_files() -> Outcome<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit })?;
    }
    Ok(())
}
