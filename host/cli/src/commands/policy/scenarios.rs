//! `sanbao policy test`.

use super::{checked, show, wrap};
use crate::failure::Failure;
use sanbao_policy::check::run_scenarios;
use sanbao_policy::scenario::Budget;
use std::path::PathBuf;

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The policy: a component or a core module.
    file: PathBuf,
    /// Folder with base.toml and a table of scenarios for each rule; without it, those that the policy carries.
    #[arg(long, value_name = "DIR")]
    scenarios: Option<PathBuf>,
    /// What came of them as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let set = args.scenarios.as_deref().map(wrap::scenarios).transpose()?;
    let mut report = checked(&args.file)?;
    let Some(policy) = report.policy.take() else {
        show::problems(&report.report);
        return Err(Failure::No(format!("{} would be refused", args.file.display())));
    };
    if let Some(set) = set {
        let problems = &mut report.report.problems;
        problems.clear();
        report.report.scenarios = Some(run_scenarios(&set, &policy, Budget::default(), problems));
    }
    let Some(run) = &report.report.scenarios else {
        return Err(Failure::input(
            format!("{} carries no scenarios", args.file.display()),
            "name their folder with --scenarios DIR",
        ));
    };
    if args.json {
        show::json(run)?;
    } else {
        show::scenarios(run);
        show::each_problem(&report.report.problems);
    }
    if run.failures() == 0 && run.stopped.is_none() {
        return Ok(());
    }
    Err(Failure::No(if args.json {
        String::new()
    } else {
        format!("{} of {} scenarios passed", run.run() - run.failures(), run.total)
    }))
}
