//! Builders for answers, so that a rule reads as a sentence: one file for each interface.

mod approval;
mod charges;
mod coverage;
mod follow_up;
mod notices;
mod penalty;
mod retention;
mod service_level;

use crate::declare::{Rule, Words};
use crate::types::{Obligation, Side};
use alloc::borrow::ToOwned;

fn obligation(who: Side, what: Words, rule: &Rule) -> Obligation {
    Obligation { who, what: what.into(), within: None, rule: rule.id.to_owned() }
}
