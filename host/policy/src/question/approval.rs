//! Who signs?

use super::Form;
use crate::contract::Interface;
use crate::failure::Failure;
use crate::invariants::{self, Declared};
use sanbao_domain::approval::{ApprovalPlan, ApprovalRequest};
use sanbao_domain::case::Case;
use serde::{Deserialize, Serialize};

/// Who must approve this? (`approval.plan-for`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The claim.
    pub case: Case,
    /// What is to be approved.
    pub request: ApprovalRequest,
}

impl Form for Approval {
    type Answer = ApprovalPlan;
    const FUNCTION: &'static str = "approval.plan-for";
    const INTERFACE: Interface = Interface::Approval;

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::plan(answer, declared)
    }
}
