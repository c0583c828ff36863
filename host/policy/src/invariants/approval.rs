//! `approval`: every signature is of a role that the manifest declares.

use super::{Declared, list, within};
use crate::failure::Failure;
use sanbao_domain::approval::ApprovalPlan;

pub(crate) fn plan(plan: &ApprovalPlan, declared: &Declared) -> Result<(), Failure> {
    list(&plan.steps, "steps")?;
    for (i, step) in plan.steps.iter().enumerate() {
        declared.role(&step.role, format_args!("steps[{i}].role"))?;
        declared.rule(&step.rule, format_args!("steps[{i}].rule"))?;
        within(step.within, format_args!("steps[{i}].within"))?;
    }
    declared.obligations(&plan.obligations, "obligations")?;
    declared.citations(&plan.citations, "citations")
}
