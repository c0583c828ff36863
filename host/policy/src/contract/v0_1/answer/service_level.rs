//! `service-level`.

use super::{all, channel, citation, decimal, event, span, text};
use crate::contract::v0_1::ask::same_cases;
use crate::contract::v0_1::exports::service_level as wit;
use crate::failure::Failure;
use sanbao_domain::service_level::{Bound, Measure, Milestone, Pause, Target};

same_cases! {
    pause: wit::Pause => Pause { AwaitingClaimant AwaitingParts AwaitingSupplier AwaitingCarrier ForceMajeure }
    measure: wit::Measure => Measure { Timeliness Satisfaction JustifiedComplaints }
    bound: wit::Bound => Bound { AtLeast AtMost }
}

pub(crate) fn milestones(milestones: Vec<wit::Milestone>) -> Vec<Milestone> {
    all(milestones, |milestone| Milestone {
        id: milestone.id,
        title: text(milestone.title),
        due: span(milestone.due),
        met_by: event(milestone.met_by),
        channels: all(milestone.channels, channel),
        pauses: all(milestone.pauses, pause),
        citations: all(milestone.citations, citation),
    })
}

pub(crate) fn targets(targets: Vec<wit::Target>) -> Result<Vec<Target>, Failure> {
    let target = |(i, target): (usize, wit::Target)| {
        Ok(Target {
            measure: measure(target.measure),
            bound: bound(target.bound),
            percent: decimal(target.percent).ok_or_else(|| Failure::BadValue {
                place: format!("targets[{i}].percent"),
                given: format!("a decimal of scale {}", target.percent.scale),
            })?,
            rule: target.rule,
        })
    };
    targets.into_iter().enumerate().map(target).collect()
}
