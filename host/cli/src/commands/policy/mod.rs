//! `sanbao policy …`: the author's tools. They run a policy exactly as a host does, without a host.

mod check;
mod difference;
mod facts;
mod host;
mod registry;
mod scenarios;
mod show;
mod template;
mod try_out;
mod wrap;

use crate::failure::Failure;
use clap::{Subcommand, ValueEnum};
use sanbao_domain::text::Language;
use sanbao_policy::check::{Checked, check as check_bytes};
use sanbao_policy::compile::Compiler;
use sanbao_policy::engine::{Engine, EngineOptions};
use sanbao_policy::policy::Policy;
use std::path::Path;
use std::sync::Arc;

/// Tools for the author of a policy.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Everything that a host would say to the upload of this file. Exit code 1: it would be refused.
    Check(check::Args),
    /// Ask the policy one question and show the answer with its rules, log, fuel and time.
    Run(try_out::Args),
    /// Print a facts file for `run`, to be filled in, made from the policy's manifest.
    Facts(template::Args),
    /// Make a component of a core module, and let it carry its scenarios.
    Wrap(wrap::Args),
    /// Run the policy's scenarios. Exit code 1: not all are answered as their tables say.
    Test(scenarios::Args),
    /// What a newer version changes against an older one.
    Diff(difference::Args),
    /// Upload a version to a host, follow its check and show the report. Exit code 1: it was refused.
    Upload(host::Upload),
    /// The versions that a host has of the key's party, and when which is in force.
    Versions(host::Versions),
    /// Put an uploaded version in force from a day on.
    Activate(host::Activate),
    /// Push a policy to an OCI registry, as a Wasm artifact.
    Push(registry::Push),
    /// Pull a policy from an OCI registry.
    Pull(registry::Pull),
}

/// Language of titles and texts.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Zh => Self::Zh,
        }
    }
}

pub(crate) fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Run(args) => try_out::run(&args),
        Command::Facts(args) => template::run(&args),
        Command::Wrap(args) => wrap::run(&args),
        Command::Test(args) => scenarios::run(&args),
        Command::Diff(args) => difference::run(&args),
        Command::Upload(args) => host::upload(&args),
        Command::Versions(args) => host::versions(&args),
        Command::Activate(args) => host::activate(&args),
        Command::Push(args) => registry::push(args),
        Command::Pull(args) => registry::pull(args),
    }
}

/// Checks a file as an upload is checked.
fn checked(path: &Path) -> Result<Checked, Failure> {
    let bytes = std::fs::read(path).map_err(Failure::file(path))?;
    // One policy, one call at a time: a small pool starts faster.
    let engine = Engine::new(EngineOptions::default())
        .map_err(|error| Failure::Host { what: format!("the engine does not start: {error}"), fix: None })?;
    Ok(check_bytes(&Compiler::in_process(engine), &bytes, &mut |_| ()))
}

/// A checked policy that would be accepted; its problems are printed otherwise.
fn accepted(path: &Path) -> Result<Arc<Policy>, Failure> {
    let checked = checked(path)?;
    match checked.policy {
        Some(policy) => Ok(policy),
        None => {
            show::problems(&checked.report);
            Err(Failure::No(format!("{} would be refused", path.display())))
        }
    }
}
