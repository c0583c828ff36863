//! Who is visited?

use super::{Ask, Ran};
use crate::contract::Interface;
use crate::contract::v0_1::{self, Bound};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::invariants::{self, Declared};
use sanbao_domain::case::{Case, CaseEvent};
use sanbao_domain::follow_up::Visit;
use serde::{Deserialize, Serialize};
use wasmtime::Store;

/// Which visits or calls follow this event? (`follow-up.visits`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visits {
    /// The claim.
    pub case: Case,
    /// What happened.
    pub event: CaseEvent,
}

impl Ask for Visits {
    type Answer = Vec<Visit>;
    type Prepared = (v0_1::wit::Case, v0_1::wit::Event);
    type Raw = Vec<v0_1::exports::follow_up::Visit>;
    const FUNCTION: &'static str = "follow-up.visits";
    const INTERFACE: Interface = Interface::FollowUp;

    fn prepare(self) -> Self::Prepared {
        (v0_1::case(self.case), v0_1::event(self.event))
    }

    fn call((case, event): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Ran<Self::Raw> {
        bound.visits(store, case, *event)
    }

    fn convert(raw: Self::Raw) -> Result<Self::Answer, Failure> {
        Ok(v0_1::answer::visits(raw))
    }

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::visits(answer, declared)
    }
}
