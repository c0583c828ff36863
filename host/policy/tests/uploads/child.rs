//! The process that compiles: its limits, its ends, and what the host makes of them.

use crate::common::{case, engine, terms};
use crate::{counting, impostor, in_child, program};
use sanbao_hostile::Fixture;
use sanbao_policy::check::{Code, check, check_unless};
use sanbao_policy::compile::{Cancel, CompileLimits};
use sanbao_policy::question::Coverage;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

/// Seconds of work for a compiler, and hundreds of megabytes.
static MUCH: LazyLock<Vec<u8>> = LazyLock::new(|| Fixture::MuchToCompile.component());

fn limits() -> CompileLimits {
    CompileLimits::default()
}

/// The one problem of an upload.
fn problem(program: PathBuf, limits: CompileLimits, upload: &[u8]) -> (Code, String) {
    let checked = check(&in_child(program, limits), upload, &mut |_| ());
    assert!(checked.policy.is_none());
    let [problem] = &checked.report.problems[..] else { panic!("{:#?}", checked.report.problems) };
    assert_eq!(problem.place, "component");
    assert!(!problem.fix.is_empty());
    assert_eq!(checked.report.is_unfinished(), problem.code == Code::HostFailed);
    (problem.code, problem.message.clone())
}

/// Host and child have the same engine, though the child's has room for one instance only: what one compiles
/// the other runs, and it answers the same as if the host had compiled it.
#[test]
fn the_child_compiles_what_the_host_runs() {
    let component = Fixture::WellBehaved.component();
    let ask = |compiler| {
        let checked = check(&compiler, &component, &mut |_| ());
        assert_eq!(checked.report.problems, []);
        let decision = checked.policy.unwrap().ask(&terms(), Coverage { case: case() });
        (decision.record.output.clone(), decision.record.fuel)
    };
    assert_eq!(ask(in_child(program(), limits())), ask(crate::common::compiler()));
}

#[test]
fn memory_is_limited() {
    let limits = CompileLimits { memory: 64 << 20, ..limits() };
    // By the system, and as where the system does not do that.
    for program in [program(), counting()] {
        let (code, message) = problem(program.clone(), limits, &MUCH);
        let expected = (Code::CompileMemory, "compiling needs more than 64 MiB of memory");
        assert_eq!((code, message.as_str()), expected, "{}", program.display());
        // What is usual has room there.
        let checked = check(&in_child(program, limits), &Fixture::WellBehaved.component(), &mut |_| ());
        assert_eq!(checked.report.problems, []);
    }
}

#[test]
fn processor_time_is_limited() {
    let limits = CompileLimits { cpu: Duration::from_secs(1), ..limits() };
    assert_eq!(problem(program(), limits, &MUCH).0, Code::CompileCpu);
}

#[test]
fn wall_time_is_limited() {
    let limits = CompileLimits { wall: Duration::from_millis(100), ..limits() };
    assert_eq!(problem(program(), limits, &MUCH).0, Code::CompileTime);
    assert_eq!(problem(impostor("hangs"), limits, &MUCH).0, Code::CompileTime);
}

#[test]
fn native_code_is_limited() {
    let limits = CompileLimits { code: 4 << 10, ..limits() };
    assert_eq!(problem(program(), limits, &Fixture::WellBehaved.component()).0, Code::CompileSize);
    assert_eq!(problem(impostor("floods"), limits, &MUCH).0, Code::CompileSize);
}

#[test]
fn a_child_that_fails_is_told_apart_from_an_upload_that_does() {
    let small = Fixture::WellBehaved.component();
    assert_eq!(problem(impostor("crashes"), limits(), &small).0, Code::CompileCrash);
    for stranger in ["garbles", "forgets", "is-not-there"] {
        assert_eq!(problem(impostor(stranger), limits(), &small).0, Code::HostFailed, "{stranger}");
    }
}

#[test]
fn whoever_gives_up_leaves_nothing_running() {
    let cancel = Cancel::default();
    let compiler = in_child(impostor("hangs"), limits());
    std::thread::scope(|scope| {
        let check = scope.spawn(|| check_unless(&cancel, &compiler, &MUCH, &mut |_| ()).report);
        drop(cancel.on_drop());
        let report = check.join().unwrap();
        assert!(report.is_unfinished(), "{:?}", report.problems);
    });
    // A host that stops gives up everything, what comes later too.
    compiler.stop();
    assert!(check(&compiler, &MUCH, &mut |_| ()).report.is_unfinished());
}

#[test]
fn a_child_of_another_engine_is_not_believed() {
    let output = std::process::Command::new(program())
        .args(["compile", "1", "1000000000", "268435456", "0", "wasmtime-48/another"])
        .output()
        .unwrap();
    let own = engine().fingerprint();
    assert_eq!(output.stdout[..9], *b"sanbao-1\x04");
    assert_eq!(output.stdout[17..], *own.as_bytes(), "and it has the host's own");
}

/// Its limits, seen from outside, and its end with the program that started it.
#[cfg(target_os = "linux")]
mod confined {
    use super::*;
    use std::fs;
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    use std::time::Instant;

    /// Waits, within reason.
    fn until<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            if let Some(found) = found() {
                return found;
            }
            assert!(Instant::now() < end, "{what}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn it_confines_itself_and_ends_with_its_parent() {
        // A shell is the host here; the child waits for a component that never comes.
        let mut shell = Command::new("/bin/sh")
            .args(["-c", r#"exec 3<&0; "$0" compile 60 1000000000 268435456 5 "$1" <&3 & echo $!; wait"#])
            .arg(program())
            .arg(&**engine().fingerprint())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = shell.stdin.take();
        let mut pid = String::new();
        BufReader::new(shell.stdout.take().unwrap()).read_line(&mut pid).unwrap();
        let of = |file: &str| fs::read_to_string(format!("/proc/{}/{file}", pid.trim()));
        let limit = |name: &str| -> Option<Vec<String>> {
            let limits = of("limits").ok()?;
            let line = limits.lines().find_map(|line| line.strip_prefix(name))?.to_owned();
            Some(line.split_whitespace().map(str::to_owned).collect())
        };
        // The last that it sets.
        until("a limit on memory", || limit("Max address space").filter(|limit| limit[0] != "unlimited"));
        assert_eq!(limit("Max cpu time").unwrap()[..2], ["60", "61"]);
        assert_eq!(limit("Max core file size").unwrap()[..2], ["0", "0"]);
        assert_eq!(limit("Max open files").unwrap()[..2], ["16", "16"]);
        assert_eq!(limit("Max file size").unwrap()[..2], ["0", "0"]);
        let stat = of("stat").unwrap();
        let fields: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
        assert_eq!(fields[16], "10", "as nice as can be");

        shell.kill().unwrap();
        shell.wait().unwrap();
        // Nobody may have collected it yet.
        let gone = || of("stat").map_or(true, |stat| stat.rsplit_once(") ").unwrap().1.starts_with('Z'));
        until("it ends with its parent", || gone().then_some(()));
        drop(input);
    }
}
