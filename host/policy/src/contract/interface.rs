//! The interfaces of the contract, the same in every version so far.

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
