//! What the measurements of loading share.
#![allow(dead_code)] // Each uses some of it.

pub mod child;

use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::case::Case;
use sanbao_policy::decision::Terms;
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// A customer brings a television back on the twelfth day.
const CASE: &str = r#"{
  "now": {"on": "2024-05-13", "at": "2024-05-13T02:00:00Z"},
  "jurisdiction": "CN",
  "claimant": {"kind": "consumer"},
  "respondent": {"kind": "store"},
  "product": {"category": "television", "model": "TV-55", "serial": "SN-1001", "price": {"amount": 299900, "currency": "CNY"}},
  "dates": {"sold": "2024-05-01", "reported": "2024-05-13"},
  "asked": "replace",
  "cause": "quality",
  "attributes": [
    {"name": "traces-of-use", "value": {"boolean": false}},
    {"name": "packaging-intact", "value": {"boolean": true}},
    {"name": "accessories-complete", "value": {"boolean": true}},
    {"name": "warranty-card", "value": {"boolean": true}}
  ]
}"#;

pub fn case() -> Outcome<Case> {
    Ok(serde_json::from_str(CASE)?)
}

pub fn terms() -> Outcome<Terms> {
    Ok(Terms::new(Arc::new(CalendarSpec::of_zone("Asia/Shanghai").load()?)))
}

/// A built pack.
pub fn pack(name: &str) -> PathBuf {
    let built = concat!(env!("CARGO_MANIFEST_DIR"), "/../../plugins/target/wasm32-unknown-unknown/release");
    PathBuf::from(built).join(format!("sanbao_{name}_pack.wasm"))
}

/// The child that compiles.
pub fn program() -> PathBuf {
    env!("CARGO_BIN_EXE_sanbao-compile").into()
}

/// The same component under another digest: a custom section more.
pub fn variant(component: &[u8], number: usize) -> Vec<u8> {
    let number = (number as u64).to_le_bytes();
    [component, &[0, 14, 5], b"bench", &number].concat()
}

/// Median and 99th percentile, in microseconds.
pub fn percentiles(mut samples: Vec<Duration>) -> (f64, f64) {
    samples.sort_unstable();
    let at =
        |share: usize| samples.get(samples.len() * share / 100).map_or(0.0, |one| one.as_secs_f64() * 1e6);
    (at(50), at(99))
}

/// Resident memory of this process in bytes: its own, and of files that it maps. Zero where there is no /proc.
pub fn resident() -> (usize, usize) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok()).unwrap_or_default() << 10
    };
    (of("RssAnon:") + of("RssShmem:"), of("RssFile:"))
}
