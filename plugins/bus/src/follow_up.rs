//! The satisfaction survey (rule 21).

use crate::rules::*;
use sanbao_kit::prelude::*;

/// What follows `event`.
pub fn visits(event: Event) -> Vec<Visit> {
    if event != Event::Completed {
        return Vec::new();
    }
    let title = words("顾客满意度调查", "Customer satisfaction survey");
    vec![
        Visit::due("satisfaction-survey", title, Span::weeks(1), &BUS_21)
            .until(Event::SurveyAnswered)
            .by(Channel::InPerson)
            .by(Channel::Message)
            .asking(words("您对本次服务是否满意？", "Are you satisfied with this service?"))
            .asking(words("服务是否及时？", "Was the service in time?"))
            .because(BUS_R15.cite()),
    ]
}
