//! Repair, replace, refund (rule 6), paid in advance by whoever is not the maker (ENT-06).

use super::charged;
use crate::cause::Origin;
use crate::manifest::*;
use crate::rules::*;
use sanbao_kit::prelude::*;

pub(super) fn decide(case: &Case) -> Verdict {
    let (basis, day) = match (case.history.renewed, case.dates.sold) {
        (Some(renewed), _) => (Basis::Renewed, renewed),
        (None, Some(sold)) => (Basis::Sold, sold.on),
        (None, None) => return missing_sale(),
    };
    let reported = case.reported().on;
    if reported < day {
        return missing_sale();
    }
    let rungs = [
        (Remedy::Refund, Span::days(REFUND_DAYS.amount(&case.settings))),
        (Remedy::Replace, Span::days(REPLACE_DAYS.amount(&case.settings))),
        (Remedy::Repair, Span::months(REPAIR_MONTHS.amount(&case.settings))),
    ];
    let open: Vec<_> = rungs.iter().filter(|(_, term)| reported <= last_day(day, *term)).collect();
    let unrepairable = UNREPAIRABLE.is_true(case);
    let origin = Origin::of(case);
    // The cover shown is that of the best remedy still open, else of the one that ended last.
    let term = open.first().map_or_else(|| longest(day, &rungs), |(_, term)| *term);
    let until = AUT_06.applied(say!(zh: "至 ", last_day(day, term); en: "until ", last_day(day, term)));

    let mut verdict = if open.is_empty() {
        let ended = last_day(day, term);
        let over = AUT_06.applied(say!(zh: "三包期至 ", ended; en: "the guarantees ended on ", ended));
        charged(Verdict::not_covered(over), &AUT_04, case)
    } else if unrepairable && open.iter().all(|(remedy, _)| *remedy == Remedy::Repair) {
        let at_discretion =
            |remedy| advanced(Offer::free(remedy, &AUT_12), case).at_discretion_of(&SERVICE_MANAGER);
        Verdict::referred(&SERVICE_MANAGER, AUT_12.cite())
            .because(until)
            .offer(at_discretion(Remedy::Replace))
            .offer(at_discretion(Remedy::Refund))
    } else {
        let mut verdict = Verdict::covered(until);
        for (remedy, _) in open.iter().filter(|(remedy, _)| *remedy != Remedy::Repair || !unrepairable) {
            verdict = verdict.offer(advanced(granted(*remedy, origin), case));
        }
        verdict
    };
    let eligible = !open.is_empty();
    let counted = rungs.iter().any(|(_, term)| {
        let last = last_day(day, *term);
        reported == last || (reported < last && last < case.now.on)
    });
    verdict = verdict
        .cover(Cover::counted(basis, day, term, &AUT_06))
        .note_if(counted || !eligible, &AUT_R1)
        .note_if(eligible && origin == Origin::Presumed, &AUT_R2)
        .note_if(origin == Origin::Delivery, &AUT_R3)
        .note_if(open.len() > 1, &AUT_R5)
        .note_if(basis == Basis::Renewed, &AUT_R6);
    verdict.note_if(eligible, &AUT_R9)
}

fn granted(remedy: Remedy, origin: Origin) -> Offer {
    let offer = Offer::free(remedy, &AUT_06);
    if origin == Origin::Presumed {
        offer.provided(words("经检测确认为质量问题", "The inspection confirms a quality problem"), &AUT_10)
    } else {
        offer
    }
}

/// Whoever is not the maker pays first and recovers later; the maker bears it (AUT-R9).
fn advanced(offer: Offer, case: &Case) -> Offer {
    if matches!(case.respondent.kind, PartyKind::Brand | PartyKind::Supplier) {
        return offer.freight(Side::Respondent, Settlement::Borne, &AUT_R9);
    }
    offer.freight(Side::Respondent, Settlement::Advanced, &ENT_06).obliging(
        Side::Respondent,
        words("先行赔付，再向生产者追偿", "Compensate first; recover from the maker later"),
        &ENT_06,
    )
}

fn last_day(day: Date, term: Span) -> Date {
    day.plus(term).unwrap_or(day)
}

fn longest(day: Date, rungs: &[(Remedy, Span)]) -> Span {
    rungs.iter().map(|(_, term)| *term).max_by_key(|term| last_day(day, *term)).unwrap_or(Span::days(0))
}

fn missing_sale() -> Verdict {
    Verdict::missing("dates.sold", words("产品何时售出？", "On which day was the product sold?"), &AUT_06)
}
