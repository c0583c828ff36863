//! `sanbao policy check`.

use super::{checked, show};
use crate::failure::Failure;
use std::path::PathBuf;

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A component, or a core module with its component type.
    file: PathBuf,
    /// The whole report as JSON, as the API answers it.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let report = checked(&args.file)?.report;
    if args.json {
        show::json(&report)?;
    } else {
        show::report(&report);
        show::problems(&report);
    }
    if report.accepted() {
        return Ok(());
    }
    Err(Failure::No(if args.json {
        String::new()
    } else {
        format!("{} would be refused", args.file.display())
    }))
}
