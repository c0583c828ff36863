//! What is due, and what is aimed at?

use super::{Ask, Ran};
use crate::contract::Interface;
use crate::contract::v0_1::{self, Bound};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::invariants::{self, Declared};
use sanbao_domain::case::{Attribute, Case, CaseEvent};
use sanbao_domain::service_level::{Milestone, Target};
use serde::{Deserialize, Serialize};
use wasmtime::Store;

/// What is due after this event? (`service-level.milestones`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestones {
    /// The claim.
    pub case: Case,
    /// What happened.
    pub event: CaseEvent,
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

    fn call((case, event): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Ran<Self::Raw> {
        bound.milestones(store, case, *event)
    }

    fn convert(raw: Self::Raw) -> Result<Self::Answer, Failure> {
        Ok(v0_1::answer::milestones(raw))
    }

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::milestones(answer, declared)
    }
}

/// Which figures does the party aim at? (`service-level.targets`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// The settings of the activation.
    pub settings: Vec<Attribute>,
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

    fn call(settings: &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Ran<Self::Raw> {
        bound.targets(store, settings)
    }

    fn convert(raw: Self::Raw) -> Result<Self::Answer, Failure> {
        v0_1::answer::targets(raw)
    }

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::targets(answer, declared)
    }
}
