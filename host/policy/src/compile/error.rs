//! Why there is no native code.

use std::io;
use std::path::PathBuf;
use std::time::Duration;
use thiserror::Error;

/// A component was not compiled.
#[derive(Debug, Error)]
pub enum CompileError {
    /// The compiler does not take it, or it does not fit into the engine's pool.
    #[error("{0}")]
    Refused(String),
    /// It took too long by the clock.
    #[error("compiling was stopped after {} s", limit.as_secs_f32())]
    Time {
        /// Wall time that was allowed.
        limit: Duration,
    },
    /// It used too much of the processor.
    #[error("compiling used up {} s of processor time", limit.as_secs())]
    Cpu {
        /// Processor time that was allowed.
        limit: Duration,
    },
    /// It used too much memory.
    #[error("compiling needs more than {} MiB of memory", limit >> 20)]
    Memory {
        /// Bytes that were allowed.
        limit: usize,
    },
    /// The native code is too large.
    #[error("the native code is larger than {} MiB", limit >> 20)]
    Code {
        /// Bytes that were allowed.
        limit: usize,
    },
    /// The compiler fell over it.
    #[error("the compiler panicked: {0}")]
    Panicked(String),
    /// The process that compiled was ended by a signal.
    #[error("the compiler was ended by signal {signal}")]
    Crashed {
        /// Its number.
        signal: i32,
    },
    /// The process that compiles could not be started: the host's fault.
    #[error("the compiler {} could not be started: {source}", program.display())]
    NotStarted {
        /// What was to be run.
        program: PathBuf,
        /// Why it was not.
        source: io::Error,
    },
    /// What the process that compiles answered cannot be used: the host's fault.
    #[error("the compiler's answer is of no use: {0}")]
    Answer(String),
    /// The code could not be mapped into memory: the host's fault.
    #[error("the code could not be loaded: {0}")]
    Load(String),
    /// Whoever asked gave up, or the host stops.
    #[error("compiling was given up")]
    Cancelled,
}

impl CompileError {
    /// Whether the component has no part in it: the same may compile another time.
    pub fn is_the_hosts(&self) -> bool {
        matches!(self, Self::NotStarted { .. } | Self::Answer(_) | Self::Load(_) | Self::Cancelled)
    }
}
