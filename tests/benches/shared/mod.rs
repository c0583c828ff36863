//! What the benchmarks share: a host, stores on it with their history, and the clients that call it.
#![allow(dead_code)] // Each uses some of it.

pub(crate) mod claims;
pub(crate) mod client;
pub(crate) mod history;
pub(crate) mod host;
pub(crate) mod uploads;

use std::time::Duration;

/// Whatever stops a benchmark.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Resident memory of this process in MiB; 0 where there is no /proc.
pub(crate) fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default() >> 10
}

/// Processor time of this process and of its children that have ended; nothing where there is no /proc.
pub(crate) fn processor() -> (Duration, Duration) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    // Hundredths of a second, of the user and of the system, from field 14 on; the first here is field 3.
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or_default();
    let both = |at| Duration::from_millis(10 * (ticks(at) + ticks(at + 1)));
    (both(11), both(13))
}

/// What is at so many of a thousand, of sorted samples.
pub(crate) fn permille<T: Copy + Default>(sorted: &[T], share: usize) -> T {
    sorted.get((sorted.len().saturating_sub(1)) * share / 1000).copied().unwrap_or_default()
}
