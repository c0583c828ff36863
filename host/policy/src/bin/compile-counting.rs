//! As `sanbao-compile`, bounded by its allocator as the host's own child is outside Linux: for the engine's tests.

use sanbao_policy::compile::child;
use std::alloc::System;
use std::process::ExitCode;

#[global_allocator]
static MEMORY: child::Memory<System, true> = child::Memory(System);

fn main() -> ExitCode {
    child::main_counting()
}
