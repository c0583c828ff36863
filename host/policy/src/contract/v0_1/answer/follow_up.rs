//! `follow-up`.

use super::{all, channel, citation, event, span, text};
use crate::contract::v0_1::exports::follow_up as wit;
use sanbao_domain::follow_up::Visit;

pub(crate) fn visits(visits: Vec<wit::Visit>) -> Vec<Visit> {
    all(visits, |visit| Visit {
        id: visit.id,
        title: text(visit.title),
        after: visit.after.map(span),
        within: span(visit.within),
        every: visit.every.map(span),
        until: all(visit.until, event),
        channels: all(visit.channels, channel),
        questions: all(visit.questions, text),
        citations: all(visit.citations, citation),
    })
}
