//! What one call may use.

use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use wasmtime::ResourceLimiter;

/// Limits of one call. Fuel and memory are deterministic; the deadline is the backstop against time that
/// fuel does not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Fuel, about one for each instruction.
    pub fuel: u64,
    /// Wall time from the start of the instance, to the millisecond. No receipt records it, as no replay
    /// could repeat it.
    #[serde(skip, default = "deadline")]
    pub deadline: Duration,
    /// Bytes of all linear memories together.
    pub memory: usize,
    /// Elements of all tables together.
    pub table_elements: usize,
    /// Bytes that one answer, or one call of an import, may carry out of the policy.
    pub result: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            fuel: 500_000_000,
            deadline: deadline(),
            memory: 128 << 20,
            table_elements: 20_000,
            result: 1 << 20,
        }
    }
}

fn deadline() -> Duration {
    Duration::from_secs(1)
}

/// Lines of log that are kept of one call.
pub const LOG_LINES: usize = 64;
/// Bytes that are kept of one line.
pub const LOG_LINE_BYTES: usize = 512;

/// Accounts for memories and tables of one call; all of its instances draw on the same sum.
#[derive(Debug)]
pub(crate) struct Limiter {
    limits: Limits,
    memory: usize,
    table_elements: usize,
    refused: Option<Failure>,
}

impl Limiter {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { limits: *limits, memory: limits.memory, table_elements: limits.table_elements, refused: None }
    }

    /// Bytes that memories may still grow by.
    pub(crate) fn memory_left(&self) -> usize {
        self.memory
    }

    /// Growth that was refused: what a trap that follows really means.
    pub(crate) fn refused(&self) -> Option<&Failure> {
        self.refused.as_ref()
    }
}

fn draw(left: &mut usize, current: usize, desired: usize) -> bool {
    match left.checked_sub(desired.saturating_sub(current)) {
        Some(rest) => {
            *left = rest;
            true
        }
        None => false,
    }
}

impl ResourceLimiter for Limiter {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let granted = draw(&mut self.memory, current, desired);
        if !granted {
            self.refused = Some(Failure::Memory { wanted: desired, limit: self.limits.memory });
        }
        Ok(granted)
    }

    fn memory_grow_failed(&mut self, _: wasmtime::Error) -> wasmtime::Result<()> {
        // Beyond the pool's own size or the module's declared maximum; the limit of this call is lower
        // or equal, so nothing more needs recording than what `memory_growing` saw.
        Ok(())
    }

    fn table_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let granted = draw(&mut self.table_elements, current, desired);
        if !granted {
            self.refused = Some(Failure::Table { wanted: desired, limit: self.limits.table_elements });
        }
        Ok(granted)
    }
}
