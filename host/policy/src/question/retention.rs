//! What becomes of parts?

use super::{Ask, Ran};
use crate::contract::Interface;
use crate::contract::v0_1::{self, Bound};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::invariants::{self, Declared};
use sanbao_domain::case::{Attribute, Case};
use sanbao_domain::retention::{Keeping, OldPart, Part, RequiredStock as Stock};
use serde::{Deserialize, Serialize};
use wasmtime::Store;

/// How long must this spare part be kept? (`retention.keep`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// The claim.
    pub case: Case,
    /// The part.
    pub part: Part,
}

impl Ask for Keep {
    type Answer = Option<Keeping>;
    type Prepared = (v0_1::wit::Case, v0_1::exports::retention::Part);
    type Raw = Option<v0_1::exports::retention::Keeping>;
    const FUNCTION: &'static str = "retention.keep";
    const INTERFACE: Interface = Interface::Retention;

    fn prepare(self) -> Self::Prepared {
        (v0_1::case(self.case), v0_1::part(self.part))
    }

    fn call((case, part): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Ran<Self::Raw> {
        bound.keep(store, case, part)
    }

    fn convert(raw: Self::Raw) -> Result<Self::Answer, Failure> {
        Ok(raw.map(v0_1::answer::keeping))
    }

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::keeping(answer, declared)
    }
}

/// What becomes of this part, now that it was replaced? (`retention.replaced`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// The claim.
    pub case: Case,
    /// The old part.
    pub part: Part,
}

impl Ask for Replaced {
    type Answer = OldPart;
    type Prepared = (v0_1::wit::Case, v0_1::exports::retention::Part);
    type Raw = v0_1::exports::retention::OldPart;
    const FUNCTION: &'static str = "retention.replaced";
    const INTERFACE: Interface = Interface::Retention;

    fn prepare(self) -> Self::Prepared {
        (v0_1::case(self.case), v0_1::part(self.part))
    }

    fn call((case, part): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Ran<Self::Raw> {
        bound.replaced(store, case, part)
    }

    fn convert(raw: Self::Raw) -> Result<Self::Answer, Failure> {
        Ok(v0_1::answer::old_part(raw))
    }

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::old_part(answer, declared)
    }
}

/// What must a claimant hold in stock? (`retention.required-stock`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredStock {
    /// The settings of the activation.
    pub settings: Vec<Attribute>,
}

impl Ask for RequiredStock {
    type Answer = Vec<Stock>;
    type Prepared = Vec<v0_1::wit::Attribute>;
    type Raw = Vec<v0_1::exports::retention::Stock>;
    const FUNCTION: &'static str = "retention.required-stock";
    const INTERFACE: Interface = Interface::Retention;

    fn prepare(self) -> Self::Prepared {
        v0_1::attributes(self.settings)
    }

    fn call(settings: &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Ran<Self::Raw> {
        bound.required_stock(store, settings)
    }

    fn convert(raw: Self::Raw) -> Result<Self::Answer, Failure> {
        Ok(v0_1::answer::required_stock(raw))
    }

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::required_stock(answer, declared)
    }
}
