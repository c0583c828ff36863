//! What is due when: five working days from the arrival of a return (rule 36).

use crate::rules::*;
use sanbao_kit::prelude::*;

/// What starts with `event`.
pub fn milestones(_: &Case, event: Event) -> Vec<Milestone> {
    match event {
        Event::GoodsReceived => vec![Milestone::due(
            "return-handled",
            words("返货处理完毕", "Return handled"),
            Span::working_days(5),
            Event::Completed,
            &LGT_36,
        )],
        _ => Vec::new(),
    }
}
