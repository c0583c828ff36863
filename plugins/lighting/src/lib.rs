//! The lighting maker's policy towards its dealers (LGT). Each rule is where its subject is: the warranty and the
//! causes of claims in [`coverage`], returns in [`approval`], time limits in [`service_level`], fines in
//! [`penalty`], parts in [`retention`].
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod approval;
pub mod charges;
pub mod coverage;
pub mod manifest;
pub mod notices;
pub mod penalty;
pub mod retention;
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

impl sanbao_kit::penalty::Guest for Lighting {
    fn assess(facts: Case, finding: Finding) -> Vec<Measure> {
        penalty::assess(&facts, &finding)
    }
}

impl sanbao_kit::retention::Guest for Lighting {
    fn keep(facts: Case, part: Part) -> Option<Keeping> {
        retention::keep(&facts, &part)
    }

    fn replaced(facts: Case, part: Part) -> OldPart {
        retention::replaced(&facts, &part)
    }

    fn required_stock(settings: Vec<Attribute>) -> Vec<Stock> {
        retention::required_stock(&settings)
    }
}

impl sanbao_kit::charges::Guest for Lighting {
    fn quote_for(facts: Case, _: Remedy, items: Vec<Item>) -> Quote {
        charges::quote_for(&facts, &items)
    }
}

impl sanbao_kit::notices::Guest for Lighting {
    fn sequence(facts: Case, event: Event) -> Vec<Notice> {
        notices::sequence(&facts, event)
    }
}

sanbao_kit::export!(Lighting: manifest, coverage, approval, service_level, penalty, retention, charges, notices);
sanbao_kit::scenarios!();
