//! Quality problems (rules 10 to 13, 32 to 35, 46 to 50).

use super::warranty::{self, Warranty};
use super::{advanced, not_ordinary};
use crate::manifest::*;
use crate::rules::*;
use sanbao_kit::prelude::*;

pub(super) fn decide(case: &Case) -> Verdict {
    let Some(warranty) = Warranty::of(case) else { return warranty::missing() };
    let reported = case.reported().on;
    if reported < warranty.starts() {
        return warranty::missing();
    }
    let last = warranty.last_day();
    let verdict = if reported > last {
        out_of_warranty(&warranty, case)
    } else if LABEL_INTACT.is_false(case) {
        offers(Verdict::referred(&ORDER_DEPARTMENT, LGT_10.cite()), case, true)
    } else {
        let found = match FOUND.text(case) {
            Some(ON_OPENING) => &LGT_12,
            Some(BEFORE_INSTALLATION) => &LGT_13,
            _ => &LGT_11,
        };
        let mut verdict = offers(Verdict::covered(found.cite()), case, false);
        verdict.citations.extend(warranty.cited());
        verdict
    };
    let eligible = reported <= last;
    verdict
        .cover(warranty.cover())
        .note_if(warranty.claimant_mattered(case), &LGT_R1)
        .note_if(!case.from_end_customer() && warranty::light_bar(case), &LGT_R2)
        .note_if(eligible && unpacked(case), &LGT_R7)
        .note_if(eligible && not_ordinary(case), &LGT_R8)
        .note_if(eligible && presumed(case), &LGT_R9)
        .note_if(eligible && SENT_FOR.text(case).is_some(), &LGT_R10)
        .note_if(!eligible, &LGT_R11)
        .note_if(reported == last || (eligible && case.now.on > last), &LGT_R12)
        .note_if(eligible && LABEL_INTACT.boolean(case).is_none(), &LGT_R14)
}

/// Not inspected yet (LGT-R9).
fn presumed(case: &Case) -> bool {
    case.cause == Cause::Unknown
}

/// Found before the goods were installed.
fn unpacked(case: &Case) -> bool {
    matches!(FOUND.text(case), Some(ON_OPENING | BEFORE_INSTALLATION))
}

fn offers(mut verdict: Verdict, case: &Case, refusable: bool) -> Verdict {
    let electronic = ELECTRONIC_PART.is_true(case);
    let batch = electronic && PROJECT_BATCH.is_true(case);
    let exchange_first = unpacked(case);
    let mut list = Vec::new();
    if exchange_first {
        list.push(replacement(case));
        if !case.from_end_customer() {
            list.push(Offer::free(Remedy::Credit, found_early(case)));
        }
    }
    if !REPAIRABLE.is_false(case) {
        list.push(repair(case, batch));
    }
    if !exchange_first {
        let replace = replacement(case);
        // Replacing is the company's choice, unless nothing else is left (rules 9 and 48).
        let owed = batch || REPAIRABLE.is_false(case);
        list.push(if owed { replace } else { replace.at_discretion_of(&ORDER_DEPARTMENT) });
    }
    for mut offer in list {
        if refusable && offer.discretion.is_none() {
            offer = offer.at_discretion_of(&ORDER_DEPARTMENT);
        }
        if presumed(case) {
            offer = offer.provided(
                words("经检测确认为产品质量问题", "The inspection confirms a quality problem"),
                &LGT_11,
            );
        }
        verdict = verdict.offer(advanced(offer, case));
    }
    verdict
}

fn found_early(case: &Case) -> &'static Rule {
    if FOUND.text(case) == Some(ON_OPENING) { &LGT_12 } else { &LGT_13 }
}

fn repair(case: &Case, batch: bool) -> Offer {
    let grounds: &'static Rule = match (batch, case.from_end_customer()) {
        (true, _) => &LGT_48,
        (false, true) => &LGT_11,
        (false, false) => &LGT_09,
    };
    let offer = Offer::free(Remedy::Repair, grounds).parts().provided(
        words("只保证照明功能，不保证外观", "The lighting function is guaranteed, not the appearance"),
        &LGT_49,
    );
    if ELECTRONIC_PART.is_true(case) {
        offer.provided(
            words("电器配件维修至新品质量标准", "Electronic parts are repaired to the standard of new ones"),
            &LGT_46,
        )
    } else {
        offer
    }
}

/// A whole lamp is replaced only where quality is the cause (rule 33), so not before that is found.
fn replacement(case: &Case) -> Offer {
    let electronic = ELECTRONIC_PART.is_true(case);
    let grounds: &'static Rule = if unpacked(case) {
        found_early(case)
    } else if electronic && PROJECT_BATCH.is_true(case) {
        &LGT_48
    } else {
        &LGT_09
    };
    let mut offer = Offer::free(Remedy::Replace, grounds).by(&LGT_33);
    if electronic || (presumed(case) && !unpacked(case)) {
        offer = offer.parts();
    }
    if electronic && !case.from_end_customer() {
        offer = offer.obliging(
            Side::Claimant,
            words(
                "维修过的配件只用于替换不良品，不得作为良品再次销售",
                "Use repaired parts only to replace defectives; do not sell them as good stock",
            ),
            &LGT_47,
        );
    }
    offer
}

/// Rules 34 and 50.
fn out_of_warranty(warranty: &Warranty, case: &Case) -> Verdict {
    let [term, basis] = warranty.cited();
    charged(Verdict::not_covered(term).because(basis).because(LGT_34.cite()), case)
}

/// Adds repair for a fee, unless it is known to be impossible.
pub(super) fn charged(verdict: Verdict, case: &Case) -> Verdict {
    let offer = Offer::quoted(Remedy::Repair, &LGT_50).parts();
    match REPAIRABLE.boolean(case) {
        Some(false) => verdict.because(LGT_50.applied(words("无法维修", "the product cannot be repaired"))),
        Some(true) => verdict.because(LGT_50.cite()).offer(offer),
        None => verdict
            .because(LGT_50.cite())
            .offer(offer.provided(words("经判断能够维修", "The product is found to be repairable"), &LGT_50)),
    }
}
