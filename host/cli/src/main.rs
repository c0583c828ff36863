//! The one binary `sanbao`: the host, the demo, the import and the policy author's tools.

#![warn(clippy::print_stdout)] // `out!` does it, whoever may be reading.

#[macro_use]
mod terminal;
mod api;
mod commands;
mod failure;
mod verdict;

use clap::{Parser, Subcommand};
use sanbao_policy::compile::child;
use std::process::ExitCode;

#[global_allocator]
static MEMORY: child::Memory<mimalloc::MiMalloc> = child::Memory(mimalloc::MiMalloc);

/// After-sales service for many brands and dealers: one host runs the workflow, every party brings its
/// own policy as a WebAssembly component.
#[derive(Parser)]
#[command(name = "sanbao", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the host.
    Serve(commands::serve::Args),
    /// Start a host and play the life of a dozen tickets through its HTTP API.
    Demo(commands::demo::Args),
    /// Load data through the HTTP API of a host.
    #[command(subcommand)]
    Import(commands::import::Command),
    /// Tools for the author of a policy.
    #[command(subcommand)]
    Policy(commands::policy::Command),
    /// Verify what a host decided, far from any host.
    #[command(subcommand)]
    Receipt(commands::receipt::Command),
    /// What the host calls itself with, to compile a component apart from everything else.
    #[command(hide = true)]
    Compile { order: Vec<String> },
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(args) => commands::serve::run(args),
        Command::Demo(args) => commands::demo::run(args),
        Command::Import(command) => commands::import::run(command),
        Command::Policy(command) => commands::policy::run(command),
        Command::Receipt(command) => commands::receipt::run(&command),
        Command::Compile { .. } => return child::main(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            failure.exit_code()
        }
    }
}
