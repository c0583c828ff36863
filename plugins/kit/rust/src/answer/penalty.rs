//! What follows from a finding.

use crate::declare::Rule;
use crate::penalty::{Measure, Sanction, Subject};
use crate::types::{Citation, Money};
use alloc::vec;

impl Measure {
    /// A sanction against somebody; a person confirms it.
    pub fn against(subject: Subject, sanction: Sanction, rule: &Rule) -> Self {
        Self { against: subject, sanction, at_least: None, at_most: None, citations: vec![rule.cite()] }
    }

    /// No less than this.
    pub fn at_least(mut self, amount: Money) -> Self {
        self.at_least = Some(amount);
        self
    }

    /// No more than this.
    pub fn at_most(mut self, amount: Money) -> Self {
        self.at_most = Some(amount);
        self
    }

    /// One more rule behind it.
    pub fn because(mut self, citation: Citation) -> Self {
        self.citations.push(citation);
        self
    }
}
