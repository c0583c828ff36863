//! What does it cost?

use super::Form;
use crate::contract::Interface;
use crate::failure::Failure;
use crate::invariants::{self, Declared};
use sanbao_domain::case::{Case, Remedy};
use sanbao_domain::charges::{Item, Quote};
use serde::{Deserialize, Serialize};

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

impl Form for Charges {
    type Answer = Quote;
    const FUNCTION: &'static str = "charges.quote-for";
    const INTERFACE: Interface = Interface::Charges;

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::quote(answer, declared)
    }
}
