//! What follows from a finding about service staff (rules 13, 14, 17).

use crate::rules::*;
use sanbao_kit::penalty::Subject;
use sanbao_kit::prelude::*;

/// The sanctions to propose.
pub fn assess(finding: &Finding) -> Vec<Measure> {
    let technician = |sanction, rule| Measure::against(Subject::Technician, sanction, rule);
    match finding.kind {
        FindingKind::ForgedSignature => vec![technician(Sanction::Dismissal, &BUS_14)],
        FindingKind::Soliciting => vec![technician(Sanction::Dismissal, &BUS_17)],
        FindingKind::EarlySignature => {
            vec![technician(Sanction::Discipline, &BUS_13).because(BUS_R10.cite())]
        }
        FindingKind::RuleViolation => {
            vec![technician(Sanction::Discipline, &BUS_10).because(BUS_R10.cite())]
        }
        _ => Vec::new(),
    }
}
