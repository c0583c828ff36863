//! `notices`.

use super::{all, channel, citation, event, side, span, text};
use crate::contract::v0_1::ask::same_cases;
use crate::contract::v0_1::exports::notices as wit;
use sanbao_domain::notices::{LastResort, Notice, Recipient, Repeat};

same_cases! {
    last_resort: wit::LastResort => LastResort { Nothing TellSuperior PostGoods TellSuperiorAndPostGoods Close }
}

pub(crate) fn notices(notices: Vec<wit::Notice>) -> Vec<Notice> {
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
