//! The questions that a host asks, each with the function that answers it and the checks on its answer: one
//! file per interface of the contract.

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

use crate::call::Called;
use crate::contract::Interface;
use crate::contract::v0_1::Bound;
use crate::failure::Failure;
use crate::guest::Guest;
use crate::invariants::Declared;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasmtime::{Result as Ran, Store};

/// A question and the type of its answer. Sealed: the contract decides what can be asked.
pub trait Question: sealed::Ask {}

impl<Q: sealed::Ask> Question for Q {}

pub(crate) use sealed::Ask;

mod sealed {
    use super::*;

    pub trait Ask: Serialize + DeserializeOwned + Send + 'static {
        /// In the domain's types, checked.
        type Answer: Serialize + Send + 'static;
        /// The question in the contract's types.
        type Prepared: Send + 'static;
        /// The answer in the contract's types.
        type Raw;
        /// As receipts name it.
        const FUNCTION: &'static str;
        const INTERFACE: Interface;

        fn prepare(self) -> Self::Prepared;
        fn call(prepared: &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Ran<Self::Raw>;
        fn convert(raw: Self::Raw) -> Result<Self::Answer, Failure>;
        fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure>;
    }
}

/// Turns a raw answer into one that the host may act on.
pub(crate) fn accept<Q: Ask>(called: Called<Q::Raw>, declared: &Declared) -> Called<Q::Answer> {
    let outcome = called.outcome.and_then(Q::convert).and_then(|answer| {
        Q::check(&answer, declared)?;
        Ok(answer)
    });
    Called { outcome, fuel: called.fuel, log: called.log }
}
