//! What was delivered is not what was ordered (rules 14 and 16).

use super::{advanced, not_ordinary};
use crate::manifest::*;
use crate::rules::*;
use sanbao_kit::prelude::*;

const TO_REPORT_NONCONFORMING: u32 = 24;
const TO_REPORT_ERROR: Span = Span::days(2);

/// Rule 14: within 24 hours, unused, and on record.
pub(super) fn nonconforming(case: &Case) -> Verdict {
    let reported = case.reported();
    let Some(received) = case.dates.received else { return missing_receipt(&LGT_14) };
    let Some(in_time) = received.within_hours(&reported, TO_REPORT_NONCONFORMING) else {
        return missing_instants(&received, &reported);
    };
    let mut reasons = Vec::new();
    if !in_time {
        reasons
            .push(LGT_14.applied(words("收货超过24小时才报告", "reported more than 24 hours after receipt")));
    }
    if GOODS_UNUSED.is_false(case) {
        reasons.push(LGT_14.applied(words("产品已使用", "the goods were used")));
    }
    if ANOMALY_ON_RECORD.is_false(case) {
        reasons.push(LGT_14.applied(words("未报订单部备案", "not on record at the order department")));
    }
    reasons.extend(never_taken_back(case));
    if !reasons.is_empty() {
        return Verdict::refused(reasons);
    }
    let verdict = Verdict::covered(LGT_14.cite()).note(LGT_R15.cite());
    exchange_or_credit(
        verdict,
        &LGT_14,
        case,
        &[
            (&GOODS_UNUSED, words("产品未使用", "The goods are unused")),
            (
                &ANOMALY_ON_RECORD,
                words(
                    "《客诉质量异常联络单》或照片已报订单部备案",
                    "The order department has the Quality Anomaly Contact Form or photographs",
                ),
            ),
        ],
    )
}

/// Rule 16: within 2 days, unopened.
pub(super) fn wrong(case: &Case) -> Verdict {
    let reported = case.reported().on;
    let Some(received) = case.dates.received else { return missing_receipt(&LGT_16) };
    let days = received.on.days_until(reported);
    let mut reasons = Vec::new();
    if days > TO_REPORT_ERROR.amount as i32 {
        reasons.push(LGT_16.applied(say!(
            zh: "收货后第 ", days, " 天才报告，视为默认";
            en: "reported on day ", days, " after receipt: deemed accepted"
        )));
    }
    if PACKAGE_UNOPENED.is_false(case) {
        reasons.push(LGT_16.applied(words("包装已拆", "the package was opened")));
    }
    reasons.extend(never_taken_back(case));
    let cover = Cover::counted(Basis::Received, received.on, TO_REPORT_ERROR, &LGT_16);
    let boundary = (2..=3).contains(&days);
    if !reasons.is_empty() {
        return Verdict::refused(reasons).cover(cover).note_if(boundary, &LGT_R3);
    }
    let unopened = (&PACKAGE_UNOPENED, words("包装未拆", "The package is unopened"));
    let verdict = Verdict::covered(LGT_16.cite()).cover(cover).note_if(boundary, &LGT_R3);
    exchange_or_credit(verdict, &LGT_16, case, &[unopened])
}

/// Rule 32: only product quality opens the way back for these.
fn never_taken_back(case: &Case) -> Option<Citation> {
    not_ordinary(case).then(|| LGT_32.cite())
}

/// Exchange, or for whoever has an account, credit; on condition of what has not been stated.
pub(super) fn exchange_or_credit(
    mut verdict: Verdict,
    rule: &'static Rule,
    case: &Case,
    conditions: &[(&Fact, Words)],
) -> Verdict {
    let remedies: &[Remedy] =
        if case.from_end_customer() { &[Remedy::Replace] } else { &[Remedy::Replace, Remedy::Credit] };
    let unstated = || conditions.iter().filter(|(fact, _)| fact.boolean(case).is_none());
    for remedy in remedies {
        let mut offer = Offer::free(*remedy, rule);
        for (_, condition) in unstated() {
            offer = offer.provided(*condition, rule);
        }
        verdict = verdict.offer(advanced(offer, case));
    }
    verdict.note_if(unstated().next().is_some(), &LGT_R14)
}

pub(super) fn missing_receipt(rule: &Rule) -> Verdict {
    Verdict::missing("dates.received", words("何时收到货物？", "When were the goods received?"), rule)
}

fn missing_instants(received: &Moment, reported: &Moment) -> Verdict {
    let of_receipt = words("收货的具体时间？", "At what time were the goods received?");
    let of_report = words("报告的具体时间？", "At what time was it reported?");
    match (received.at, reported.at) {
        (None, None) => Verdict::missing("dates.received.at", of_receipt, &LGT_14).also_missing(
            "dates.reported.at",
            of_report,
            &LGT_14,
        ),
        (None, _) => Verdict::missing("dates.received.at", of_receipt, &LGT_14),
        _ => Verdict::missing("dates.reported.at", of_report, &LGT_14),
    }
}
