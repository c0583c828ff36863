//! `sanbao policy push` and `pull`: policies in OCI registries.

use super::{checked, show};
use crate::failure::Failure;
use crate::terminal::say;
use sanbao_server::services::registries::{self, Artifact, Credentials, Place, RegistryError};
use std::path::PathBuf;

/// Largest component that is pulled, in bytes.
const MOST: u64 = sanbao_policy::check::SIZE as u64;

/// Who asks.
#[derive(clap::Args)]
pub(crate) struct Who {
    /// User name at the registry.
    #[arg(long, env = "SANBAO_REGISTRY_USERNAME")]
    username: Option<String>,
    /// Password, or without a user name a bearer token; better in the environment than on the command line.
    #[arg(long, env = "SANBAO_REGISTRY_PASSWORD", hide_env_values = true)]
    password: Option<String>,
}

/// Arguments of `push`.
#[derive(clap::Args)]
pub(crate) struct Push {
    /// Where: HOST/REPOSITORY:TAG. A registry on this machine is spoken to without TLS.
    reference: String,
    /// The policy: a component or a core module.
    file: PathBuf,
    #[command(flatten)]
    who: Who,
}

/// Arguments of `pull`.
#[derive(clap::Args)]
pub(crate) struct Pull {
    /// What: HOST/REPOSITORY:TAG or HOST/REPOSITORY@sha256:DIGEST.
    reference: String,
    /// Where to write the component.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    who: Who,
}

impl From<Who> for Credentials {
    fn from(who: Who) -> Self {
        Self { username: who.username, password: who.password }
    }
}

pub(super) fn push(args: Push) -> Result<(), Failure> {
    let place = Place::anywhere(&args.reference, args.who.into()).map_err(failure)?;
    let checked = checked(&args.file)?;
    let (Some(manifest), true) = (&checked.report.manifest, checked.report.accepted()) else {
        show::problems(&checked.report);
        return Err(Failure::No(format!("{} would be refused everywhere", args.file.display())));
    };
    // The file's own time, so that the same file again is the same artifact.
    let modified =
        std::fs::metadata(&args.file).and_then(|file| file.modified()).map_err(Failure::file(&args.file))?;
    let created = jiff::Timestamp::try_from(modified)
        .map_err(|error| Failure::Host { what: error.to_string(), fix: None })?;
    let artifact = Artifact {
        name: manifest.name.clone(),
        version: manifest.version.clone(),
        component: checked.component,
        created,
    };
    say(format_args!("{} {} to {}", artifact.name, artifact.version, place.reference()));
    let pushed = talk(registries::push(&place, artifact))?;
    out!("{}", pushed.reference);
    out!("manifest {}", pushed.manifest);
    out!("component sha256:{}", pushed.digest);
    Ok(())
}

pub(super) fn pull(args: Pull) -> Result<(), Failure> {
    let place = Place::anywhere(&args.reference, args.who.into()).map_err(failure)?;
    let pulled = talk(registries::pull(&place, MOST))?;
    std::fs::write(&args.output, &pulled.component).map_err(Failure::file(&args.output))?;
    out!("{}: {} bytes, from {}", args.output.display(), pulled.component.len(), place.reference());
    out!("manifest {}", pulled.manifest);
    out!("component sha256:{}", sanbao_policy::digest::Digest::of(&pulled.component));
    Ok(())
}

fn talk<T>(exchange: impl Future<Output = Result<T, RegistryError>>) -> Result<T, Failure> {
    // A process that already has one keeps it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(exchange).map_err(failure)
}

fn failure(error: RegistryError) -> Failure {
    let (what, fix) = (error.to_string(), error.fix().en);
    match error {
        RegistryError::Reference { .. } => Failure::input(what, fix),
        _ => Failure::Host { what, fix: Some(fix) },
    }
}
