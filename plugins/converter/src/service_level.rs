//! What is due when: training before use (3), the line (5), the reply (7), the visit (8, 9, 17).

use crate::manifest::{BEYOND_PHONE, TRAINING_DAYS, USER_TRAINED};
use crate::rules::*;
use sanbao_kit::prelude::*;

/// The one time limit of the text (7), which its other "promptly" is read by (ZZC-R4).
const REPLY: Span = Span::hours(24);

/// What starts with `event`.
pub fn milestones(case: &Case, event: Event) -> Vec<Milestone> {
    match event {
        Event::Opened => opened(case),
        Event::Installed if !USER_TRAINED.is_true(case) => {
            let stated = USER_TRAINED.is_false(case);
            vec![if stated { training(case) } else { training(case).because(ZZC_R6.cite()) }]
        }
        Event::CallUnresolved => unresolved(case),
        Event::Dispatched => vec![
            Milestone::due(
                "time-fixed",
                words("与用户约定上门时间", "A time fixed with the user"),
                REPLY,
                Event::Replied,
                &ZZC_09,
            )
            .because(ZZC_R4.cite()),
        ],
        _ => Vec::new(),
    }
}

fn opened(case: &Case) -> Vec<Milestone> {
    match case.matter {
        Matter::Training => vec![training(case)],
        Matter::Warranty | Matter::Enquiry | Matter::Complaint => {
            let mut due = vec![
                Milestone::due(
                    "first-answer",
                    words("首次答复用户", "The first answer"),
                    REPLY,
                    Event::Replied,
                    &ZZC_05,
                )
                .by(Channel::Phone)
                .by(Channel::Written)
                .by(Channel::Message)
                .because(ZZC_R2.cite()),
            ];
            if USER_TRAINED.is_false(case) {
                due.push(training(case).because(ZZC_R6.cite()));
            }
            due
        }
        Matter::StockRequest | Matter::Installation => Vec::new(),
    }
}

fn unresolved(case: &Case) -> Vec<Milestone> {
    let mut due = vec![Milestone::due(
        "technical-reply",
        words("答复未能当场解决的技术问题", "A reply on the unsolved problem"),
        REPLY,
        Event::Replied,
        &ZZC_07,
    )];
    if BEYOND_PHONE.is_true(case) {
        due.push(
            Milestone::due(
                "visit-arranged",
                words("安排现场服务", "On-site service arranged"),
                REPLY,
                Event::Dispatched,
                &ZZC_08,
            )
            .by(Channel::OnSite)
            .because(ZZC_17.cite())
            .because(ZZC_R4.cite()),
        );
    }
    due
}

fn training(case: &Case) -> Milestone {
    Milestone::due(
        "training",
        words("完成使用前培训", "Training before use held"),
        Span::days(TRAINING_DAYS.amount(&case.settings)),
        Event::TrainingHeld,
        &ZZC_03,
    )
    .by(Channel::InPerson)
    .because(ZZC_R1.cite())
}
