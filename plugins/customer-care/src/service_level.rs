//! What is due when: compensation (FUP-11) and answers (CTL-14).

use crate::manifest::{ANSWER_DAYS, COMPENSATION_DAYS};
use crate::rules::*;
use sanbao_kit::prelude::*;

/// What starts with `event`.
pub fn milestones(case: &Case, event: Event) -> Vec<Milestone> {
    match event {
        Event::ComplaintReceived => vec![answer("answer", case), compensation(case)],
        Event::Opened if case.matter == Matter::Enquiry => vec![answer("answer", case)],
        Event::CallUnresolved => vec![answer("studied-answer", case)],
        _ => Vec::new(),
    }
}

/// A complaint's own case is closed when it is settled; in another case, the customer has the answer then.
fn compensation(case: &Case) -> Milestone {
    let met_by = if case.matter == Matter::Complaint { Event::Closed } else { Event::Replied };
    Milestone::due(
        "compensation",
        words("投诉处理和补偿完毕", "Complaint settled and compensated"),
        Span::working_days(COMPENSATION_DAYS.amount(&case.settings)),
        met_by,
        &FUP_11,
    )
    .because(FUP_R3.cite())
    .pausing(Pause::AwaitingClaimant)
}

fn answer(id: &str, case: &Case) -> Milestone {
    Milestone::due(
        id,
        words("答复顾客", "Answer the customer"),
        Span::working_days(ANSWER_DAYS.amount(&case.settings)),
        Event::Replied,
        &CTL_14,
    )
    .because(CTL_R2.cite())
}
