//! Hostile uploads: whatever arrives, there is a report, within limits, and the host goes on.
#![allow(clippy::unwrap_used, clippy::panic)] // Test code, helpers included.

#[path = "../common/mod.rs"]
mod common;

mod child;
mod damaged;
mod kept;
mod random;
mod sizes;
mod smoke;

use sanbao_policy::check::{CheckReport, Checked, Severity, check};
use sanbao_policy::compile::{CompileLimits, Compiler};
use std::path::{Path, PathBuf};

/// The child, as this package builds it.
fn program() -> PathBuf {
    env!("CARGO_BIN_EXE_sanbao-compile").into()
}

/// The child where the system does not limit memory.
fn counting() -> PathBuf {
    env!("CARGO_BIN_EXE_sanbao-compile-counting").into()
}

/// One of the programs that are no such child.
fn impostor(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/uploads/children").join(name)
}

fn in_child(program: PathBuf, limits: CompileLimits) -> Compiler {
    Compiler::in_child(common::engine().clone(), program, limits)
}

/// The promise: a report that says what is wrong where there is no policy, and that can be stored.
fn examined(compiler: &Compiler, upload: &[u8]) -> CheckReport {
    let Checked { report, policy, .. } = check(compiler, upload, &mut |_| ());
    assert_eq!(policy.is_some(), report.accepted());
    assert_eq!(report.uploaded, upload.len());
    assert!(report.problems.len() < 2000, "{} problems", report.problems.len());
    for problem in &report.problems {
        assert!(!problem.place.is_empty() && !problem.message.is_empty() && !problem.fix.is_empty());
    }
    let errors = report.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    assert_eq!(errors == 0, report.accepted());
    assert!(!report.is_unfinished(), "{:#?}", report.problems);
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<CheckReport>(&json).unwrap(), report);
    report
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}

/// How many of a kind: what the usual tests try, or what `SANBAO_HOSTILE` says.
fn how_many(usual: usize) -> usize {
    let asked = std::env::var("SANBAO_HOSTILE").ok().and_then(|asked| asked.parse().ok());
    asked.unwrap_or(usual)
}

/// Tries numbers 0, 1, 2 … on every processor; a failure names its number.
fn each(count: usize, test: impl Fn(usize) + Sync) {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, SeqCst);
                    if number >= count {
                        return;
                    }
                    let run = std::panic::AssertUnwindSafe(|| test(number));
                    if let Err(panic) = std::panic::catch_unwind(run) {
                        eprintln!("number {number} failed");
                        std::panic::resume_unwind(panic);
                    }
                }
            });
        }
    });
}
