//! An appliance maker's promise (HAI) as a policy: free delivery, installation, consultation and service, and two
//! follow-up visits within a month of the installation.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod charges;
pub mod coverage;
pub mod follow_up;
pub mod manifest;
pub mod rules;

use sanbao_kit::prelude::*;

/// The component.
pub struct Appliance;

impl sanbao_kit::manifest::Guest for Appliance {
    fn describe() -> Manifest {
        manifest::POLICY.manifest()
    }
}

impl sanbao_kit::coverage::Guest for Appliance {
    fn decide(facts: Case) -> Verdict {
        coverage::decide(&facts)
    }
}

impl sanbao_kit::charges::Guest for Appliance {
    fn quote_for(facts: Case, _: Remedy, items: Vec<Item>) -> Quote {
        charges::quote_for(&facts, &items)
    }
}

impl sanbao_kit::follow_up::Guest for Appliance {
    fn visits(facts: Case, event: Event) -> Vec<Visit> {
        follow_up::visits(&facts, event)
    }
}

sanbao_kit::export!(Appliance: manifest, coverage, charges, follow_up);
sanbao_kit::scenarios!();
