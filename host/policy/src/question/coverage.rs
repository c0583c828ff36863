//! Is it covered?

use super::Form;
use crate::contract::Interface;
use crate::failure::Failure;
use crate::invariants::{self, Declared};
use sanbao_domain::case::Case;
use sanbao_domain::verdict::Verdict;
use serde::{Deserialize, Serialize};

/// Is this claim covered? (`coverage.decide`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// The claim.
    pub case: Case,
}

impl Form for Coverage {
    type Answer = Verdict;
    const FUNCTION: &'static str = "coverage.decide";
    const INTERFACE: Interface = Interface::Coverage;

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::verdict(answer, declared)
    }
}
