//! The process that compiles: it limits itself, then reads a component and answers with native code.
//!
//! It has no environment, no open files but its three pipes, the lowest claim on the processor, and ends with
//! the host that started it.

mod memory;

pub use memory::Memory;

use super::frame::{Answer, Order};
use crate::engine::{fingerprint, for_compiling};
use std::any::Any;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Open files: three pipes, and what the standard library looks up about the machine.
#[cfg(unix)]
const FILES: u64 = 16;
/// How far it stands back for everybody else.
#[cfg(unix)]
const NICE: i32 = 10;

/// Does as its arguments say: `PROGRAM compile CPU-SECONDS MEMORY POOL LENGTH FINGERPRINT`.
pub fn main() -> ExitCode {
    run(if cfg!(target_os = "linux") { Bound::System } else { Bound::Allocator })
}

/// As [`main`], with its memory bounded as it is where the system does not do that: for a program whose allocator
/// counts.
pub fn main_counting() -> ExitCode {
    run(Bound::Allocator)
}

/// Who holds the child to its memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    /// The system: whatever it maps.
    System,
    /// Its allocator: whatever it allocates.
    Allocator,
}

fn run(bound: Bound) -> ExitCode {
    let answer = answer(bound);
    match answer.write(&mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer(bound: Bound) -> Answer {
    let Some(order) = Order::of(std::env::args_os().skip(2)) else {
        return Answer::Unfit("this is for the host itself to call".to_owned());
    };
    let engine = match die_with_parent().and_then(|()| for_compiling(order.pool).map_err(io::Error::other)) {
        Ok(engine) => engine,
        Err(error) => return Answer::Unfit(error.to_string()),
    };
    let own = fingerprint(&engine);
    if own != order.fingerprint {
        return Answer::OtherEngine(own);
    }
    let component = match confine(&order, bound).and_then(|()| read(order.length)) {
        Ok(component) => component,
        Err(error) => return Answer::Unfit(error.to_string()),
    };
    match catch_unwind(AssertUnwindSafe(|| engine.precompile_component(&component))) {
        Ok(Ok(code)) => Answer::Code(code),
        Ok(Err(error)) => Answer::Refused(format!("{error:#}")),
        Err(panic) => Answer::Panicked(said(&*panic)),
    }
}

/// Exactly what was announced, as half a component may well compile.
fn read(length: usize) -> io::Result<Vec<u8>> {
    let mut component = Vec::with_capacity(length);
    io::stdin().lock().take(length as u64 + 1).read_to_end(&mut component)?;
    if component.len() == length { Ok(component) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(target_os = "linux")]
fn die_with_parent() -> io::Result<()> {
    use rustix::process::{Signal, set_parent_process_death_signal};
    Ok(set_parent_process_death_signal(Some(Signal::KILL))?)
}

#[cfg(not(target_os = "linux"))]
fn die_with_parent() -> io::Result<()> {
    Ok(())
}

/// Limits for the rest of this process's life; none of them can be raised again.
#[cfg(unix)]
fn confine(order: &Order, bound: Bound) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, nice, setrlimit};
    let at_most = |resource, soft: u64, hard: u64| {
        setrlimit(resource, Rlimit { current: Some(soft), maximum: Some(hard) })
    };
    nice(NICE)?;
    at_most(Resource::Core, 0, 0)?;
    at_most(Resource::Fsize, 0, 0)?;
    at_most(Resource::Nofile, FILES, FILES)?;
    // The first is a signal that says why, a second later comes the end.
    let cpu = order.cpu.as_secs().max(1);
    at_most(Resource::Cpu, cpu, cpu + 1)?;
    #[cfg(target_os = "linux")]
    if bound == Bound::System {
        let mapped = mapped()?.saturating_add(order.memory as u64);
        at_most(Resource::As, mapped, mapped)?;
    }
    memory::watch((bound == Bound::Allocator).then_some(order.memory))
}

#[cfg(not(unix))]
fn confine(_: &Order, _: Bound) -> io::Result<()> {
    Ok(())
}

/// Bytes of address space that this process has: the engine reserves gigabytes of it and uses none.
#[cfg(target_os = "linux")]
fn mapped() -> io::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kib.map(|kib| kib << 10).ok_or_else(|| io::ErrorKind::InvalidData.into())
}
