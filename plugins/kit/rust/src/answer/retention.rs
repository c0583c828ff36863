//! How long parts are kept, and what becomes of old ones.

use crate::declare::Rule;
use crate::retention::{Keeping, OldPart, Stock};
use crate::types::{Citation, Destination, Span};
use alloc::borrow::ToOwned;
use alloc::vec;

impl Keeping {
    /// Spare parts are kept for `term` after the model was discontinued.
    pub fn of(term: Span, rule: &Rule) -> Self {
        Self { term, citations: vec![rule.cite()] }
    }

    /// One more rule behind it.
    pub fn because(mut self, citation: Citation) -> Self {
        self.citations.push(citation);
        self
    }
}

impl OldPart {
    /// It need not come back; if it does, it goes to `goes_to`.
    pub fn may_stay(goes_to: Destination, rule: &Rule) -> Self {
        Self { must_come_back: false, within: None, goes_to, scrap_after: None, citations: vec![rule.cite()] }
    }

    /// It must come back to `goes_to`, and is never scrapped unless [`Self::scrapped_after`] says so.
    pub fn comes_back(goes_to: Destination, rule: &Rule) -> Self {
        Self { must_come_back: true, ..Self::may_stay(goes_to, rule) }
    }

    /// Back within this time.
    pub fn within(mut self, span: Span) -> Self {
        self.within = Some(span);
        self
    }

    /// May be scrapped this long after its return.
    pub fn scrapped_after(mut self, span: Span) -> Self {
        self.scrap_after = Some(span);
        self
    }

    /// One more rule behind it.
    pub fn because(mut self, citation: Citation) -> Self {
        self.citations.push(citation);
        self
    }
}

impl Stock {
    /// A claimant holds at least so many parts of this kind.
    pub fn of(kind: &str, at_least: u32, rule: &Rule) -> Self {
        Self { kind: kind.to_owned(), at_least, citations: vec![rule.cite()] }
    }
}
