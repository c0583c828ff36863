//! Is the claim covered? Counterfeits first, then by what caused the problem.

mod guarantees;

use crate::cause::Origin;
use crate::manifest::{GENUINE, UNREPAIRABLE};
use crate::rules::*;
use sanbao_kit::prelude::*;

/// The verdict on a claim of a customer.
pub fn decide(case: &Case) -> Verdict {
    if GENUINE.is_false(case) {
        return Verdict::not_covered(ENT_07.applied(words("不是正品", "the product is not genuine")));
    }
    match Origin::of(case) {
        Origin::Quality | Origin::Presumed | Origin::Delivery => guarantees::decide(case),
        Origin::Human => charged(Verdict::not_covered(AUT_11.cite()), &AUT_11, case),
        Origin::Outside => {
            let reason = AUT_06.applied(words("不属于产品质量问题", "not a problem of product quality"));
            charged(Verdict::not_covered(reason), &AUT_04, case).note(AUT_R4.cite())
        }
        Origin::None => Verdict::not_covered(
            AUT_02.applied(words("产品正常，提供使用指导", "the product works; guidance is given")),
        ),
    }
}

/// Another solution: repair for a fee, unless it is known to be impossible.
fn charged(verdict: Verdict, rule: &'static Rule, case: &Case) -> Verdict {
    if UNREPAIRABLE.is_true(case) {
        return verdict.note(AUT_12.cite());
    }
    verdict.offer(Offer::quoted(Remedy::Repair, rule).by(&AUT_04)).note(AUT_R8.cite())
}
