//! The lighting maker's policy towards its dealers (LGT). Each rule is where its subject is: the warranty and the
//! causes of claims in [`coverage`], returns in [`approval`], time limits in [`service_level`].
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod approval;
pub mod coverage;
pub mod manifest;
pub mod rules;
pub mod service_level;

use sanbao_kit::prelude::*;

/// The component.
pub struct Lighting;

impl sanbao_kit::manifest::Guest for Lighting {
    fn describe() -> Manifest {
        manifest::POLICY.manifest()
    }
}

impl sanbao_kit::coverage::Guest for Lighting {
    fn decide(facts: Case) -> Verdict {
        coverage::decide(&facts)
    }
}

impl sanbao_kit::approval::Guest for Lighting {
    fn plan_for(facts: Case, request: Request) -> Plan {
        approval::plan_for(&facts, &request)
    }
}

impl sanbao_kit::service_level::Guest for Lighting {
    fn milestones(facts: Case, event: Event) -> Vec<Milestone> {
        service_level::milestones(&facts, event)
    }

    /// The policy sets no figure to measure against.
    fn targets(_: Vec<Attribute>) -> Vec<Target> {
        Vec::new()
    }
}

sanbao_kit::export!(Lighting: manifest, coverage, approval, service_level);
