//! `sanbao policy diff`.

use super::{Lang, checked, show};
use crate::failure::Failure;
use sanbao_policy::check::{CheckReport, Difference};
use std::path::{Path, PathBuf};

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The older version: a component or a core module.
    old: PathBuf,
    /// The newer one.
    new: PathBuf,
    /// Everything as JSON.
    #[arg(long)]
    json: bool,
    /// Language of titles and notes.
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (old, new) = (accepted(&args.old)?, accepted(&args.new)?);
    let Some(difference) = Difference::of_reports(&old, &new) else {
        return Err(Failure::No("one of the two has no manifest".to_owned()));
    };
    if args.json {
        return show::json(&difference);
    }
    show::difference(&difference, args.lang.into());
    Ok(())
}

fn accepted(path: &Path) -> Result<CheckReport, Failure> {
    let report = checked(path)?.report;
    if report.accepted() {
        return Ok(report);
    }
    show::problems(&report);
    Err(Failure::No(format!("{} would be refused", path.display())))
}
