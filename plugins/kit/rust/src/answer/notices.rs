//! Who is told, how often, and what follows the last notice.

use crate::declare::{Role, Rule, Words};
use crate::notices::{LastResort, Notice, Recipient, Repeat};
use crate::types::{Channel, Citation, Event, Side, Span, Text};
use alloc::borrow::ToOwned;
use alloc::vec;
use alloc::vec::Vec;

impl Notice {
    fn new(id: &str, recipient: Recipient, subject: Words, body: Text, rule: &Rule) -> Self {
        Self {
            id: id.to_owned(),
            recipient,
            subject: subject.into(),
            body,
            after: None,
            repeat: None,
            stopped_by: Vec::new(),
            at_last: LastResort::Nothing,
            channels: Vec::new(),
            citations: vec![rule.cite()],
        }
    }

    /// Tells a side of the claim, at once.
    pub fn to(id: &str, side: Side, subject: Words, body: impl Into<Text>, rule: &Rule) -> Self {
        Self::new(id, Recipient::Side(side), subject, body.into(), rule)
    }

    /// Tells a role of the respondent, at once.
    pub fn to_role(id: &str, role: &Role, subject: Words, body: impl Into<Text>, rule: &Rule) -> Self {
        Self::new(id, Recipient::Role(role.id.to_owned()), subject, body.into(), rule)
    }

    /// Not at once, but this long after the event.
    pub fn after(mut self, span: Span) -> Self {
        self.after = Some(span);
        self
    }

    /// Again `times` more, `every` so often.
    pub fn repeated(mut self, every: Span, times: u32) -> Self {
        self.repeat = Some(Repeat { every, times });
        self
    }

    /// This ends the sequence.
    pub fn stopped_by(mut self, event: Event) -> Self {
        self.stopped_by.push(event);
        self
    }

    /// What follows when the last notice brought nothing.
    pub fn at_last(mut self, resort: LastResort) -> Self {
        self.at_last = resort;
        self
    }

    /// This way; the first that can be had, where there are several.
    pub fn by(mut self, channel: Channel) -> Self {
        self.channels.push(channel);
        self
    }

    /// One more rule behind it.
    pub fn because(mut self, citation: Citation) -> Self {
        self.citations.push(citation);
        self
    }
}
