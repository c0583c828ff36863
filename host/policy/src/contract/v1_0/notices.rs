//! `notices`: who is told what.

use super::answer::{all, channel, citation, event, side, span, text};
use super::case::case;
use super::exports::notices as wit;
use super::{Bound, ask, wit as types};
use crate::contract::{Asked, PutTo};
use crate::guest::Guest;
use crate::question::Notices;
use sanbao_domain::notices::{LastResort, Notice, Recipient, Repeat};
use wasmtime::Store;

impl PutTo<Bound> for Notices {
    type Prepared = (types::Case, types::Event);

    fn prepare(self) -> Self::Prepared {
        (case(self.case), ask::event(self.event))
    }

    fn ask((case, event): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Asked<Self> {
        Ok(Ok(notices(bound.sequence(store, case, *event)?)))
    }
}

same_cases! {
    last_resort: wit::LastResort => LastResort { Nothing TellSuperior PostGoods TellSuperiorAndPostGoods Close }
}

fn notices(notices: Vec<wit::Notice>) -> Vec<Notice> {
    all(notices, |notice| Notice {
        id: notice.id,
        recipient: match notice.recipient {
            wit::Recipient::Side(whose) => Recipient::Side(side(whose)),
            wit::Recipient::Role(role) => Recipient::Role(role),
        },
        subject: text(notice.subject),
        body: text(notice.body),
        after: notice.after.map(span),
        repeat: notice.repeat.map(|repeat| Repeat { every: span(repeat.every), times: repeat.times }),
        stopped_by: all(notice.stopped_by, event),
        at_last: last_resort(notice.at_last),
        channels: all(notice.channels, channel),
        citations: all(notice.citations, citation),
    })
}
