//! `notices`: sequences that end.

use super::{Declared, interval, list, not_allowed, text, unique, within};
use crate::failure::Failure;
use sanbao_domain::notices::{Notice, Recipient};

/// Most repeats of one notice.
const REPEATS: u32 = 100;

pub(crate) fn notices(notices: &[Notice], declared: &Declared) -> Result<(), Failure> {
    list(notices, "notices")?;
    unique(notices.iter().map(|notice| &notice.id), "notices")?;
    for (i, notice) in notices.iter().enumerate() {
        if let Recipient::Role(role) = &notice.recipient {
            declared.role(role, format_args!("notices[{i}].recipient"))?;
        }
        text(&notice.subject, format_args!("notices[{i}].subject"))?;
        text(&notice.body, format_args!("notices[{i}].body"))?;
        within(notice.after, format_args!("notices[{i}].after"))?;
        if let Some(repeat) = &notice.repeat {
            interval(repeat.every, format_args!("notices[{i}].repeat.every"))?;
            if !(1..=REPEATS).contains(&repeat.times) {
                let place = format_args!("notices[{i}].repeat.times");
                return Err(not_allowed(place, repeat.times, "from 1 to 100"));
            }
        }
        list(&notice.stopped_by, format_args!("notices[{i}].stopped-by"))?;
        list(&notice.channels, format_args!("notices[{i}].channels"))?;
        declared.citations(&notice.citations, format_args!("notices[{i}].citations"))?;
    }
    Ok(())
}
