//! Who is visited?

use super::Form;
use crate::contract::Interface;
use crate::failure::Failure;
use crate::invariants::{self, Declared};
use sanbao_domain::case::{Case, CaseEvent};
use sanbao_domain::follow_up::Visit;
use serde::{Deserialize, Serialize};

/// Which visits or calls follow this event? (`follow-up.visits`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visits {
    /// The claim.
    pub case: Case,
    /// What happened.
    pub event: CaseEvent,
}

impl Form for Visits {
    type Answer = Vec<Visit>;
    const FUNCTION: &'static str = "follow-up.visits";
    const INTERFACE: Interface = Interface::FollowUp;

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::visits(answer, declared)
    }
}
