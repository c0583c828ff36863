//! Is the claim covered? The cause decides which rules apply.

mod delivery;
mod quality;
mod transit;
pub(crate) mod warranty;

use crate::manifest::*;
use crate::rules::*;
use sanbao_kit::prelude::*;
use warranty::Warranty;

/// The verdict on a claim against the brand.
pub fn decide(case: &Case) -> Verdict {
    if SENT_UNAPPROVED.is_true(case) {
        return Verdict::not_covered(LGT_27.cite()).offer(Offer::free(Remedy::ReturnToSender, &LGT_27));
    }
    match case.cause {
        Cause::Quality | Cause::Unknown => quality::decide(case),
        Cause::Nonconforming => delivery::nonconforming(case),
        Cause::WrongDelivery => delivery::wrong(case),
        Cause::Transit => transit::damaged(case),
        Cause::Shortage => transit::short(case),
        Cause::NoFault => {
            Verdict::not_covered(LGT_24.cite()).offer(Offer::free(Remedy::ReturnToSender, &LGT_24))
        }
        Cause::Deliberate => with_cover(
            Verdict::not_covered(
                LGT_30.applied(words("人为破坏，不予保修", "damage done on purpose is not covered")),
            ),
            case,
        ),
        Cause::Misuse => excluded(&LGT_18, case),
        Cause::Environment => excluded(&LGT_19, case),
        Cause::ForceMajeure => excluded(&LGT_20, case),
        Cause::Handling => excluded(&LGT_21, case),
        Cause::Incompatible => excluded(&LGT_22, case),
        Cause::Tampering => excluded(&LGT_23, case),
        Cause::CustomerDamage => excluded(&LGT_18, case).note(LGT_R13.cite()),
        Cause::Wear => excluded(&LGT_11, case).note(LGT_R13.cite()),
    }
}

/// Rules 18 to 23: not covered whatever the age; the goods are not sent back (34) and repaired for a fee (50).
fn excluded(rule: &'static Rule, case: &Case) -> Verdict {
    let verdict = Verdict::not_covered(rule.cite()).because(LGT_34.cite());
    with_cover(quality::charged(verdict, case), case).note(LGT_R11.cite())
}

fn with_cover(verdict: Verdict, case: &Case) -> Verdict {
    match Warranty::of(case) {
        Some(warranty) => verdict.cover(warranty.cover()),
        None => verdict,
    }
}

/// Goods of rule 32.
fn not_ordinary(case: &Case) -> bool {
    GOODS_CLASS.text(case).is_some_and(|class| class != ORDINARY)
}

/// The maker advances the freight both ways (rule 17); of goods that it wants to see, it reimburses the way to
/// headquarters against receipts (rule 35).
fn advanced(offer: Offer, case: &Case) -> Offer {
    if SENT_FOR.text(case).is_some() {
        let by_maker = |settlement| Some(Leg { payer: Side::Respondent, settlement });
        offer.moved(by_maker(Settlement::Reimbursed), by_maker(Settlement::Advanced), &LGT_35)
    } else {
        offer.freight(Side::Respondent, Settlement::Advanced, &LGT_17)
    }
}
