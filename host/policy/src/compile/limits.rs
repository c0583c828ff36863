//! What compiling may use.

use std::num::NonZero;
use std::thread::available_parallelism;
use std::time::Duration;

/// Limits of one child that compiles, and how many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompileLimits {
    /// Processor time of all threads, in whole seconds.
    pub cpu: Duration,
    /// Time by the clock, from the start of the process.
    pub wall: Duration,
    /// Bytes that it may map (Linux) or allocate (other Unix) beyond what it has when it begins.
    pub memory: usize,
    /// Bytes of native code.
    pub code: usize,
    /// Children at the same time; more wait.
    pub at_once: usize,
}

impl Default for CompileLimits {
    /// A Python component, the largest that people upload, needs a fifth of processor and memory, a JavaScript one
    /// a third of the processor.
    fn default() -> Self {
        Self {
            cpu: Duration::from_secs(120),
            wall: Duration::from_secs(180),
            memory: 3 << 30,
            code: 512 << 20,
            at_once: available_parallelism().map_or(1, NonZero::get).div_ceil(2),
        }
    }
}
