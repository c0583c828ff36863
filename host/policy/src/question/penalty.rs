//! What follows from a finding?

use super::Form;
use crate::contract::Interface;
use crate::failure::Failure;
use crate::invariants::{self, Declared};
use sanbao_domain::case::Case;
use sanbao_domain::penalty::{Finding, Measure};
use serde::{Deserialize, Serialize};

/// What follows from this finding? (`penalty.assess`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Penalty {
    /// The claim.
    pub case: Case,
    /// What an inspection found.
    pub finding: Finding,
}

impl Form for Penalty {
    type Answer = Vec<Measure>;
    const FUNCTION: &'static str = "penalty.assess";
    const INTERFACE: Interface = Interface::Penalty;

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::measures(answer, declared)
    }
}
