//! Is it covered?

use super::{Ask, Ran};
use crate::contract::Interface;
use crate::contract::v0_1::{self, Bound};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::invariants::{self, Declared};
use sanbao_domain::case::Case;
use sanbao_domain::verdict::Verdict;
use serde::{Deserialize, Serialize};
use wasmtime::Store;

/// Is this claim covered? (`coverage.decide`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// The claim.
    pub case: Case,
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

    fn call(case: &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Ran<Self::Raw> {
        bound.decide(store, case)
    }

    fn convert(raw: Self::Raw) -> Result<Self::Answer, Failure> {
        v0_1::answer::verdict(raw)
    }

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::verdict(answer, declared)
    }
}
