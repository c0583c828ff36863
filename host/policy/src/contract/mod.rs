//! The contract between host and policies: one module per published version, each with an adapter to the
//! domain's types, so that components built against an older version keep working.

pub(crate) mod v0_1;

use crate::guest::Guest;
use wasmtime::component::Linker;

/// The version that new policies are built against.
pub const VERSION: &str = "0.1.0";

/// Every version that this host speaks, oldest first.
pub const VERSIONS: &[&str] = &[VERSION];

/// Interfaces of the contract that a policy may export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // Named after the interfaces of `wit/`.
pub enum Interface {
    Manifest,
    Coverage,
    Approval,
    ServiceLevel,
    Penalty,
    Retention,
    Charges,
    Notices,
    FollowUp,
}

impl Interface {
    /// All of them.
    pub const ALL: [Interface; 9] = [
        Self::Manifest,
        Self::Coverage,
        Self::Approval,
        Self::ServiceLevel,
        Self::Penalty,
        Self::Retention,
        Self::Charges,
        Self::Notices,
        Self::FollowUp,
    ];

    /// Name in the package: `service-level`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Coverage => "coverage",
            Self::Approval => "approval",
            Self::ServiceLevel => "service-level",
            Self::Penalty => "penalty",
            Self::Retention => "retention",
            Self::Charges => "charges",
            Self::Notices => "notices",
            Self::FollowUp => "follow-up",
        }
    }
}

/// The host's side of every version, linked once.
pub(crate) struct Linkers {
    pub(crate) v0_1: Linker<Guest>,
}

impl Linkers {
    pub(crate) fn new(engine: &wasmtime::Engine) -> wasmtime::Result<Self> {
        Ok(Self { v0_1: v0_1::linker(engine)? })
    }
}
