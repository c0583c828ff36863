//! What follows from a finding?

use super::{Ask, Ran};
use crate::contract::Interface;
use crate::contract::v0_1::{self, Bound};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::invariants::{self, Declared};
use sanbao_domain::case::Case;
use sanbao_domain::penalty::{Finding, Measure};
use serde::{Deserialize, Serialize};
use wasmtime::Store;

/// What follows from this finding? (`penalty.assess`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Penalty {
    /// The claim.
    pub case: Case,
    /// What an inspection found.
    pub finding: Finding,
}

impl Ask for Penalty {
    type Answer = Vec<Measure>;
    type Prepared = (v0_1::wit::Case, v0_1::exports::penalty::Finding);
    type Raw = Vec<v0_1::exports::penalty::Measure>;
    const FUNCTION: &'static str = "penalty.assess";
    const INTERFACE: Interface = Interface::Penalty;

    fn prepare(self) -> Self::Prepared {
        (v0_1::case(self.case), v0_1::finding(self.finding))
    }

    fn call((case, finding): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Ran<Self::Raw> {
        bound.assess(store, case, finding)
    }

    fn convert(raw: Self::Raw) -> Result<Self::Answer, Failure> {
        Ok(v0_1::answer::measures(raw))
    }

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::measures(answer, declared)
    }
}
