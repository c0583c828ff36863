//! What a dealer must hold in stock, and what it lacks (LGT-44). A shortfall is a finding to go by when a
//! customer had to be given a whole lamp because the part was not there (LGT-45).

use crate::retention::RequiredStock;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How the stock of one kind compares with what is required.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortfall {
    /// Kind of part in the brand's words.
    pub kind: String,
    /// Pieces required.
    pub at_least: u32,
    /// Pieces held, good and repaired ones: both replace defective parts (LGT-47).
    pub held: i64,
    /// Pieces missing; 0 when there are enough.
    pub missing: u32,
    /// Rules behind it.
    pub rules: Vec<String>,
}

/// Compares what is held, by kind, with what is required, in the policy's order.
pub fn shortfalls(required: &[RequiredStock], held: &BTreeMap<String, i64>) -> Vec<Shortfall> {
    required
        .iter()
        .map(|required| {
            let held = held.get(&required.kind).copied().unwrap_or_default();
            let missing = (i64::from(required.at_least) - held).max(0);
            Shortfall {
                kind: required.kind.clone(),
                at_least: required.at_least,
                held,
                missing: u32::try_from(missing).unwrap_or(u32::MAX),
                rules: required.citations.iter().map(|citation| citation.rule.clone()).collect(),
            }
        })
        .collect()
}
