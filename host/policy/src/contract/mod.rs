//! The contract between host and policies, in every version that was published.
//!
//! A published version is never edited, so a version that adds a field or a case stands beside the older ones:
//! each is a module of its own, with the bindings to its text and an adapter to the domain's types, one file per
//! interface. Everything else in this crate speaks the domain's types and sees no version. A component says by
//! the name of the `manifest` that it exports which version it was built against, and is asked through that
//! version's module from then on; one built against a version that is not listed here is refused.
//!
//! To add a version: put its text into a folder beside `wit/*.wit`; add a module like the last one, which need
//! only hold the files whose interface or case differs (the others can be taken from their neighbour with
//! `#[path]`, and then meet the new bindings); and list it in `versions.rs`. Where the domain knows more than an
//! old version can say, its adapter leaves that out of a question, and reads every old answer as before. The
//! trial beside the published versions shows it, and is there for tests alone.

/// Functions between two enums whose cases have the same names.
macro_rules! same_cases {
    ($($name:ident: $from:ty => $to:ty { $($case:ident)* })*) => {$(
        pub(super) fn $name(value: $from) -> $to {
            match value { $(<$from>::$case => <$to>::$case,)* }
        }
    )*};
}

mod interface;
#[cfg(test)]
mod trial_v1_1;
mod v1_0;
mod versions;

pub use interface::Interface;
pub use versions::Version;
pub(crate) use versions::{Asked, Bound, InEveryVersion, Linkers, Prepared, PutTo};

/// The version that new policies are built against.
pub const VERSION: &str = Version::NEWEST.number();

/// The package, without its version.
pub(crate) const PACKAGE: &str = "sanbao:policy";

impl Version {
    /// The newest that was published.
    pub const NEWEST: Version = Self::V1_0;

    /// The version with this number, if the host speaks it.
    pub fn of(number: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|version| version.number() == number)
    }

    /// The numbers of all, for messages.
    pub(crate) fn numbers() -> String {
        Self::ALL.iter().map(|version| version.number()).collect::<Vec<_>>().join(", ")
    }
}

/// A component was built against a version of the contract that this host does not speak.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "it exports {}; this host speaks {PACKAGE} {}: rebuild the policy against {VERSION}, or run a host that speaks its \
     version",
    match found.first() {
        Some(number) => format!("{PACKAGE}/manifest@{number}"),
        None => format!("no {PACKAGE}/manifest"),
    },
    Version::numbers()
)]
pub struct UnknownVersion {
    /// The version or versions of the manifest that it exports.
    pub found: Vec<String>,
}
