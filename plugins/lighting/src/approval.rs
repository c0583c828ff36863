//! Who approves a return, and where do the goods go (rules 25 to 29)? Who approves parts (rule 45)?

use crate::coverage;
use crate::manifest::{CUSTOMER_SERVICE, ORDER_DEPARTMENT, REGIONAL_MANAGER};
use crate::rules::*;
use sanbao_kit::prelude::*;

/// The signatures that `request` needs.
pub fn plan_for(case: &Case, request: &Request) -> Plan {
    let remedy = match (request.subject, request.remedy) {
        (Subject::Remedy, Some(remedy)) => remedy,
        // Parts are applied for at the customer service department (rule 45).
        (Subject::PartRequisition, _) => {
            return Plan::to(Destination::Stays, &LGT_45).signed_by(&CUSTOMER_SERVICE, &LGT_45);
        }
        // Nothing else needs a signature; where there is no return no goods move.
        (Subject::PaidWork, _) => return Plan::to(Destination::Stays, &LGT_50).because(LGT_R11.cite()),
        _ => return Plan::to(Destination::Stays, &LGT_25),
    };
    match remedy {
        Remedy::Repair | Remedy::Replace | Remedy::Refund | Remedy::Credit => {}
        Remedy::ReturnToSender => return Plan::to(Destination::Dealer, &LGT_24),
        Remedy::RedirectToCarrier => return Plan::to(Destination::Carrier, &LGT_40),
        Remedy::Service => return Plan::to(Destination::Stays, &LGT_25),
        Remedy::Decline if request.disputed => return signed(Plan::to(Destination::Stays, &LGT_25), case),
        Remedy::Decline => return Plan::to(Destination::Stays, &LGT_34),
    }
    // Work for a fee is done where the goods are, and needs nobody's approval (LGT-R11).
    let charged = request.offered && coverage::decide(case).ruling == Ruling::NotCovered;
    if charged {
        let goods_to = if case.from_end_customer() { Destination::Dealer } else { Destination::Stays };
        return Plan::to(goods_to, &LGT_34).because(LGT_50.cite()).because(LGT_R11.cite());
    }
    let goods_to = if case.claimant.kind == PartyKind::Distributor {
        Destination::Agent
    } else {
        Destination::Headquarters
    };
    let rule = if goods_to == Destination::Agent { &LGT_26 } else { &LGT_25 };
    signed(Plan::to(goods_to, rule), case)
        .because(LGT_29.cite())
        .obliging(
            Side::Claimant,
            words("未经批准不得返货", "Send nothing back before it is approved"),
            &LGT_27,
        )
        .obliging(
            Side::Claimant,
            words(
                "每箱贴标签：收货单位、收货人、返货单位、总件数、箱号、件数及第几件",
                "Label every carton: receiving unit, consignee, returning unit, total pieces, carton number, \
                 number of pieces and which piece it is",
            ),
            &LGT_28,
        )
}

/// The regional manager alone for a distributor (26); the order department after him for all others (25).
fn signed(plan: Plan, case: &Case) -> Plan {
    if case.claimant.kind == PartyKind::Distributor {
        plan.signed_by(&REGIONAL_MANAGER, &LGT_26)
    } else {
        plan.signed_by(&REGIONAL_MANAGER, &LGT_25).signed_by(&ORDER_DEPARTMENT, &LGT_25)
    }
}
