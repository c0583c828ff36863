//! Goods that cannot be repaired: the policy says whom to ask (STO-29).

use crate::http::problem::Problem;
use crate::services::tickets::order::Carry;
use crate::services::tickets::walk::Walk;
use sanbao_domain::approval::{ApprovalPlan, ApprovalRequest};
use sanbao_domain::case::Remedy;
use sanbao_domain::claim::CommandName;
use sanbao_domain::claim::counter::{Command, Name};
use sanbao_domain::ids::ClaimId;

/// It cannot be repaired.
#[derive(Clone, Debug)]
pub struct Unrepairable {
    /// Why.
    pub reason: String,
}

impl Carry for Unrepairable {
    async fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> Result<(), Problem> {
        walk.check(id, CommandName::from(Name::Unrepairable))?;
        // Words that the machine will refuse need no plan.
        let plan = if self.reason.trim().is_empty() {
            ApprovalPlan::baseline(true)
        } else {
            walk.plan(id, ApprovalRequest::remedy(Remedy::Replace, false, true)).await?
        };
        walk.give(id, Command::Unrepairable { reason: self.reason, plan }.into()).await
    }
}
