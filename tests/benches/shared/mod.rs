//! What the benchmarks share: a host, stores on it with their history, and the clients that call it.
#![allow(dead_code)] // Each uses some of it.

pub(crate) mod claims;
pub(crate) mod client;
pub(crate) mod history;
pub(crate) mod host;
pub(crate) mod uploads;

/// Whatever stops a benchmark.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Resident memory of this process in MiB; 0 where there is no /proc.
pub(crate) fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default() >> 10
}

/// What is at so many of a thousand, of sorted samples.
pub(crate) fn permille<T: Copy + Default>(sorted: &[T], share: usize) -> T {
    sorted.get((sorted.len().saturating_sub(1)) * share / 1000).copied().unwrap_or_default()
}
