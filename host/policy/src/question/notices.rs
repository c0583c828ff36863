//! Who is told?

use super::Form;
use crate::contract::Interface;
use crate::failure::Failure;
use crate::invariants::{self, Declared};
use sanbao_domain::case::{Case, CaseEvent};
use sanbao_domain::notices::Notice;
use serde::{Deserialize, Serialize};

/// Who is told what after this event? (`notices.sequence`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    /// The claim.
    pub case: Case,
    /// What happened.
    pub event: CaseEvent,
}

impl Form for Notices {
    type Answer = Vec<Notice>;
    const FUNCTION: &'static str = "notices.sequence";
    const INTERFACE: Interface = Interface::Notices;

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::notices(answer, declared)
    }
}
