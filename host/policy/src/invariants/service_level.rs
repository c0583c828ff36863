//! `service-level`: milestones that can be told apart, figures that are percentages.

use super::{Declared, list, not_allowed, span, text, unique};
use crate::failure::Failure;
use sanbao_domain::service_level::{Milestone, Target};

pub(crate) fn milestones(milestones: &[Milestone], declared: &Declared) -> Result<(), Failure> {
    list(milestones, "milestones")?;
    unique(milestones.iter().map(|milestone| &milestone.id), "milestones")?;
    for (i, milestone) in milestones.iter().enumerate() {
        text(&milestone.title, format_args!("milestones[{i}].title"))?;
        span(milestone.due, format_args!("milestones[{i}].due"))?;
        list(&milestone.channels, format_args!("milestones[{i}].channels"))?;
        list(&milestone.pauses, format_args!("milestones[{i}].pauses"))?;
        declared.citations(&milestone.citations, format_args!("milestones[{i}].citations"))?;
    }
    Ok(())
}

pub(crate) fn targets(targets: &[Target], declared: &Declared) -> Result<(), Failure> {
    list(targets, "targets")?;
    for (i, target) in targets.iter().enumerate() {
        declared.rule(&target.rule, format_args!("targets[{i}].rule"))?;
        let digits = i128::from(target.percent.digits);
        if digits < 0 || digits > 100 * 10_i128.pow(target.percent.scale.into()) {
            let given = format_args!("{digits}e-{}", target.percent.scale);
            return Err(not_allowed(format_args!("targets[{i}].percent"), given, "from 0 to 100"));
        }
    }
    Ok(())
}
