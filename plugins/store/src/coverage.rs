//! Is the claim covered? The order is that of the counter: receipt (17), kind of problem (18), scope (19).

mod exclusions;
mod ladder;
mod problem;

use crate::manifest::{RESALE_UNAFFECTED, STORE_MANAGER, UNREPAIRABLE};
use crate::rules::*;
use ladder::{NO_REASON, Rung};
use problem::Problem;
use sanbao_kit::prelude::*;

/// The sale, and how far away the report of the problem lies.
struct Sale {
    basis: Basis,
    day: Date,
    reported: Date,
    age: i32,
}

impl Sale {
    /// The sale; or the latest exchange, from which the count starts anew (STO-R9).
    fn of(case: &Case) -> Option<Self> {
        let (basis, day) = match (case.history.renewed, case.dates.sold) {
            (Some(renewed), _) => (Basis::Renewed, renewed),
            (None, Some(sold)) => (Basis::Sold, sold.on),
            (None, None) => return None,
        };
        let reported = case.reported().on;
        Some(Self { basis, day, reported, age: day.days_until(reported) })
    }

    /// "day 16 since the sale".
    fn days(&self) -> Text {
        match self.basis {
            Basis::Renewed => {
                say!(zh: "调换后第 ", self.age, " 天"; en: "day ", self.age, " since the exchange")
            }
            _ => say!(zh: "售出后第 ", self.age, " 天"; en: "day ", self.age, " since the sale"),
        }
    }
}

/// The verdict on a claim of a customer against the store.
pub fn decide(case: &Case) -> Verdict {
    let missing_sale = |why| Verdict::missing("dates.sold", why, &STO_17);
    let Some(sale) = Sale::of(case) else {
        return missing_sale(words(
            "请提供购物小票或发票上的购买日期",
            "Which day of purchase does the till receipt or invoice show?",
        ));
    };
    if sale.age < 0 {
        return missing_sale(words(
            "购买日期晚于报修日期，请核对小票或发票",
            "The day of purchase lies after the day of the report: please check the receipt or invoice",
        ));
    }
    let problem = Problem::of(case);
    let verdict = if problem.counts_as_quality() {
        quality(problem, &sale, case)
    } else {
        no_quality(problem, &sale, case)
    };
    verdict.note_if(sale.basis == Basis::Renewed, &STO_R9)
}

/// Articles 7 to 10.
fn quality(problem: Problem, sale: &Sale, case: &Case) -> Verdict {
    let rung = Rung::on(sale.reported, sale.day);
    let excluded = exclusions::against(problem, case);
    let barred = rung <= Rung::Exchange && !excluded.is_empty();
    let remedies: &[Remedy] = if barred { &[Remedy::Repair] } else { rung.remedies() };
    let grounds = if barred { Rung::FreeRepair } else { rung };

    let unrepairable = UNREPAIRABLE.is_true(case);
    let mut verdict = if unrepairable && remedies.len() <= 1 {
        left_to_a_superior(grounds, sale)
    } else if remedies.is_empty() {
        Verdict::not_covered(STO_10.applied(sale.days())).because(STO_05.cite()).offer(charged(&STO_10))
    } else {
        let mut verdict = Verdict::covered(grounds.rule().applied(sale.days()));
        for remedy in remedies.iter().filter(|remedy| **remedy != Remedy::Repair || !unrepairable) {
            verdict = verdict.offer(on_the_ladder(*remedy, grounds, problem, sale, case));
        }
        verdict
    };
    if barred {
        verdict.citations.extend(excluded);
    } else if let Some(missed) = rung.missed(case.asked) {
        // Whoever asks for more is told which article refuses it.
        verdict = verdict.because(missed.rule().applied(sale.days()));
    }
    verdict
        .cover(grounds.cover(sale.basis, sale.day))
        .note_if(in_a_gap(sale), &STO_R2)
        .note_if(barred, &STO_R3)
        .note_if(counting_mattered(sale, case), &STO_R4)
        .note_if(problem == Problem::Presumed, &STO_R5)
        .note_if(!barred && rung <= Rung::Exchange && exclusions::unstated(problem, case), &STO_R6)
        .note_if(remedies.len() > 1, &STO_R7)
        .note_if(problem == Problem::Delivery, &STO_R8)
}

