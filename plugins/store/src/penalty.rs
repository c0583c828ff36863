//! Every violation of the regulation is punished by internal discipline (38).

use crate::rules::*;
use sanbao_kit::penalty::Subject;
use sanbao_kit::prelude::*;

/// The measures to propose.
pub fn assess(finding: &Finding) -> Vec<Measure> {
    let discipline = Measure::against(Subject::Staff, Sanction::Discipline, &STO_38);
    match finding.kind {
        FindingKind::RuleViolation => vec![discipline],
        FindingKind::EarlySignature | FindingKind::ForgedSignature | FindingKind::Soliciting => {
            vec![discipline.because(STO_R14.cite())]
        }
        _ => Vec::new(),
    }
}
