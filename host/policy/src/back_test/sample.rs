//! Examples: a few of each kind, the same few whoever counts and in whatever order.

use super::bounded::Merge;
use crate::compare::Difference;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Most examples of one kind.
pub const EXAMPLES: usize = 20;
/// Most rules that an example names, newly cited and cited no longer each.
const RULES: usize = 16;

/// A decision that the candidate answers otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// Its draw: those with the smallest are kept.
    pub draw: u64,
    /// The receipt.
    pub receipt: Uuid,
    /// The words of its changes.
    pub changes: Vec<String>,
    /// Rules that the candidate cites and the receipt does not.
    pub newly: Vec<String>,
    /// Rules that the receipt cites and the candidate does not.
    pub no_longer: Vec<String>,
}

impl Example {
    pub(super) fn new(seed: u64, receipt: Uuid, difference: &Difference) -> Self {
        let some = |rules: &[String]| rules.iter().take(RULES).cloned().collect();
        let mut changes: Vec<String> =
            difference.changes.iter().map(|change| change.word().into_owned()).collect();
        changes.dedup();
        Self {
            draw: draw(seed, receipt),
            receipt,
            changes,
            newly: some(&difference.newly),
            no_longer: some(&difference.no_longer),
        }
    }

    fn key(&self) -> (u64, Uuid) {
        (self.draw, self.receipt)
    }
}

/// The examples of one kind with the smallest draws, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sample(pub Vec<Example>);

impl Sample {
    pub(super) fn of(example: Example) -> Self {
        Self(vec![example])
    }
}

impl Merge for Sample {
    fn merge(&mut self, other: Self) {
        for example in other.0 {
            match self.0.binary_search_by_key(&example.key(), Example::key) {
                Err(at) if at < EXAMPLES => {
                    self.0.insert(at, example);
                    self.0.truncate(EXAMPLES);
                }
                // Drawn too high, or there already: each receipt is counted once.
                _ => {}
            }
        }
    }
}

/// A number for an id, as if it were drawn (splitmix64): the same for the same seed, on every machine.
pub fn draw(seed: u64, id: Uuid) -> u64 {
    let (high, low) = id.as_u64_pair();
    mix(mix(mix(seed).wrapping_add(high)).wrapping_add(low))
}

fn mix(mut state: u64) -> u64 {
    state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
