//! Articles 11 to 15: what is neither taken back nor exchanged.

use super::problem::Problem;
use crate::manifest::*;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// The exclusions that stand against a refund or an exchange, each with what it rests on.
pub(super) fn against(problem: Problem, case: &Case) -> Vec<Citation> {
    let mut found = Vec::new();
    // Articles 11 and 12 limit themselves to goods without a quality problem.
    if !problem.counts_as_quality() {
        if TRACES_OF_USE.is_true(case) {
            found.push(STO_11.cite());
        }
        if CUSTOM_MADE.is_true(case) {
            found.push(STO_12.cite());
        }
    }
    if PACKAGING_INTACT.is_false(case) {
        found.push(STO_13.applied(words("原包装损坏或遗失", "the original packaging is damaged or lost")));
    }
    if ACCESSORIES_COMPLETE.is_false(case) {
        found.push(STO_13.applied(words("配件缺失或损坏", "accessories are missing or damaged")));
    }
    if WARRANTY_CARD.is_false(case) {
        found.push(STO_13.applied(words("没有保修卡", "the warranty card is missing")));
    }
    if SPECIAL_PRICE.is_true(case) {
        found.push(STO_15.applied(words("特价品", "sold at a special price")));
    }
    if GIFT.is_true(case) {
        found.push(STO_15.applied(words("赠品", "a gift")));
    }
    found
}

/// Something that an exclusion turns on has not been stated (STO-R6).
pub(super) fn unstated(problem: Problem, case: &Case) -> bool {
    let always = [&PACKAGING_INTACT, &ACCESSORIES_COMPLETE, &WARRANTY_CARD, &SPECIAL_PRICE, &GIFT];
    let sound_goods = [&TRACES_OF_USE, &CUSTOM_MADE];
    let unknown = |fact: &&Fact| fact.boolean(case).is_none();
    always.iter().any(unknown) || (!problem.counts_as_quality() && sound_goods.iter().any(unknown))
}

/// A refund or an exchange, on the condition of whatever of article 13 has not been stated.
pub(super) fn complete(offer: Offer, case: &Case) -> Offer {
    let facts = [&PACKAGING_INTACT, &ACCESSORIES_COMPLETE, &WARRANTY_CARD];
    if facts.iter().all(|fact| fact.is_true(case)) {
        return offer;
    }
    offer.provided(
        words(
            "原包装、配件和保修卡齐全完好",
            "The original packaging, the accessories and the warranty card are there and undamaged",
        ),
        &STO_13,
    )
}
