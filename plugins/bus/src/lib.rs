//! The coach maker's after-sales regulation (BUS). Each rule is where its subject is: the three guarantees in
//! [`coverage`], the leader's signatures in [`approval`], the clocks in [`service_level`].
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod approval;
pub mod charges;
pub mod coverage;
pub mod follow_up;
pub mod manifest;
pub mod notices;
pub mod penalty;
pub mod retention;
pub mod rules;
pub mod service_level;

use sanbao_kit::prelude::*;

/// The component.
pub struct Bus;

impl sanbao_kit::manifest::Guest for Bus {
    fn describe() -> Manifest {
        manifest::POLICY.manifest()
    }
}

impl sanbao_kit::coverage::Guest for Bus {
    fn decide(facts: Case) -> Verdict {
        coverage::decide(&facts)
    }
}

impl sanbao_kit::approval::Guest for Bus {
    fn plan_for(facts: Case, request: Request) -> Plan {
        approval::plan_for(&facts, &request)
    }
}

impl sanbao_kit::service_level::Guest for Bus {
    fn milestones(facts: Case, event: Event) -> Vec<Milestone> {
        service_level::milestones(&facts, event)
    }

    fn targets(settings: Vec<Attribute>) -> Vec<Target> {
        service_level::targets(&settings)
    }
}

impl sanbao_kit::penalty::Guest for Bus {
    fn assess(_: Case, finding: Finding) -> Vec<Measure> {
        penalty::assess(&finding)
    }
}

impl sanbao_kit::retention::Guest for Bus {
    /// The regulation promises no parts after production ends.
    fn keep(_: Case, _: Part) -> Option<Keeping> {
        None
    }

    fn replaced(facts: Case, _: Part) -> OldPart {
        retention::replaced(&facts)
    }

    /// The regulation asks no stock of service stations.
    fn required_stock(_: Vec<Attribute>) -> Vec<Stock> {
        Vec::new()
    }
}

impl sanbao_kit::charges::Guest for Bus {
    fn quote_for(facts: Case, _: Remedy, items: Vec<Item>) -> Quote {
        charges::quote_for(&facts, &items)
    }
}

impl sanbao_kit::notices::Guest for Bus {
    fn sequence(facts: Case, event: Event) -> Vec<Notice> {
        notices::sequence(&facts, event)
    }
}

impl sanbao_kit::follow_up::Guest for Bus {
    fn visits(_: Case, event: Event) -> Vec<Visit> {
        follow_up::visits(event)
    }
}

sanbao_kit::export!(
    Bus: manifest, coverage, approval, service_level, penalty, retention, charges, notices, follow_up
);
sanbao_kit::scenarios!();
