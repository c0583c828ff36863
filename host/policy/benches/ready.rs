//! From an upload to its first answer: the whole check, compiled by a child process within its limits, and one
//! call; beside it, in the same run and in turns, the same compiled in this process, and started anew from the
//! code that was kept. Then what the child used of its limits.
//!
//! `cargo bench -p sanbao-policy --bench ready` takes the store's pack; `-- FILE…` other components, such as
//! those of JavaScript and Python.

mod shared;

use sanbao_policy::check::check;
use sanbao_policy::compile::{Cache, CompileLimits, Compiler};
use sanbao_policy::digest::Digest;
use sanbao_policy::engine::{Engine, EngineOptions};
use sanbao_policy::policy::Policy;
use sanbao_policy::question::Coverage;
use sanbao_policy::registry::Registry;
use shared::child::Watch;
use shared::{Outcome, case, pack, percentiles, program, terms};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 20;
/// No more rounds than fit into this, but one.
const PATIENCE: Duration = Duration::from_secs(60);

fn main() -> Outcome<()> {
    let mut files: Vec<PathBuf> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).map(PathBuf::from).collect();
    if files.is_empty() {
        files.push(pack("store"));
    }
    let engine = Engine::new(EngineOptions::default())?;
    for file in files {
        let upload = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        println!("{}: {} bytes", file.display(), upload.len());
        measure(&engine, &upload)?;
    }
    Ok(())
}

fn measure(engine: &Arc<Engine>, upload: &[u8]) -> Outcome<()> {
    let (mut apart, mut compiling, mut here, mut again) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let begin = Instant::now();
    let limits = CompileLimits::default();
    let watch = Watch::start(limits.memory);
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    for round in 0..ROUNDS {
        if round >= 1 && begin.elapsed() > PATIENCE {
            break;
        }
        let data = tempfile::tempdir()?;
        let cache = || Cache::open(data.path(), engine, u64::MAX);
        let child = Compiler::in_child(engine.clone(), program(), limits);
        let (took, compiled, digest) = ready(&child.with_cache(cache()?), upload)?;
        apart.push(took);
        compiling.push(compiled);
        here.push(ready(&Compiler::in_process(engine.clone()), upload)?.0);

        let compiler = Arc::new(Compiler::in_process(engine.clone()).with_cache(cache()?));
        let registry = Arc::new(Registry::new(engine.clone()));
        let start = Instant::now();
        let policy = runtime.block_on(registry.kept(&compiler, digest))?.ok_or("its code is gone")?;
        ask(&policy)?;
        again.push(start.elapsed());
    }
    let reference = percentiles(here.clone()).0;
    println!("{:<36} {:>10} {:>10} {:>8}", "ms", "p50", "p99", "ratio");
    for (name, samples) in [
        ("compiled here, to the first answer", here),
        ("compiled apart, to the first answer", apart),
        ("of it: compiling", compiling),
        ("from kept code, to the first answer", again),
    ] {
        let (p50, p99) = percentiles(samples);
        println!("{name:<36} {:>10.2} {:>10.2} {:>8.3}", p50 / 1e3, p99 / 1e3, p50 / reference);
    }
    let used = watch.end();
    println!(
        "a child used at most {:.2} s of processor ({:.1} % of its limit), {} MiB mapped ({:.1} %), {} MiB resident",
        used.cpu,
        used.cpu / limits.cpu.as_secs_f64() * 100.0,
        used.mapped >> 20,
        used.mapped as f64 / limits.memory as f64 * 100.0,
        used.resident >> 20
    );
    Ok(())
}

/// How long it took from the bytes to an answer, and compiling alone.
fn ready(compiler: &Compiler, upload: &[u8]) -> Outcome<(Duration, Duration, Digest)> {
    let start = Instant::now();
    let checked = check(compiler, upload, &mut |_| ());
    let policy = checked.policy.ok_or_else(|| format!("{:#?}", checked.report.problems))?;
    ask(&policy)?;
    Ok((start.elapsed(), Duration::from_millis(checked.report.compile_millis), policy.digest()))
}

fn ask(policy: &Policy) -> Outcome<()> {
    let decision = policy.ask(&terms()?, Coverage { case: case()? });
    decision.outcome.map(drop).map_err(|failure| failure.to_string().into())
}
