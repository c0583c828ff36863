//! The least that a consumer is owed: refund, exchange or repair by the days since the purchase (1–5), for
//! quality problems (7), and for nobody but consumers (6).

use crate::rules::*;
use sanbao_kit::prelude::*;

const REFUND: Span = Span::days(7);
const EXCHANGE: Span = Span::days(15);
const REPAIR: Span = Span::years(1);
/// Repairs of one fault after which the consumer need not accept another.
const ENOUGH_REPAIRS: usize = 2;

/// The verdict of the floor alone; the host sets it beside that of the seller's policy.
pub fn decide(case: &Case) -> Verdict {
    if case.claimant.kind != PartyKind::Consumer {
        return Verdict::not_covered(FLOOR_6.cite());
    }
    if !counts_as_quality(case.cause) {
        return Verdict::not_covered(FLOOR_7.cite());
    }
    let missing = |why| Verdict::missing("dates.sold", why, &FLOOR_R1);
    let Some((basis, bought)) = purchase(case) else {
        return missing(words("请提供购买日期", "On which day were the goods bought?"));
    };
    let reported = case.reported().on;
    let age = bought.days_until(reported);
    if age < 0 {
        return missing(words(
            "购买日期晚于报修日期，请核对",
            "The day of purchase lies after the day of the report: please check",
        ));
    }
    let day = say!(zh: "购买后第 ", age, " 天"; en: "day ", age, " since the purchase");
    let year = year(case, bought);
    let verdict = if age > 0 && reported > bought.plus(year).unwrap_or(reported) {
        Verdict::not_covered(FLOOR_3.applied(day)).cover(Cover::counted(basis, bought, year, &FLOOR_3))
    } else {
        covered(case, age, day, Cover::counted(basis, bought, year, &FLOOR_3))
    };
    let lengthened = year.unit == SpanUnit::Days;
    let verdict = if lengthened { verdict.because(FLOOR_5.cite()) } else { verdict };
    verdict
        .note_if(reported != case.now.on, &FLOOR_R1)
        .note_if(case.cause == Cause::Unknown, &FLOOR_R2)
        .note_if(is_delivery(case.cause), &FLOOR_R3)
        .note_if(basis == Basis::Renewed, &FLOOR_R4)
}

fn covered(case: &Case, age: i32, day: Text, year: Cover) -> Verdict {
    let within = |term: Span| age <= term.amount as i32;
    let counted = |term, rule| Cover { term, ..Cover::counted(year.basis, year.starts, term, rule) };
    let (rule, remedies, cover): (&'static Rule, &[Remedy], Cover) = if within(REFUND) {
        (&FLOOR_1, &[Remedy::Refund, Remedy::Replace, Remedy::Repair], counted(REFUND, &FLOOR_1))
    } else if within(EXCHANGE) {
        (&FLOOR_2, &[Remedy::Replace, Remedy::Repair], counted(EXCHANGE, &FLOOR_2))
    } else if repairs_in_vain(case) >= ENOUGH_REPAIRS {
        (&FLOOR_4, &[Remedy::Replace, Remedy::Repair], year)
    } else {
        (&FLOOR_3, &[Remedy::Repair], year)
    };
    let mut verdict = Verdict::covered(rule.applied(day)).cover(cover);
    for remedy in remedies {
        let mut offer = Offer::free(*remedy, rule);
        if case.cause == Cause::Unknown {
            offer = offer.provided(
                words("经检验确认为质量问题", "The inspection confirms a quality problem"),
                &FLOOR_R2,
            );
        }
        verdict = verdict.offer(offer);
    }
    verdict
}

/// The purchase, or the latest exchange (FLOOR-R4).
fn purchase(case: &Case) -> Option<(Basis, Date)> {
    match (case.history.renewed, case.dates.sold) {
        (Some(renewed), _) => Some((Basis::Renewed, renewed)),
        (None, Some(sold)) => Some((Basis::Sold, sold.on)),
        (None, None) => None,
    }
}

/// One year, and the days under repair on top (FLOOR-5): a span has one unit, so then it is counted in days.
fn year(case: &Case, bought: Date) -> Span {
    match days_under_repair(case, bought) {
        0 => REPAIR,
        days => Span::days(bought.days_until(bought.add_years(REPAIR.amount)) as u32 + days),
    }
}

/// Repairs of what was given in an exchange count, those of what was given back do not.
fn days_under_repair(case: &Case, bought: Date) -> u32 {
    let since = case.history.repairs.iter().filter(|repair| repair.completed >= bought);
    since.map(|repair| repair.days_out_of_service).sum()
}

fn repairs_in_vain(case: &Case) -> usize {
    let Some(fault) = &case.fault else { return 0 };
    let since = case.history.renewed;
    let same = |repair: &&sanbao_kit::types::Repair| {
        repair.fault == *fault && since.is_none_or(|day| repair.completed >= day)
    };
    case.history.repairs.iter().filter(same).count()
}

fn is_delivery(cause: Cause) -> bool {
    matches!(cause, Cause::Nonconforming | Cause::WrongDelivery | Cause::Shortage | Cause::Transit)
}

fn counts_as_quality(cause: Cause) -> bool {
    matches!(cause, Cause::Quality | Cause::Unknown) || is_delivery(cause)
}
