//! `follow-up`: who is visited or called.

use super::answer::{all, channel, citation, event, span, text};
use super::case::case;
use super::exports::follow_up as wit;
use super::{Bound, ask, wit as types};
use crate::contract::{Asked, PutTo};
use crate::guest::Guest;
use crate::question::Visits;
use sanbao_domain::follow_up::Visit;
use wasmtime::Store;

impl PutTo<Bound> for Visits {
    type Prepared = (types::Case, types::Event);

    fn prepare(self) -> Self::Prepared {
        (case(self.case), ask::event(self.event))
    }

    fn ask((case, event): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Asked<Self> {
        Ok(Ok(visits(bound.visits(store, case, *event)?)))
    }
}

fn visits(visits: Vec<wit::Visit>) -> Vec<Visit> {
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
