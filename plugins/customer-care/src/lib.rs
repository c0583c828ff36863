//! Keeping customers as a policy: contact by their importance and the complaint steps (FUP), measuring satisfaction
//! and answering suggestions (CTL), following up until they know the product (XID). It judges no claim: it stands
//! beside the host's own answers for cover, approval and money.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod follow_up;
pub mod manifest;
pub mod notices;
pub mod rules;
pub mod service_level;

use sanbao_kit::prelude::*;

/// The component.
pub struct CustomerCare;

impl sanbao_kit::manifest::Guest for CustomerCare {
    fn describe() -> Manifest {
        manifest::POLICY.manifest()
    }
}

impl sanbao_kit::follow_up::Guest for CustomerCare {
    fn visits(facts: Case, event: Event) -> Vec<Visit> {
        follow_up::visits(&facts, event)
    }
}

impl sanbao_kit::service_level::Guest for CustomerCare {
    fn milestones(facts: Case, event: Event) -> Vec<Milestone> {
        service_level::milestones(&facts, event)
    }

    /// Satisfaction is measured, but no figure is aimed at.
    fn targets(_: Vec<Attribute>) -> Vec<Target> {
        Vec::new()
    }
}

impl sanbao_kit::notices::Guest for CustomerCare {
    fn sequence(facts: Case, event: Event) -> Vec<Notice> {
        notices::sequence(&facts, event)
    }
}

sanbao_kit::export!(CustomerCare: manifest, follow_up, service_level, notices);
sanbao_kit::scenarios!();
