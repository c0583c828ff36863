//! The questions that a host asks, each with the function that answers it and the checks on its answer.

#![allow(private_interfaces)] // The sealed half speaks the engine's own types, which nobody outside needs.

use crate::call::Called;
use crate::contract::Interface;
use crate::contract::v0_1::{self, Bound};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::invariants::{self, Declared};
use sanbao_domain::approval::{ApprovalPlan, ApprovalRequest};
use sanbao_domain::case::{Attribute, Case, CaseEvent};
use sanbao_domain::service_level::{Milestone, Target};
use sanbao_domain::verdict::Verdict;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasmtime::Store;

/// A question and the type of its answer. Sealed: the contract decides what can be asked.
pub trait Question: sealed::Ask {}

impl<Q: sealed::Ask> Question for Q {}

/// Is this claim covered? (`coverage.decide`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// The claim.
    pub case: Case,
}

/// Who must approve this? (`approval.plan-for`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The claim.
    pub case: Case,
    /// What is to be approved.
    pub request: ApprovalRequest,
}

/// What is due after this event? (`service-level.milestones`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestones {
    /// The claim.
    pub case: Case,
    /// What happened.
    pub event: CaseEvent,
}

/// Which figures does the party aim at? (`service-level.targets`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// The settings of the activation.
    pub settings: Vec<Attribute>,
}

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
        fn call(
            prepared: &Self::Prepared,
            bound: &Bound,
            store: &mut Store<Guest>,
        ) -> wasmtime::Result<Self::Raw>;
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

impl Ask for Coverage {
    type Answer = Verdict;
    type Prepared = v0_1::wit::Case;
    type Raw = v0_1::exports::coverage::Verdict;
    const FUNCTION: &'static str = "coverage.decide";
    const INTERFACE: Interface = Interface::Coverage;

    fn prepare(self) -> Self::Prepared {
        v0_1::case(self.case)
    }

    fn call(
        prepared: &Self::Prepared,
        bound: &Bound,
        store: &mut Store<Guest>,
    ) -> wasmtime::Result<Self::Raw> {
        bound.decide(store, prepared)
    }

    fn convert(raw: Self::Raw) -> Result<Verdict, Failure> {
        v0_1::verdict(raw)
    }

    fn check(answer: &Verdict, declared: &Declared) -> Result<(), Failure> {
        invariants::verdict(answer, declared)
    }
}

impl Ask for Approval {
    type Answer = ApprovalPlan;
    type Prepared = (v0_1::wit::Case, v0_1::exports::approval::Request);
    type Raw = v0_1::exports::approval::Plan;
    const FUNCTION: &'static str = "approval.plan-for";
    const INTERFACE: Interface = Interface::Approval;

    fn prepare(self) -> Self::Prepared {
        (v0_1::case(self.case), v0_1::request(self.request))
    }

    fn call(
        (case, request): &Self::Prepared,
        bound: &Bound,
        store: &mut Store<Guest>,
    ) -> wasmtime::Result<Self::Raw> {
        bound.plan_for(store, case, request)
    }

    fn convert(raw: Self::Raw) -> Result<ApprovalPlan, Failure> {
        Ok(v0_1::plan(raw))
    }

    fn check(answer: &ApprovalPlan, declared: &Declared) -> Result<(), Failure> {
        invariants::plan(answer, declared)
    }
}

impl Ask for Milestones {
    type Answer = Vec<Milestone>;
    type Prepared = (v0_1::wit::Case, v0_1::wit::Event);
    type Raw = Vec<v0_1::exports::service_level::Milestone>;
    const FUNCTION: &'static str = "service-level.milestones";
    const INTERFACE: Interface = Interface::ServiceLevel;

    fn prepare(self) -> Self::Prepared {
        (v0_1::case(self.case), v0_1::event(self.event))
    }

    fn call(
        (case, event): &Self::Prepared,
        bound: &Bound,
        store: &mut Store<Guest>,
    ) -> wasmtime::Result<Self::Raw> {
        bound.milestones(store, case, *event)
    }

    fn convert(raw: Self::Raw) -> Result<Vec<Milestone>, Failure> {
        Ok(v0_1::milestones(raw))
    }

    fn check(answer: &Vec<Milestone>, declared: &Declared) -> Result<(), Failure> {
        invariants::milestones(answer, declared)
    }
}

impl Ask for Targets {
    type Answer = Vec<Target>;
    type Prepared = Vec<v0_1::wit::Attribute>;
    type Raw = Vec<v0_1::exports::service_level::Target>;
    const FUNCTION: &'static str = "service-level.targets";
    const INTERFACE: Interface = Interface::ServiceLevel;

    fn prepare(self) -> Self::Prepared {
        v0_1::attributes(self.settings)
    }

    fn call(
        settings: &Self::Prepared,
        bound: &Bound,
        store: &mut Store<Guest>,
    ) -> wasmtime::Result<Self::Raw> {
        bound.targets(store, settings)
    }

    fn convert(raw: Self::Raw) -> Result<Vec<Target>, Failure> {
        v0_1::targets(raw)
    }

    fn check(answer: &Vec<Target>, declared: &Declared) -> Result<(), Failure> {
        invariants::targets(answer, declared)
    }
}
