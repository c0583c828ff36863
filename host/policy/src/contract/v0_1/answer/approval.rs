//! `approval`.

use super::{all, citation, destination, obligation, side, span};
use crate::contract::v0_1::exports::approval as wit;
use sanbao_domain::approval::{ApprovalPlan, ApprovalStep};

pub(crate) fn plan(plan: wit::Plan) -> ApprovalPlan {
    ApprovalPlan {
        steps: all(plan.steps, |step| ApprovalStep {
            role: step.role,
            by: side(step.by),
            within: step.within.map(span),
            rule: step.rule,
        }),
        goods_to: destination(plan.goods_to),
        obligations: all(plan.obligations, obligation),
        citations: all(plan.citations, citation),
    }
}
