//! An example of a statutory floor: what a made-up consumer law guarantees, whatever the seller's own policy
//! says. It shows how a jurisdiction's policy is written and is not legal advice.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod coverage;
pub mod manifest;
pub mod rules;

use sanbao_kit::prelude::*;

/// The component.
pub struct FloorExample;

impl sanbao_kit::manifest::Guest for FloorExample {
    fn describe() -> Manifest {
        manifest::POLICY.manifest()
    }
}

impl sanbao_kit::coverage::Guest for FloorExample {
    fn decide(facts: Case) -> Verdict {
        coverage::decide(&facts)
    }
}

sanbao_kit::export!(FloorExample: manifest, coverage);
sanbao_kit::scenarios!();
