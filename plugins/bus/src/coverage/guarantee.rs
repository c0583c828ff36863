//! The three guarantees: by months and by kilometres, whichever ends first (rules 10, 26, 27, 31, 43, 50).

use super::paid_repair;
use crate::manifest::*;
use crate::rules::*;
use sanbao_kit::prelude::*;

pub(super) fn decide(case: &Case) -> Verdict {
    let Some(sold) = case.dates.sold.map(|sold| sold.on) else { return missing_sale() };
    let reported = case.reported().on;
    if reported < sold {
        return missing_sale();
    }
    let months = Span::months(WARRANTY_MONTHS.amount(&case.settings));
    let kilometres = u64::from(WARRANTY_KILOMETRES.amount(&case.settings));
    let last = sold.add_months(months.amount);
    let driven = case.used(UseUnit::Kilometres);
    let too_old = reported > last;
    let too_far = driven.is_some_and(|driven| driven > kilometres);

    let mut reasons = Vec::new();
    if too_old {
        reasons.push(BUS_27.applied(say!(zh: "三包期至 ", last; en: "cover ended on ", last)));
    }
    if let (true, Some(driven)) = (too_far, driven) {
        reasons.push(BUS_27.applied(say!(
            zh: "已行驶 ", driven, " 公里，三包里程 ", kilometres, " 公里";
            en: "driven ", driven, " km; cover ends at ", kilometres, " km"
        )));
    }
    let verdict = if !reasons.is_empty() {
        Verdict::refused(reasons).because(BUS_10.cite()).offer(paid_repair())
    } else if DISMANTLED.is_true(case) {
        let seen = BUS_27.applied(words("用户拆动过故障件", "the user dismantled the part"));
        offers(Verdict::referred(&LEADER, seen), case, true).note(BUS_R6.cite())
    } else {
        let until = BUS_27.applied(say!(zh: "三包期至 ", last; en: "covered until ", last));
        offers(Verdict::covered(until).because(BUS_10.cite()), case, false)
    };
    let eligible = !too_old && !too_far;
    let close = reported == last || (!too_old && case.now.on > last) || driven == Some(kilometres);
    verdict
        .cover(Cover::counted(Basis::Sold, sold, months, &BUS_27).up_to(kilometres, UseUnit::Kilometres))
        .note_if(close || too_old != too_far, &BUS_R1)
        .note_if(eligible && case.cause == Cause::Unknown, &BUS_R7)
        .note_if(eligible && MAJOR.is_true(case), &BUS_R8)
        .note_if(eligible && driven.is_none(), &BUS_R9)
}

fn offers(verdict: Verdict, case: &Case, refusable: bool) -> Verdict {
    let verdict = verdict.offer(granted(service(case), case, refusable));
    if !MAJOR.is_true(case) {
        return verdict;
    }
    let whole = |remedy| granted(Offer::free(remedy, &BUS_31), case, true);
    verdict.because(BUS_31.cite()).offer(whole(Remedy::Replace)).offer(whole(Remedy::Refund))
}

/// The part is repaired or replaced on site, or sent.
fn service(case: &Case) -> Offer {
    let offer = if case.asked == Wish::Parts || PARTS_MAILED.is_true(case) {
        Offer::free(Remedy::Replace, &BUS_10)
            .parts()
            .freight(Side::Respondent, Settlement::Borne, &BUS_43)
            .obliging(
                Side::Claimant,
                words("尽量寄回旧件", "Send the old part back as far as possible"),
                &BUS_43,
            )
    } else {
        Offer::free(Remedy::Repair, &BUS_10).parts().obliging(
            Side::Respondent,
            words("旧件妥善包装，及时带回", "Pack replaced parts properly and bring them back promptly"),
            &BUS_32,
        )
    };
    if SUPPLIER_PART.is_true(case) {
        offer.obliging(
            Side::Respondent,
            words("向配套厂家二次索赔", "Recover the cost from the component supplier"),
            &BUS_50,
        )
    } else {
        offer
    }
}

/// On condition of what the visit must still show.
fn granted(mut offer: Offer, case: &Case, refusable: bool) -> Offer {
    if refusable {
        offer = offer.at_discretion_of(&LEADER);
    }
    if case.cause == Cause::Unknown {
        offer =
            offer.provided(words("经检查确认为质量问题", "The check confirms a quality problem"), &BUS_28);
    }
    if case.used(UseUnit::Kilometres).is_none() {
        offer = offer.provided(
            words("现场核实未超过三包里程", "The mileage, verified on site, is within the cover"),
            &BUS_26,
        );
    }
    if DISMANTLED.boolean(case).is_none() {
        offer = offer
            .provided(words("现场核实故障件未被拆动", "The part, seen on site, was not dismantled"), &BUS_27);
    }
    offer
}

fn missing_sale() -> Verdict {
    Verdict::missing("dates.sold", words("车辆何时售出？", "On which day was the vehicle sold?"), &BUS_27)
}
