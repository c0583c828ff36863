//! The questions that a host asks, each with the function that answers it and the checks on its answer: one
//! file per interface of the contract. How each is put to a policy of one version is in `contract`.

#![allow(private_interfaces)] // The sealed half speaks the engine's own types, which nobody outside needs.

mod approval;
mod charges;
mod coverage;
mod follow_up;
mod notices;
mod penalty;
mod retention;
mod service_level;

pub use approval::Approval;
pub use charges::Charges;
pub use coverage::Coverage;
pub use follow_up::Visits;
pub use notices::Notices;
pub use penalty::Penalty;
pub use retention::{Keep, Replaced, RequiredStock};
pub use service_level::{Milestones, Targets};

use crate::contract::{InEveryVersion, Interface};
use crate::failure::Failure;
use crate::invariants::Declared;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Every function that a host asks, by interface, in the order of their names.
pub const FUNCTIONS: [(Interface, &str); 11] = [
    (Interface::Approval, Approval::FUNCTION),
    (Interface::Charges, Charges::FUNCTION),
    (Interface::Coverage, Coverage::FUNCTION),
    (Interface::FollowUp, Visits::FUNCTION),
    (Interface::Notices, Notices::FUNCTION),
    (Interface::Penalty, Penalty::FUNCTION),
    (Interface::Retention, Keep::FUNCTION),
    (Interface::Retention, Replaced::FUNCTION),
    (Interface::Retention, RequiredStock::FUNCTION),
    (Interface::ServiceLevel, Milestones::FUNCTION),
    (Interface::ServiceLevel, Targets::FUNCTION),
];

/// A question and the type of its answer. Sealed: the contract decides what can be asked.
pub trait Question: sealed::Ask {}

impl<Q: sealed::Ask> Question for Q {}

pub(crate) use sealed::{Ask, Form};

mod sealed {
    use super::*;

    /// What a question is in every version of the contract.
    pub trait Form: Serialize + DeserializeOwned + Send + 'static {
        /// In the domain's types, checked.
        type Answer: Serialize + Send + 'static;
        /// As receipts name it.
        const FUNCTION: &'static str;
        const INTERFACE: Interface;

        fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure>;
    }

    pub trait Ask: Form + InEveryVersion {}

    impl<Q: Form + InEveryVersion> Ask for Q {}
}
