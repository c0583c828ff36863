//! `service-level`: what is due, and what is aimed at.

use super::answer::{all, channel, citation, decimal, event, span, text};
use super::case::case;
use super::exports::service_level as wit;
use super::{Bound, ask, wit as types};
use crate::contract::{Asked, PutTo};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::question::{Milestones, Targets};
use sanbao_domain::service_level::{Bound as Side, Measure, Milestone, Pause, Target};
use wasmtime::Store;

impl PutTo<Bound> for Milestones {
    type Prepared = (types::Case, types::Event);

    fn prepare(self) -> Self::Prepared {
        (case(self.case), ask::event(self.event))
    }

    fn ask((case, event): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Asked<Self> {
        Ok(Ok(milestones(bound.milestones(store, case, *event)?)))
    }
}

impl PutTo<Bound> for Targets {
    type Prepared = Vec<types::Attribute>;

    fn prepare(self) -> Self::Prepared {
        ask::attributes(self.settings)
    }

    fn ask(settings: &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Asked<Self> {
        Ok(targets(bound.targets(store, settings)?))
    }
}

same_cases! {
    pause: wit::Pause => Pause { AwaitingClaimant AwaitingParts AwaitingSupplier AwaitingCarrier ForceMajeure }
    measure: wit::Measure => Measure { Timeliness Satisfaction JustifiedComplaints }
    bound: wit::Bound => Side { AtLeast AtMost }
}

fn milestones(milestones: Vec<wit::Milestone>) -> Vec<Milestone> {
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

fn targets(targets: Vec<wit::Target>) -> Result<Vec<Target>, Failure> {
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
