//! The store's after-sales regulation (STO) as a policy. Each article is where its subject is: the ladder of
//! refund, exchange and repair in [`coverage`], superiors in [`approval`], time limits in [`service_level`], fees in
//! [`charges`], what the customer hears in [`notices`], discipline in [`penalty`], satisfaction in [`follow_up`].
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod approval;
pub mod charges;
pub mod coverage;
pub mod follow_up;
pub mod manifest;
pub mod notices;
pub mod penalty;
pub mod rules;
pub mod service_level;

use sanbao_kit::prelude::*;

/// The component.
pub struct Store;

impl sanbao_kit::manifest::Guest for Store {
    fn describe() -> Manifest {
        manifest::POLICY.manifest()
    }
}

impl sanbao_kit::coverage::Guest for Store {
    fn decide(facts: Case) -> Verdict {
        coverage::decide(&facts)
    }
}

impl sanbao_kit::approval::Guest for Store {
    fn plan_for(facts: Case, request: Request) -> Plan {
        approval::plan_for(&facts, &request)
    }
}

impl sanbao_kit::service_level::Guest for Store {
    fn milestones(facts: Case, event: Event) -> Vec<Milestone> {
        service_level::milestones(&facts, event)
    }

    /// The regulation sets no figure to measure against.
    fn targets(_: Vec<Attribute>) -> Vec<Target> {
        Vec::new()
    }
}

impl sanbao_kit::penalty::Guest for Store {
    fn assess(_: Case, finding: Finding) -> Vec<Measure> {
        penalty::assess(&finding)
    }
}

impl sanbao_kit::charges::Guest for Store {
    fn quote_for(facts: Case, remedy: Remedy, items: Vec<Item>) -> Quote {
        charges::quote_for(&facts, remedy, &items)
    }
}

impl sanbao_kit::notices::Guest for Store {
    fn sequence(facts: Case, event: Event) -> Vec<Notice> {
        notices::sequence(&facts, event)
    }
}

impl sanbao_kit::follow_up::Guest for Store {
    fn visits(facts: Case, event: Event) -> Vec<Visit> {
        follow_up::visits(&facts, event)
    }
}

sanbao_kit::export!(Store: manifest, coverage, approval, service_level, penalty, charges, notices, follow_up);
sanbao_kit::scenarios!();
