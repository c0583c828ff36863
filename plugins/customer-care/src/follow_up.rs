//! Whom to visit or call: everybody by class (FUP-01 to 06), learners until they are proficient (XID-01), users of
//! mechanical goods regularly (XID-02), everybody once after the service (CTL-03, 05, 13).

use crate::manifest::*;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// The visits that follow `event`.
pub fn visits(case: &Case, event: Event) -> Vec<Visit> {
    match event {
        // What is not about cover has no work to complete: the experience is over with the case.
        Event::Closed if case.matter != Matter::Warranty => vec![contact(case), satisfaction(case)],
        Event::Closed => vec![contact(case)],
        Event::Completed => vec![satisfaction(case)],
        Event::Installed => learner(case).into_iter().chain(machine(case)).collect(),
        Event::TrainingHeld if case.matter == Matter::Training => learner(case).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// FUP-03 to 05: as often as the customer's class says.
fn contact(case: &Case) -> Visit {
    let (rule, every): (&Rule, Span) = match case.claimant.grade.as_deref() {
        Some("A") => (&FUP_03, Span::weeks(1)),
        Some("B") => (&FUP_04, Span::months(1)),
        _ => (&FUP_05, Span::months(6)),
    };
    let classed = matches!(case.claimant.grade.as_deref(), Some("A" | "B" | "C"));
    let visit =
        Visit::due("contact", words("定期联系客户", "Keep in contact with the customer"), every, rule)
            .every(every)
            .until(Event::Reported)
            .until(Event::ComplaintReceived)
            .by(Channel::InPerson)
            .by(Channel::Phone)
            .by(Channel::Written)
            .by(Channel::Post)
            .asking(words("产品使用情况如何？", "How is the product doing?"))
            .asking(words("有什么需要我们做的？", "What can we do for you?"))
            .because(FUP_01.cite())
            .because(FUP_02.cite())
            .because(FUP_06.cite())
            .because(FUP_R2.cite());
    if classed { visit } else { visit.because(FUP_R1.cite()) }
}

/// CTL-03: experience against expectation; CTL-13: the good and the bad.
fn satisfaction(case: &Case) -> Visit {
    let within = Span::days(SATISFACTION_DAYS.amount(&case.settings));
    let visit = Visit::due("satisfaction", words("了解满意度", "Ask for satisfaction"), within, &CTL_05)
        .by(Channel::Phone)
        .by(Channel::InPerson)
        .by(Channel::Written)
        .asking(words("服务与您的期望相比如何？", "How did the service compare with what you expected?"))
        .asking(words("哪些方面满意？", "What were you satisfied with?"))
        .asking(words("哪些方面不满意？", "What were you not satisfied with?"))
        .asking(words("还有什么需要？", "What else do you need?"))
        .because(CTL_03.cite())
        .because(CTL_13.cite())
        .because(CTL_R1.cite());
    if case.claimant.kind == PartyKind::Consumer && !MECHANICAL.is_true(case) {
        visit.asking(words("您怎样使用这件产品？", "How do you use the product?")).because(XID_03.cite())
    } else {
        visit
    }
}

/// XID-01: until proficient.
fn learner(case: &Case) -> Option<Visit> {
    if PROFICIENT.is_true(case) {
        return None;
    }
    let every = Span::days(LEARNING_DAYS.amount(&case.settings));
    let title = words("回访至熟练使用", "Follow up until proficient");
    Some(
        Visit::due("until-proficient", title, every, &XID_01)
            .every(every)
            .until(Event::Proficient)
            .by(Channel::Phone)
            .by(Channel::InPerson)
            .asking(words("是否已能熟练使用？", "Can you use the product well by now?"))
            .asking(words("哪些操作还不清楚？", "What is still unclear?"))
            .because(XID_R1.cite()),
    )
}

/// XID-02: before parts wear out; CTL-09: how the product runs.
fn machine(case: &Case) -> Option<Visit> {
    if !MECHANICAL.is_true(case) {
        return None;
    }
    let every = Span::months(PARTS_MONTHS.amount(&case.settings));
    let title = words("检查运行情况和易损零件", "Check the running and the wearing parts");
    Some(
        Visit::due("running-check", title, every, &XID_02)
            .every(every)
            .by(Channel::OnSite)
            .asking(words("哪些零件需要更换？", "Which parts need replacing?"))
            .asking(words("运行情况如何，有何改进建议？", "How does it run, and what should be improved?"))
            .because(CTL_09.cite())
            .because(XID_R2.cite()),
    )
}
