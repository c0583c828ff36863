//! How a command ends when it does not end well: what went wrong, what to do, and the exit code.

use crate::terminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Why a command failed. The exit code is 1 when the answer is no, 2 when the command was given something
/// it cannot use, 3 when a host or the system did not do its part.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The command did its work and the answer is no; all that is to be said has been printed.
    #[error("{0}")]
    No(String),
    /// A receipt is not what its host wrote; what is wrong has been printed.
    #[error("")]
    Changed { code: u8 },
    /// An argument or an input file is not usable.
    #[error("{what}")]
    Input { what: String, fix: Option<String> },
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    /// The host refused or could not be reached.
    #[error(transparent)]
    Api(#[from] crate::api::ApiError),
    /// Something else listens there.
    #[error("{address} is taken")]
    Taken { address: std::net::SocketAddr },
    /// The host could not be started or stopped with an error.
    #[error("{what}")]
    Host { what: String, fix: Option<String> },
    /// The system did not do what it always does.
    #[error("{0}")]
    System(#[from] std::io::Error),
}

impl Failure {
    pub(crate) fn input(what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self::Input { what: what.into(), fix: Some(fix.into()) }
    }

    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::Input { fix, .. } | Self::Host { fix, .. } => fix.clone(),
            Self::Taken { .. } => Some("give another one with --listen; port 0 takes a free one".to_owned()),
            Self::Api(error) => error.fix(),
            Self::No(_) | Self::Changed { .. } | Self::File { .. } | Self::System(_) => None,
        }
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::No(_) => 1,
            Self::Changed { code } => *code,
            Self::Input { .. } | Self::File { .. } => 2,
            Self::Api(_) | Self::Taken { .. } | Self::Host { .. } | Self::System(_) => 3,
        })
    }

    /// To standard error: what is wrong and what to do about it.
    pub(crate) fn print(&self) {
        let text = self.to_string();
        if !text.is_empty() {
            eprintln!("{} {text}", terminal::red("error:"));
        }
        if let Some(fix) = self.fix() {
            eprintln!("{} {fix}", terminal::bold("  try:"));
        }
    }
}
