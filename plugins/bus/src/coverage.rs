//! Is the vehicle within the three guarantees? The cause decides which rules apply.

mod guarantee;

use crate::manifest::LEADER;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// The verdict on a claim against the coach maker.
pub fn decide(case: &Case) -> Verdict {
    let found = match case.cause {
        Cause::Quality | Cause::Unknown => return guarantee::decide(case),
        Cause::Transit | Cause::WrongDelivery | Cause::Shortage | Cause::Nonconforming => {
            return left_to_the_leader();
        }
        Cause::NoFault => {
            return Verdict::not_covered(
                BUS_28.applied(words("车辆工作正常", "the vehicle works as it should")),
            );
        }
        Cause::Tampering => words("用户自行拆改", "dismantled or modified by the user"),
        Cause::Environment | Cause::ForceMajeure => words("外部原因", "an outside cause"),
        Cause::Wear => words("正常磨损", "ordinary wear"),
        Cause::Misuse | Cause::Handling | Cause::Incompatible | Cause::CustomerDamage | Cause::Deliberate => {
            words("用户原因", "the user's doing")
        }
    };
    let verdict = Verdict::not_covered(BUS_28.applied(found)).because(BUS_10.cite()).offer(paid_repair());
    verdict.note_if(case.cause == Cause::Tampering, &BUS_R6)
}

/// Repair that the user pays for (rule 16).
fn paid_repair() -> Offer {
    Offer::quoted(Remedy::Repair, &BUS_16)
        .parts()
        .provided(words("有偿服务经领导同意", "The leader consents to paid service"), &BUS_16)
        .obliging(
            Side::Respondent,
            words("所收款项返回后全额上交", "Hand the money in in full on return"),
            &BUS_16,
        )
}

/// The regulation does not speak of deliveries (BUS-R14).
fn left_to_the_leader() -> Verdict {
    let at_discretion = |remedy| Offer::free(remedy, &BUS_R14).at_discretion_of(&LEADER);
    Verdict::referred(&LEADER, BUS_R14.cite())
        .offer(at_discretion(Remedy::Repair))
        .offer(at_discretion(Remedy::Replace))
}
