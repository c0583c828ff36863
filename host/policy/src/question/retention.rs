//! What becomes of parts?

use super::Form;
use crate::contract::Interface;
use crate::failure::Failure;
use crate::invariants::{self, Declared};
use sanbao_domain::case::{Attribute, Case};
use sanbao_domain::retention::{Keeping, OldPart, Part, RequiredStock as Stock};
use serde::{Deserialize, Serialize};

/// How long must this spare part be kept? (`retention.keep`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// The claim.
    pub case: Case,
    /// The part.
    pub part: Part,
}

impl Form for Keep {
    type Answer = Option<Keeping>;
    const FUNCTION: &'static str = "retention.keep";
    const INTERFACE: Interface = Interface::Retention;

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

impl Form for Replaced {
    type Answer = OldPart;
    const FUNCTION: &'static str = "retention.replaced";
    const INTERFACE: Interface = Interface::Retention;

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

impl Form for RequiredStock {
    type Answer = Vec<Stock>;
    const FUNCTION: &'static str = "retention.required-stock";
    const INTERFACE: Interface = Interface::Retention;

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::required_stock(answer, declared)
    }
}
