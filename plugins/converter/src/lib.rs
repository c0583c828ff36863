//! The service system of a maker of converters and other electromechanical products (ZZC) as a policy: three
//! service modes, training, telephone and on-site. What is due when is in [`service_level`], who arranges a visit
//! and where equipment goes in [`approval`], who is told what in [`notices`].
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod approval;
pub mod manifest;
pub mod notices;
pub mod rules;
pub mod service_level;

use sanbao_kit::prelude::*;

/// The component.
pub struct Converter;

impl sanbao_kit::manifest::Guest for Converter {
    fn describe() -> Manifest {
        manifest::POLICY.manifest()
    }
}

impl sanbao_kit::approval::Guest for Converter {
    fn plan_for(facts: Case, request: Request) -> Plan {
        approval::plan_for(&facts, &request)
    }
}

impl sanbao_kit::service_level::Guest for Converter {
    fn milestones(facts: Case, event: Event) -> Vec<Milestone> {
        service_level::milestones(&facts, event)
    }

    /// The system sets no figure to measure against.
    fn targets(_: Vec<Attribute>) -> Vec<Target> {
        Vec::new()
    }
}

impl sanbao_kit::notices::Guest for Converter {
    fn sequence(facts: Case, event: Event) -> Vec<Notice> {
        notices::sequence(&facts, event)
    }
}

sanbao_kit::export!(Converter: manifest, approval, service_level, notices);
sanbao_kit::scenarios!();
