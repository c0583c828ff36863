//! Who is told: the user of a contact's result (rule 9), the leader of a major problem (rule 31).

use crate::manifest::{LEADER, MAJOR};
use crate::rules::*;
use sanbao_kit::prelude::*;

/// What `event` sets off.
pub fn sequence(case: &Case, event: Event) -> Vec<Notice> {
    match event {
        Event::Replied if case.matter == Matter::Warranty => vec![contact_result()],
        Event::Reported | Event::Inspected if MAJOR.is_true(case) => vec![major_problem()],
        _ => Vec::new(),
    }
}

fn contact_result() -> Notice {
    Notice::to(
        "contact-result",
        Side::Claimant,
        words("联系结果", "The result of our contact"),
        words(
            "您报告的故障已联系处理，结果见工单。",
            "Your fault has been taken up; the result is on your ticket.",
        ),
        &BUS_09,
    )
}

fn major_problem() -> Notice {
    Notice::to_role(
        "major-problem",
        &LEADER,
        words("重大问题", "A major problem"),
        words("请审阅处理意见和用户要求。", "Please see the staff's proposal and the user's demand."),
        &BUS_31,
    )
}
