//! Automotive electronics (AUT, ENC, ENT). The cause decides: [`cause`] tells product quality from human causes,
//! [`coverage`] holds the three guarantees, [`notices`] what customers are told.
#![cfg_attr(target_arch = "wasm32", no_std)]

mod cause;
pub mod charges;
pub mod coverage;
pub mod follow_up;
pub mod manifest;
pub mod notices;
pub mod retention;
pub mod rules;
pub mod service_level;

use sanbao_kit::prelude::*;

/// The component.
pub struct Automotive;

impl sanbao_kit::manifest::Guest for Automotive {
    fn describe() -> Manifest {
        manifest::POLICY.manifest()
    }
}

impl sanbao_kit::coverage::Guest for Automotive {
    fn decide(facts: Case) -> Verdict {
        coverage::decide(&facts)
    }
}

impl sanbao_kit::service_level::Guest for Automotive {
    fn milestones(facts: Case, event: Event) -> Vec<Milestone> {
        service_level::milestones(&facts, event)
    }

    /// The texts set no figure to measure against.
    fn targets(_: Vec<Attribute>) -> Vec<Target> {
        Vec::new()
    }
}

impl sanbao_kit::retention::Guest for Automotive {
    fn keep(facts: Case, _: Part) -> Option<Keeping> {
        Some(retention::keep(&facts))
    }

    fn replaced(_: Case, _: Part) -> OldPart {
        OldPart::may_stay(Destination::Stays, &rules::AUT_R7)
    }

    /// The texts ask no stock of dealers.
    fn required_stock(_: Vec<Attribute>) -> Vec<Stock> {
        Vec::new()
    }
}

impl sanbao_kit::charges::Guest for Automotive {
    fn quote_for(facts: Case, _: Remedy, items: Vec<Item>) -> Quote {
        charges::quote_for(&facts, &items)
    }
}

impl sanbao_kit::notices::Guest for Automotive {
    fn sequence(facts: Case, event: Event) -> Vec<Notice> {
        notices::sequence(&facts, event)
    }
}

impl sanbao_kit::follow_up::Guest for Automotive {
    fn visits(facts: Case, event: Event) -> Vec<Visit> {
        follow_up::visits(&facts, event)
    }
}

sanbao_kit::export!(Automotive: manifest, coverage, service_level, retention, charges, notices, follow_up);
sanbao_kit::scenarios!();
