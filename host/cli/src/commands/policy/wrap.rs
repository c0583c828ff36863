//! `sanbao policy wrap`.

use crate::failure::Failure;
use sanbao_policy::scenario::{Set, add};
use std::path::{Path, PathBuf};

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A core module with its component type, as compilers with wit-bindgen leave it, or a component.
    core: PathBuf,
    /// Where to write the component.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Folder with base.toml and a table of scenarios for each rule, which the component is to carry; in place
    /// of those that it carries already.
    #[arg(long, value_name = "DIR")]
    scenarios: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let core = std::fs::read(&args.core).map_err(Failure::file(&args.core))?;
    let mut component = sanbao_policy::check::wrap(&core).map_err(|problem| {
        Failure::input(format!("{}: {}", args.core.display(), problem.message), problem.fix.clone())
    })?;
    let mut carries = String::new();
    if let Some(folder) = &args.scenarios {
        let set = scenarios(folder)?;
        component = set
            .content()
            .map_err(|error| (error.to_string(), error.fix()))
            .and_then(|content| add(&component, &content).map_err(|error| (error.to_string(), String::new())))
            .map_err(|(what, fix)| Failure::input(format!("{}: {what}", folder.display()), fix))?;
        carries = format!(", with {} scenarios", set.len());
    }
    std::fs::write(&args.output, &component).map_err(Failure::file(&args.output))?;
    out!("{}: {} bytes{carries}, from {} bytes", args.output.display(), component.len(), core.len());
    Ok(())
}

/// The scenarios of a folder.
pub(super) fn scenarios(folder: &Path) -> Result<Set, Failure> {
    Set::read(folder).map_err(|error| Failure::input(format!("{}: {error}", folder.display()), error.fix()))
}
