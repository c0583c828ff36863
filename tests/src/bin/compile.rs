//! The child that compiles for the hosts of the tests, with the allocator of the real one.

use sanbao_policy::compile::child;
use std::process::ExitCode;

#[global_allocator]
static MEMORY: child::Memory<mimalloc::MiMalloc> = child::Memory(mimalloc::MiMalloc);

fn main() -> ExitCode {
    child::main()
}
