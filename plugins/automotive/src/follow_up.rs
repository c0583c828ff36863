//! Regular follow-up by telephone or visit (rule 5).

use crate::manifest::FOLLOW_UP_MONTHS;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// What follows `event`.
pub fn visits(case: &Case, event: Event) -> Vec<Visit> {
    let months = FOLLOW_UP_MONTHS.amount(&case.settings);
    if event != Event::Closed || months == 0 {
        return Vec::new();
    }
    let interval = Span::months(months);
    vec![
        Visit::due("regular", words("定期回访", "Regular follow-up"), interval, &AUT_05)
            .every(interval)
            .until(Event::Reported)
            .until(Event::ComplaintReceived)
            .by(Channel::Phone)
            .by(Channel::InPerson)
            .asking(words("产品使用是否正常？", "Does the product work well?"))
            .asking(words("对质量有何意见？", "What do you think of its quality?"))
            .because(AUT_07.cite())
            .because(AUT_R10.cite()),
    ]
}
