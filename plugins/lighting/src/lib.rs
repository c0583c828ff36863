//! Lighting policy.
#![cfg_attr(target_arch = "wasm32", no_std)]
extern crate alloc;
use alloc::{string::ToString, vec, vec::Vec};
use sanbao_kit::{coverage, manifest, types};
struct Lighting;
impl manifest::Guest for Lighting {
    fn describe() -> manifest::Manifest {
        manifest::Manifest {
            name: "lighting".to_string(),
            version: "0.1.0".to_string(),
            title: types::Text { zh: "门店".to_string(), en: "Lighting".to_string() },
            rules: vec![],
            attributes: vec![],
            settings: vec![],
            roles: vec![],
        }
    }
}
impl coverage::Guest for Lighting {
    fn decide(facts: types::Case) -> coverage::Verdict {
        coverage::Verdict {
            ruling: coverage::Ruling::Referred,
            cover: None,
            offers: Vec::new(),
            missing: Vec::new(),
            refer_to: Some(facts.jurisdiction),
            citations: Vec::new(),
            notes: Vec::new(),
        }
    }
}
sanbao_kit::export!(Lighting: manifest, coverage);
