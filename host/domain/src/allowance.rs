//! What one party may use of a host: the usual figures, and those that the platform set for it instead.

use serde::{Deserialize, Serialize};

/// What a party may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// Versions that it keeps and has not retired.
    pub policies: u32,
    /// Bytes of one component.
    pub component_bytes: u64,
    /// Fuel of one call of its policies, about one for each instruction.
    pub fuel_per_call: u64,
    /// Calls of policies on its behalf that begin in a second, on each host.
    pub calls_per_second: u32,
    /// Calls of policies on its behalf at the same time, on each host.
    pub concurrent_calls: u32,
    /// Uploads whose check has not ended.
    pub unfinished_uploads: u32,
    /// Back-tests at the same time.
    pub back_tests: u32,
}

impl Default for Allowance {
    fn default() -> Self {
        Self {
            policies: 1000,
            component_bytes: 32 << 20,
            fuel_per_call: 500_000_000,
            calls_per_second: 10_000,
            concurrent_calls: 16,
            unfinished_uploads: 8,
            back_tests: 2,
        }
    }
}

/// Figures of one party's own; what is absent is as usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // As in `Allowance`.
pub struct Exceptions {
    pub policies: Option<u32>,
    pub component_bytes: Option<u64>,
    pub fuel_per_call: Option<u64>,
    pub calls_per_second: Option<u32>,
    pub concurrent_calls: Option<u32>,
    pub unfinished_uploads: Option<u32>,
    pub back_tests: Option<u32>,
}

impl Exceptions {
    /// What the party may use.
    pub fn over(&self, usual: &Allowance) -> Allowance {
        Allowance {
            policies: self.policies.unwrap_or(usual.policies),
            component_bytes: self.component_bytes.unwrap_or(usual.component_bytes),
            fuel_per_call: self.fuel_per_call.unwrap_or(usual.fuel_per_call),
            calls_per_second: self.calls_per_second.unwrap_or(usual.calls_per_second),
            concurrent_calls: self.concurrent_calls.unwrap_or(usual.concurrent_calls),
            unfinished_uploads: self.unfinished_uploads.unwrap_or(usual.unfinished_uploads),
            back_tests: self.back_tests.unwrap_or(usual.back_tests),
        }
    }
}
