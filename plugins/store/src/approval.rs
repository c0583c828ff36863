//! Who approves? Nobody, as long as the customer takes what the rules offer (article 20).

use crate::coverage;
use crate::manifest::{STORE_MANAGER, SUPERVISOR};
use crate::rules::*;
use sanbao_kit::prelude::*;

/// The signatures that `request` needs.
pub fn plan_for(case: &Case, request: &Request) -> Plan {
    if request.subject == Subject::PaidWork {
        // The fee is as stipulated (5): the customer consents to it, and no superior need.
        return Plan::to(Destination::Stays, &STO_05);
    }
    let Some(remedy) = request.remedy else {
        // Whatever the articles do not settle is a superior's to decide.
        return Plan::to(Destination::Stays, &STO_20).signed_by(&STORE_MANAGER, &STO_20);
    };
    let goods_to = match remedy {
        Remedy::Repair | Remedy::Replace | Remedy::Refund | Remedy::Credit => Destination::Store,
        Remedy::RedirectToCarrier => Destination::Carrier,
        Remedy::Service | Remedy::ReturnToSender | Remedy::Decline => Destination::Stays,
    };
    let mut plan = Plan::to(goods_to, &STO_20);
    // A refusal goes beyond nothing, whether or not it was offered.
    let beyond_the_rules = !request.offered && remedy != Remedy::Decline;
    if request.disputed || beyond_the_rules {
        plan = plan.signed_by(&STORE_MANAGER, &STO_20).because(STO_R10.cite());
    }
    if beyond_the_rules {
        plan = plan.signed_by(&SUPERVISOR, &STO_03);
    } else if plan.steps.is_empty() && left_to_a_superior(case, remedy) {
        plan = plan.signed_by(&STORE_MANAGER, &STO_29).because(STO_29.cite());
    }
    if remedy == Remedy::Decline {
        return plan;
    }
    plan.obliging(
        Side::Respondent,
        words("按要求的性质填写相应单据", "Fill in the form that matches the request"),
        &STO_21,
    )
    .obliging(
        Side::Claimant,
        words("登记真实、详细的个人资料", "Leave true and detailed personal data"),
        &STO_24,
    )
}

/// Article 29: what replaces a repair that is impossible.
fn left_to_a_superior(case: &Case, remedy: Remedy) -> bool {
    let offers = coverage::decide(case).offers;
    offers.iter().any(|offer| offer.remedy == remedy && offer.discretion.is_some())
}
