//! What does it cost?

use super::{Ask, Ran};
use crate::contract::Interface;
use crate::contract::v0_1::{self, Bound};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::invariants::{self, Declared};
use sanbao_domain::case::{Case, Remedy};
use sanbao_domain::charges::{Item, Quote};
use serde::{Deserialize, Serialize};
use wasmtime::Store;

/// What does this work cost? (`charges.quote-for`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charges {
    /// The claim.
    pub case: Case,
    /// What is to be done.
    pub remedy: Remedy,
    /// The work that is planned.
    pub items: Vec<Item>,
}

impl Ask for Charges {
    type Answer = Quote;
    type Prepared = (v0_1::wit::Case, v0_1::wit::Remedy, Vec<v0_1::exports::charges::Item>);
    type Raw = v0_1::exports::charges::Quote;
    const FUNCTION: &'static str = "charges.quote-for";
    const INTERFACE: Interface = Interface::Charges;

    fn prepare(self) -> Self::Prepared {
        (v0_1::case(self.case), v0_1::remedy(self.remedy), v0_1::items(self.items))
    }

    fn call(
        (case, remedy, items): &Self::Prepared,
        bound: &Bound,
        store: &mut Store<Guest>,
    ) -> Ran<Self::Raw> {
        bound.quote_for(store, case, *remedy, items)
    }

    fn convert(raw: Self::Raw) -> Result<Self::Answer, Failure> {
        v0_1::answer::quote(raw)
    }

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::quote(answer, declared)
    }
}
