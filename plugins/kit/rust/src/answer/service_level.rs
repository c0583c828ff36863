//! What is due when, and which figures are aimed at.

use crate::declare::{Rule, Words};
use crate::service_level::{Bound, Measure, Milestone, Pause, Target};
use crate::types::{Channel, Citation, Decimal, Event, Span};
use alloc::borrow::ToOwned;
use alloc::vec;
use alloc::vec::Vec;

impl Milestone {
    /// Due `due` after the event that was asked about, met by `met_by`.
    pub fn due(id: &str, title: Words, due: Span, met_by: Event, rule: &Rule) -> Self {
        Self {
            id: id.to_owned(),
            title: title.into(),
            due,
            met_by,
            channels: Vec::new(),
            pauses: Vec::new(),
            citations: vec![rule.cite()],
        }
    }

    /// Done this way.
    pub fn by(mut self, channel: Channel) -> Self {
        self.channels.push(channel);
        self
    }

    /// The clock stands still meanwhile.
    pub fn pausing(mut self, pause: Pause) -> Self {
        self.pauses.push(pause);
        self
    }

    /// One more rule behind it.
    pub fn because(mut self, citation: Citation) -> Self {
        self.citations.push(citation);
        self
    }
}

impl Target {
    /// This share or more.
    pub fn at_least(measure: Measure, percent: Decimal, rule: &Rule) -> Self {
        Self { measure, bound: Bound::AtLeast, percent, rule: rule.id.to_owned() }
    }

    /// This share or less.
    pub fn at_most(measure: Measure, percent: Decimal, rule: &Rule) -> Self {
        Self { bound: Bound::AtMost, ..Self::at_least(measure, percent, rule) }
    }
}

impl Decimal {
    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self { digits: number, scale: 0 }
    }

    /// Less than this whole number.
    pub fn is_below(self, number: i64) -> bool {
        i128::from(self.digits) < i128::from(number) * 10i128.pow(u32::from(self.scale.min(18)))
    }
}
