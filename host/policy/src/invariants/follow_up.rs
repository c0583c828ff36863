//! `follow-up`: visits that can be told apart and planned.

use super::{Declared, interval, list, span, text, unique, within};
use crate::failure::Failure;
use sanbao_domain::follow_up::Visit;

pub(crate) fn visits(visits: &[Visit], declared: &Declared) -> Result<(), Failure> {
    list(visits, "visits")?;
    unique(visits.iter().map(|visit| &visit.id), "visits")?;
    for (i, visit) in visits.iter().enumerate() {
        text(&visit.title, format_args!("visits[{i}].title"))?;
        within(visit.after, format_args!("visits[{i}].after"))?;
        span(visit.within, format_args!("visits[{i}].within"))?;
        if let Some(every) = visit.every {
            interval(every, format_args!("visits[{i}].every"))?;
        }
        list(&visit.until, format_args!("visits[{i}].until"))?;
        list(&visit.channels, format_args!("visits[{i}].channels"))?;
        list(&visit.questions, format_args!("visits[{i}].questions"))?;
        for (j, question) in visit.questions.iter().enumerate() {
            text(question, format_args!("visits[{i}].questions[{j}]"))?;
        }
        declared.citations(&visit.citations, format_args!("visits[{i}].citations"))?;
    }
    Ok(())
}
