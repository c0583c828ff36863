//! `sanbao policy wrap`.

use crate::failure::Failure;
use std::path::PathBuf;

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A core module with its component type, as compilers with wit-bindgen leave it.
    core: PathBuf,
    /// Where to write the component.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let core = std::fs::read(&args.core).map_err(Failure::file(&args.core))?;
    let component = sanbao_policy::check::wrap(&core).map_err(|problem| {
        Failure::input(format!("{}: {}", args.core.display(), problem.message), problem.fix.clone())
    })?;
    std::fs::write(&args.output, &component).map_err(Failure::file(&args.output))?;
    println!(
        "{}: {} bytes, from {} bytes of core module",
        args.output.display(),
        component.len(),
        core.len()
    );
    Ok(())
}
