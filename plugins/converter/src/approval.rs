//! Who arranges a visit, and does the equipment come to the company? Phone first (17), then on site (8), then the
//! equipment comes along (13).

use crate::manifest::{BEYOND_PHONE, UNSOLVED_ON_SITE, visiting_department};
use crate::rules::*;
use sanbao_kit::prelude::*;

/// The signatures that `request` needs.
pub fn plan_for(case: &Case, request: &Request) -> Plan {
    match request.remedy {
        Some(Remedy::Repair | Remedy::Service) => repair(case),
        Some(Remedy::Decline) => Plan::to(Destination::Stays, &ZZC_R5),
        Some(Remedy::ReturnToSender | Remedy::RedirectToCarrier) => Plan::to(Destination::Stays, &ZZC_R5),
        Some(Remedy::Replace | Remedy::Refund | Remedy::Credit) => {
            Plan::to(Destination::Headquarters, &ZZC_R5).signed_by(visiting_department(case), &ZZC_R5)
        }
        None => Plan::to(Destination::Stays, &ZZC_R5).signed_by(visiting_department(case), &ZZC_R5),
    }
}

fn repair(case: &Case) -> Plan {
    if UNSOLVED_ON_SITE.is_true(case) {
        return Plan::to(Destination::Headquarters, &ZZC_13)
            .signed_by(visiting_department(case), &ZZC_R5)
            .obliging(
                Side::Respondent,
                words("详细记录故障，研究后再次上门", "Record the fault in detail, study it and visit again"),
                &ZZC_13,
            );
    }
    if BEYOND_PHONE.is_true(case) {
        return Plan::to(Destination::Stays, &ZZC_08)
            .signed_by(visiting_department(case), &ZZC_08)
            .because(ZZC_17.cite())
            .because(ZZC_R3.cite())
            .obliging(
                Side::Respondent,
                words("记录联系人和电话", "Record contact person and telephone"),
                &ZZC_08,
            );
    }
    Plan::to(Destination::Stays, &ZZC_17).obliging(
        Side::Respondent,
        words("先通过电话、传真或电子邮件解决", "Try phone, fax and e-mail first"),
        &ZZC_17,
    )
}
