//! Which visits or calls follow.

use crate::declare::{Rule, Words};
use crate::follow_up::Visit;
use crate::types::{Channel, Citation, Event, Span};
use alloc::borrow::ToOwned;
use alloc::vec;
use alloc::vec::Vec;

impl Visit {
    /// Not later than `within` after the event.
    pub fn due(id: &str, title: Words, within: Span, rule: &Rule) -> Self {
        Self {
            id: id.to_owned(),
            title: title.into(),
            after: None,
            within,
            every: None,
            until: Vec::new(),
            channels: Vec::new(),
            questions: Vec::new(),
            citations: vec![rule.cite()],
        }
    }

    /// Not earlier than this after the event.
    pub fn not_before(mut self, span: Span) -> Self {
        self.after = Some(span);
        self
    }

    /// Goes on at this interval.
    pub fn every(mut self, span: Span) -> Self {
        self.every = Some(span);
        self
    }

    /// Ends when this happens.
    pub fn until(mut self, event: Event) -> Self {
        self.until.push(event);
        self
    }

    /// This way.
    pub fn by(mut self, channel: Channel) -> Self {
        self.channels.push(channel);
        self
    }

    /// Something to find out.
    pub fn asking(mut self, question: Words) -> Self {
        self.questions.push(question.into());
        self
    }

    /// One more rule behind it.
    pub fn because(mut self, citation: Citation) -> Self {
        self.citations.push(citation);
        self
    }
}
