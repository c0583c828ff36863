//! Who approves? The leader: requisitions (41), paid work (16), reports (35), expenses (36), major problems (31).

use crate::coverage;
use crate::manifest::{LEADER, MAJOR};
use crate::rules::*;
use sanbao_kit::prelude::*;

/// The signatures that `request` needs. Service is where the vehicle is, so the goods stay.
pub fn plan_for(case: &Case, request: &Request) -> Plan {
    let by_leader = |rule: &Rule| Plan::to(Destination::Stays, rule).signed_by(&LEADER, rule);
    match request.subject {
        Subject::Remedy => remedy(case, request),
        Subject::PartRequisition => by_leader(&BUS_41),
        Subject::PaidWork => by_leader(&BUS_16),
        Subject::ServiceReport => by_leader(&BUS_35).because(BUS_42.cite()),
        Subject::Expense => by_leader(&BUS_36),
    }
}

/// Staff agree with the user (29); the leader settles what is major, disputed or beyond the guarantees.
fn remedy(case: &Case, request: &Request) -> Plan {
    let plan = Plan::to(Destination::Stays, &BUS_29);
    let beyond = !request.offered && request.remedy != Some(Remedy::Decline);
    if request.disputed || beyond || MAJOR.is_true(case) {
        return plan.signed_by(&LEADER, &BUS_31);
    }
    let paid = request.remedy == Some(Remedy::Repair) && coverage::decide(case).ruling == Ruling::NotCovered;
    if paid { plan.signed_by(&LEADER, &BUS_16) } else { plan }
}
