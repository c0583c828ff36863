//! `sanbao receipt …`: for whoever was given a receipt and trusts nobody. None of it needs a host.

mod show;
mod verify;

use crate::failure::Failure;
use clap::Subcommand;

/// Tools for whoever has a receipt; none of them needs a host.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Check that no byte of a receipts' file was changed: every field, the chain, the signatures; then ask the
    /// policy again and compare every byte. Exit codes: 0 genuine; else what is wrong first of all: 10 form,
    /// 11 field, 12 digest, 13 chain, 14 signature, 15 key, 16 calendar, 17 component, 18 answer.
    Verify(verify::Args),
    /// Print a receipts' file for people. Nothing is verified.
    Show(show::Args),
}

pub(crate) fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Verify(args) => verify::run(args),
        Command::Show(args) => show::run(args),
    }
}
