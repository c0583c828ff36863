//! Plans: who signs, and where the goods go.

use super::obligation;
use crate::approval::{Plan, Step};
use crate::declare::{Role, Rule, Words};
use crate::types::{Citation, Destination, Side};
use alloc::borrow::ToOwned;
use alloc::vec;
use alloc::vec::Vec;

impl Plan {
    /// Nobody needs to approve yet; the goods go to `goods_to`.
    pub fn to(goods_to: Destination, rule: &Rule) -> Self {
        Self { steps: Vec::new(), goods_to, obligations: Vec::new(), citations: vec![rule.cite()] }
    }

    /// The next signature: a role of the respondent.
    pub fn signed_by(mut self, role: &Role, rule: &Rule) -> Self {
        self.steps.push(Step {
            role: role.id.to_owned(),
            by: Side::Respondent,
            within: None,
            rule: rule.id.to_owned(),
        });
        self
    }

    /// One more rule behind the plan.
    pub fn because(mut self, citation: Citation) -> Self {
        self.citations.push(citation);
        self
    }

    /// Something that a side must do.
    pub fn obliging(mut self, who: Side, what: Words, rule: &Rule) -> Self {
        self.obligations.push(obligation(who, what, rule));
        self
    }
}
