//! A host stays small while what it was sent would not. Alone in its process, so that memory is its own.
#![allow(clippy::unwrap_used, clippy::panic)] // Test code, helpers included.
#![cfg(target_os = "linux")]

mod common;

use common::{case, engine, policy, terms};
use sanbao_hostile::Fixture;
use sanbao_policy::check::{Code, check};
use sanbao_policy::compile::{CompileLimits, Compiler};
use sanbao_policy::question::Coverage;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

/// Most memory that this process has had, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<u64>().unwrap() << 10
}

/// Three of them at once, each stopped by another limit, while a policy is asked all the time.
#[test]
fn a_compile_bomb_takes_nothing_from_the_host() {
    let bomb = Fixture::MuchToCompile.component();
    let policy = policy(&Fixture::WellBehaved.component());
    let limits = CompileLimits { at_once: 4, ..CompileLimits::default() };
    let before = peak();
    let done = AtomicBool::new(false);
    let answered = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(SeqCst) {
                let decision = policy.ask(&terms(), Coverage { case: case() });
                assert!(decision.outcome.is_ok());
                answered.fetch_add(1, SeqCst);
            }
        });
        let bombs: Vec<_> = [
            (Code::CompileMemory, CompileLimits { memory: 32 << 20, ..limits }),
            (Code::CompileCpu, CompileLimits { cpu: Duration::from_secs(1), ..limits }),
            (Code::CompileTime, CompileLimits { wall: Duration::from_millis(500), ..limits }),
        ]
        .map(|(expected, limits)| {
            let compiler =
                Compiler::in_child(engine().clone(), env!("CARGO_BIN_EXE_sanbao-compile").into(), limits);
            let bomb = &bomb;
            scope.spawn(move || {
                let report = check(&compiler, bomb, &mut |_| ()).report;
                assert_eq!(
                    report.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(),
                    [expected]
                );
            })
        })
        .into_iter()
        .collect();
        let ends: Vec<_> = bombs.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        done.store(true, SeqCst);
        for end in ends {
            end.unwrap();
        }
    });
    assert!(answered.load(SeqCst) > 0);
    let grown = peak() - before;
    assert!(grown < 64 << 20, "grown by {} MiB", grown >> 20);
}
