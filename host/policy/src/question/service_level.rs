//! What is due, and what is aimed at?

use super::Form;
use crate::contract::Interface;
use crate::failure::Failure;
use crate::invariants::{self, Declared};
use sanbao_domain::case::{Attribute, Case, CaseEvent};
use sanbao_domain::service_level::{Milestone, Target};
use serde::{Deserialize, Serialize};

/// What is due after this event? (`service-level.milestones`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestones {
    /// The claim.
    pub case: Case,
    /// What happened.
    pub event: CaseEvent,
}

impl Form for Milestones {
    type Answer = Vec<Milestone>;
    const FUNCTION: &'static str = "service-level.milestones";
    const INTERFACE: Interface = Interface::ServiceLevel;

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::milestones(answer, declared)
    }
}

/// Which figures does the party aim at? (`service-level.targets`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// The settings of the activation.
    pub settings: Vec<Attribute>,
}

impl Form for Targets {
    type Answer = Vec<Target>;
    const FUNCTION: &'static str = "service-level.targets";
    const INTERFACE: Interface = Interface::ServiceLevel;

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::targets(answer, declared)
    }
}
