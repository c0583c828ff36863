//! What a child of this process uses, looked at from outside while it runs (Linux; elsewhere nothing is seen).

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::JoinHandle;
use std::time::Duration;

/// The most that was seen of one child.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Used {
    /// Seconds of processor.
    pub cpu: f64,
    /// Bytes mapped beyond what it had when it limited itself.
    pub mapped: u64,
    /// Bytes resident.
    pub resident: u64,
}

/// Looks at every child until it is asked.
pub struct Watch {
    done: Arc<AtomicBool>,
    looking: JoinHandle<Used>,
}

impl Watch {
    /// `memory` is the limit that a child sets itself over what it has mapped.
    pub fn start(memory: usize) -> Self {
        let done = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&done);
        let looking = std::thread::spawn(move || {
            let mut most = Used::default();
            while !stop.load(Relaxed) {
                for child in children() {
                    if let Some(now) = used(child, memory as u64) {
                        most.cpu = most.cpu.max(now.cpu);
                        most.mapped = most.mapped.max(now.mapped);
                        most.resident = most.resident.max(now.resident);
                    }
                }
                std::thread::sleep(Duration::from_millis(5));
            }
            most
        });
        Self { done, looking }
    }

    /// The most that was seen.
    pub fn end(self) -> Used {
        self.done.store(true, Relaxed);
        self.looking.join().unwrap_or_default()
    }
}

/// Of all threads, as each has its own.
fn children() -> Vec<u32> {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let lists = threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists
        .flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
        .collect()
}

/// Nothing before it has limited itself, or after its end.
fn used(child: u32, memory: u64) -> Option<Used> {
    let read = |what: &str| fs::read_to_string(format!("/proc/{child}/{what}")).ok();
    let limits = read("limits")?;
    let limit = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    let began = limit.split_whitespace().next()?.parse::<u64>().ok()?.checked_sub(memory)?;
    let status = read("status")?;
    let bytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? << 10)
    };
    let stat = read("stat")?;
    // Of the user and of the system, in hundredths of a second: fields 14 and 15, of which 3 comes first here.
    let ticks = stat.rsplit(')').next()?.split_whitespace().skip(11).take(2);
    Some(Used {
        cpu: ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0,
        mapped: bytes("VmPeak:")?.saturating_sub(began),
        resident: bytes("VmHWM:")?,
    })
}