fn on_the_ladder(remedy: Remedy, rung: Rung, problem: Problem, sale: &Sale, case: &Case) -> Offer {
    let mut offer = Offer::free(remedy, rung.rule()).by(&STO_04);
    if Some(&remedy) != rung.remedies().first() {
        offer = offer.by(&STO_R7);
    }
    if remedy != Remedy::Repair {
        offer = exclusions::complete(offer, case);
    }
    if problem != Problem::Presumed {
        return offer;
    }
    // In the first days nobody needs to prove a fault where the goods can be sold again.
    let no_reason = remedy == Remedy::Refund
        && sale.age <= NO_REASON.amount as i32
        && !RESALE_UNAFFECTED.is_false(case)
        && exclusions::against(Problem::None, case).is_empty();
    if no_reason {
        offer.by(&STO_06).provided(
            words(
                "商品不影响再次销售，或经检查确认为质量问题",
                "The goods can be sold again, or the inspection confirms a quality problem",
            ),
            &STO_06,
        )
    } else {
        offer.provided(words("经检查确认为质量问题", "The inspection confirms a quality problem"), &STO_18)
    }
}

/// Article 29: repair is all that is open, and impossible.
fn left_to_a_superior(rung: Rung, sale: &Sale) -> Verdict {
    let at_discretion = |remedy| Offer::free(remedy, &STO_29).at_discretion_of(&STORE_MANAGER);
    Verdict::referred(&STORE_MANAGER, STO_29.cite())
        .because(rung.rule().applied(sale.days()))
        .offer(at_discretion(Remedy::Replace))
        .offer(at_discretion(Remedy::Refund))
}

/// Articles 5, 6 and 11 to 15: there is no quality problem.
fn no_quality(problem: Problem, sale: &Sale, case: &Case) -> Verdict {
    let excluded = exclusions::against(problem, case);
    let in_time = sale.age <= NO_REASON.amount as i32;
    // Damaged goods cannot be sold again unless somebody says that they can.
    let resale = match problem {
        Problem::None => !RESALE_UNAFFECTED.is_false(case),
        _ => RESALE_UNAFFECTED.is_true(case),
    };
    let returnable = problem != Problem::Customer && in_time && resale && excluded.is_empty();
    let outranked = problem != Problem::Customer && in_time && resale && !excluded.is_empty();

    let verdict = if returnable {
        let mut refund = exclusions::complete(Offer::free(Remedy::Refund, &STO_06).by(&STO_04), case);
        if RESALE_UNAFFECTED.boolean(case).is_none() {
            refund = refund.provided(words("商品不影响再次销售", "The goods can be sold again"), &STO_06);
        }
        Verdict::covered(STO_06.applied(sale.days())).offer(refund)
    } else {
        let mut reasons = excluded;
        if problem == Problem::Customer {
            reasons.insert(0, STO_14.cite());
        } else if !in_time {
            reasons.insert(0, STO_06.applied(sale.days()));
        } else if !resale {
            reasons.insert(0, STO_06.applied(words("影响再次销售", "the goods cannot be sold again")));
        }
        let mut verdict = Verdict::refused(reasons);
        if problem != Problem::None && !UNREPAIRABLE.is_true(case) {
            verdict = verdict.because(STO_05.cite()).offer(charged(&STO_05));
        }
        verdict
    };
    verdict
        .cover(Cover::counted(sale.basis, sale.day, NO_REASON, &STO_06))
        .note_if(outranked, &STO_R1)
        .note_if(sale.age == NO_REASON.amount as i32 || overtaken(sale, case, NO_REASON.amount), &STO_R4)
        .note_if(returnable && exclusions::unstated(problem, case), &STO_R6)
}

/// Repair for a fee (articles 5 and 10) that is disclosed first (30) and collected last (31).
fn charged(rule: &'static Rule) -> Offer {
    Offer::quoted(Remedy::Repair, rule)
        .provided(
            words("先完成服务，后收取费用", "The fee is collected after the service is completed"),
            &STO_31,
        )
        .obliging(
            Side::Respondent,
            words(
                "维修前明确告知收费项目和金额",
                "Make the charged items and amounts known before the repair",
            ),
            &STO_30,
        )
}

/// A day that no article covers by its own words.
fn in_a_gap(sale: &Sale) -> bool {
    sale.age == 30 || sale.reported == sale.day.add_months(3)
}

/// Counting the sale as day 1, or from the judgement instead of the report, would have led elsewhere.
fn counting_mattered(sale: &Sale, case: &Case) -> bool {
    let rung = Rung::on(sale.reported, sale.day);
    rung != Rung::on(sale.reported.add_days(1), sale.day) || rung != Rung::on(case.now.on, sale.day)
}

/// Reported within `days`, judged later.
fn overtaken(sale: &Sale, case: &Case, days: u32) -> bool {
    sale.age <= days as i32 && sale.day.days_until(case.now.on) > days as i32
}
