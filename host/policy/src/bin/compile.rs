//! `sanbao-compile compile …`: the child that compiles, without the rest of the host. The host calls itself;
//! this is for the engine's own tests and benchmarks.

use sanbao_policy::compile::child;
use std::alloc::System;
use std::process::ExitCode;

#[global_allocator]
static MEMORY: child::Memory<System> = child::Memory(System);

fn main() -> ExitCode {
    child::main()
}
