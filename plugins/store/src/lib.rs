//! The store's after-sales regulation (STO) as a policy. Each article is where its subject is: the ladder of
//! refund, exchange and repair in [`coverage`], superiors in [`approval`], time limits in [`service_level`].
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod approval;
pub mod coverage;
pub mod manifest;
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

sanbao_kit::export!(Store: manifest, coverage, approval, service_level);
