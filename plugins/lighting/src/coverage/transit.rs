//! What happened on the way (rules 15 and 37 to 42).

use super::delivery::{exchange_or_credit, missing_receipt};
use crate::manifest::*;
use crate::rules::*;
use sanbao_kit::calendar;
use sanbao_kit::prelude::*;

const TO_SEND_DOCUMENTS: Span = Span::working_days(2);

/// Rules 15, 39, 40 and 42.
pub(super) fn damaged(case: &Case) -> Verdict {
    if large_scale(case) {
        return Verdict::not_covered(LGT_15.cite())
            .because(LGT_40.cite())
            .offer(from_the_carrier(&LGT_15, case))
            .note(LGT_R6.cite());
    }
    let ways: [(&Rule, [&Fact; 2]); 2] = [
        (&LGT_42, [&ACCEPTANCE_SIGNED, &DOCUMENTS_FAXED]),
        (&LGT_39, [&LIABLE_UNIT_FOUND, &ANOMALY_RECORD_SIGNED]),
    ];
    if ways[0].1.iter().all(|fact| fact.is_true(case)) {
        return exchange_or_credit(Verdict::covered(LGT_42.cite()), &LGT_42, case, &[]);
    }
    if ways[1].1.iter().all(|fact| fact.is_true(case)) {
        return exchange_or_credit(Verdict::covered(LGT_39.cite()), &LGT_39, case, &[]);
    }
    // Either way is enough, so only what could still open one of them is asked.
    let mut missing: Option<Verdict> = None;
    for (rule, facts) in ways {
        if facts.iter().any(|fact| fact.is_false(case)) {
            continue;
        }
        for fact in facts.iter().filter(|fact| fact.boolean(case).is_none()) {
            missing = Some(match missing {
                None => Verdict::missing(fact.name, fact.label, rule),
                Some(verdict) => verdict.also_missing(fact.name, fact.label, rule),
            });
        }
    }
    missing.unwrap_or_else(|| {
        let verdict = Verdict::not_covered(LGT_39.applied(words(
            "责任单位未明确或没有签字的异常记录",
            "no liable unit, or no signed anomaly record",
        )))
        .because(LGT_42.applied(words(
            "验收未签字或单据未传真",
            "not signed at acceptance, or the documents were not faxed",
        )));
        if LIABLE_UNIT_FOUND.is_true(case) { verdict.offer(from_the_carrier(&LGT_37, case)) } else { verdict }
    })
}

/// Rules 37 and 38: pieces are missing.
pub(super) fn short(case: &Case) -> Verdict {
    if LIABLE_UNIT_FOUND.is_true(case) {
        return Verdict::not_covered(LGT_37.cite()).offer(from_the_carrier(&LGT_37, case));
    }
    let Some(received) = case.dates.received else { return missing_receipt(&LGT_38) };
    let reported = case.reported().on;
    let days = calendar::working_days_between(received.on, reported);
    let late = days > TO_SEND_DOCUMENTS.amount;
    let applied = LGT_38.applied(say!(
        zh: "收货后第 ", days, " 个工作日";
        en: "working day ", days, " after receipt"
    ));
    let verdict = if late {
        Verdict::not_covered(applied)
    } else {
        let at_discretion = |remedy| Offer::free(remedy, &LGT_38).at_discretion_of(&ORDER_DEPARTMENT);
        let verdict = Verdict::referred(&ORDER_DEPARTMENT, applied).offer(at_discretion(Remedy::Replace));
        if case.from_end_customer() { verdict } else { verdict.offer(at_discretion(Remedy::Credit)) }
    };
    let calendar_days = received.on.days_until(reported);
    verdict
        .cover(Cover::counted(Basis::Received, received.on, TO_SEND_DOCUMENTS, &LGT_38))
        .note_if(late != (calendar_days > TO_SEND_DOCUMENTS.amount as i32), &LGT_R3)
        .note_if(LIABLE_UNIT_FOUND.boolean(case).is_none(), &LGT_R14)
}

/// The broken pieces reach the share of the delivery that the brand chose (LGT-R6).
fn large_scale(case: &Case) -> bool {
    let percent = LARGE_SCALE_PERCENT.integer(&case.settings, 10);
    DELIVERED_PIECES
        .integer(case)
        .is_some_and(|delivered| i64::from(case.product.quantity) * 100 >= delivered.saturating_mul(percent))
}

fn from_the_carrier(rule: &'static Rule, case: &Case) -> Offer {
    let offer = Offer::free(Remedy::RedirectToCarrier, rule);
    if ANOMALY_RECORD_SIGNED.is_true(case) {
        return offer;
    }
    offer.obliging(
        Side::Claimant,
        words(
            "请承运方在《产品运输异常记录表》上签字",
            "Have the carrier sign the Product Transport Anomaly Record",
        ),
        &LGT_37,
    )
}
