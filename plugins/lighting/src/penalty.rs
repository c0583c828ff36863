//! What follows from a finding about a returned batch (rules 30 and 31) or missing parts (rule 45).

use crate::rules::*;
use sanbao_kit::penalty::Subject;
use sanbao_kit::prelude::*;

/// The measures to propose. The policy binds dealers: an end customer is not fined.
pub fn assess(case: &Case, finding: &Finding) -> Vec<Measure> {
    if case.from_end_customer() {
        return Vec::new();
    }
    let unit = |sanction, rule| Measure::against(Subject::Claimant, sanction, rule);
    match finding.kind {
        FindingKind::DeliberateDamage => {
            let mut measures = vec![fine(finding)];
            if finding.serious || finding.earlier > 0 {
                measures.push(unit(Sanction::CancelStanding, &LGT_31).because(LGT_R5.cite()));
            }
            measures
        }
        FindingKind::PartsNotHeld | FindingKind::LateApplication => {
            vec![unit(Sanction::BearCost, &LGT_45)]
        }
        _ => Vec::new(),
    }
}

/// At least twice the value of the batch, as soon as that is known; without an upper bound (LGT-R4).
fn fine(finding: &Finding) -> Measure {
    let fine = Measure::against(Subject::Claimant, Sanction::Fine, &LGT_30).because(LGT_R4.cite());
    match &finding.batch_value {
        Some(value) => fine.at_least(value.times(2)),
        None => fine,
    }
}
