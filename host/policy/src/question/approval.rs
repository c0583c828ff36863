//! Who signs?

use super::{Ask, Ran};
use crate::contract::Interface;
use crate::contract::v0_1::{self, Bound};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::invariants::{self, Declared};
use sanbao_domain::approval::{ApprovalPlan, ApprovalRequest};
use sanbao_domain::case::Case;
use serde::{Deserialize, Serialize};
use wasmtime::Store;

/// Who must approve this? (`approval.plan-for`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The claim.
    pub case: Case,
    /// What is to be approved.
    pub request: ApprovalRequest,
}

impl Ask for Approval {
    type Answer = ApprovalPlan;
    type Prepared = (v0_1::wit::Case, v0_1::exports::approval::Request);
    type Raw = v0_1::exports::approval::Plan;
    const FUNCTION: &'static str = "approval.plan-for";
    const INTERFACE: Interface = Interface::Approval;

    fn prepare(self) -> Self::Prepared {
        (v0_1::case(self.case), v0_1::request(self.request))
    }

    fn call((case, request): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Ran<Self::Raw> {
        bound.plan_for(store, case, request)
    }

    fn convert(raw: Self::Raw) -> Result<Self::Answer, Failure> {
        Ok(v0_1::answer::plan(raw))
    }

    fn check(answer: &Self::Answer, declared: &Declared) -> Result<(), Failure> {
        invariants::plan(answer, declared)
    }
}
