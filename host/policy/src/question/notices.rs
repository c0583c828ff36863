//! Who is told?

use super::{Ask, Ran};
use crate::contract::Interface;
use crate::contract::v0_1::{self, Bound};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::invariants::{self, Declared};
use sanbao_domain::case::{Case, CaseEvent};
use sanbao_domain::notices::Notice;
use serde::{Deserialize, Serialize};
use wasmtime::Store;

/// Who is told what after this event? (`notices.sequence`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    /// The claim.
    pub case: Case,
    /// What happened.
    pub event: CaseEvent,
}

impl Ask for Notices {
    type Answer = Vec<Notice>;
    type Prepared = (v0_1::wit::Case, v0_1::wit::Event);
    type Raw = Vec<v0_1::exports::notices::Notice>;
    const FUNCTION: &'static str = "notices.sequence";
    const INTERFACE: Interface = Interface::Notices;

    fn prepare(self) -> Self::Prepared {
        (v0_1::case(self.case), v0_1::event(self.event))
    }

    fn call((case, event): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Ran<Self::Raw> {
        bound.sequence(store, case, *event)
    }

    fn convert(raw: Self::Raw) -> Result<Self::Answer, Failure> {
        Ok(v0_1::answer::notices(raw))
    }

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::notices(answer, declared)
    }
}
