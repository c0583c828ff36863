//! `penalty`: what follows from a finding.

use super::answer::{all, citation, money};
use super::case::case;
use super::exports::penalty as wit;
use super::{Bound, ask, wit as types};
use crate::contract::{Asked, PutTo};
use crate::guest::Guest;
use crate::question::Penalty;
use sanbao_domain::penalty::{Finding, FindingKind, Measure, Sanction, Subject};
use wasmtime::Store;

impl PutTo<Bound> for Penalty {
    type Prepared = (types::Case, wit::Finding);

    fn prepare(self) -> Self::Prepared {
        (case(self.case), finding(self.finding))
    }

    fn ask((case, finding): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Asked<Self> {
        Ok(Ok(measures(bound.assess(store, case, finding)?)))
    }
}

same_cases! {
    finding_kind: FindingKind => wit::FindingKind {
        DeliberateDamage ForgedSignature EarlySignature Soliciting PartsNotHeld LateApplication
        UnauthorisedReturn ResaleOfRepaired RuleViolation
    }
    subject: wit::Subject => Subject { Claimant Technician Staff }
    sanction: wit::Sanction => Sanction { BearCost Fine Discipline Dismissal CancelStanding }
}

fn measures(measures: Vec<wit::Measure>) -> Vec<Measure> {
    all(measures, |measure| Measure {
        against: subject(measure.against),
        sanction: sanction(measure.sanction),
        at_least: measure.at_least.map(money),
        at_most: measure.at_most.map(money),
        citations: all(measure.citations, citation),
    })
}

fn finding(finding: Finding) -> wit::Finding {
    wit::Finding {
        kind: finding_kind(finding.kind),
        found: ask::moment(finding.found),
        batch_value: finding.batch_value.map(ask::money),
        serious: finding.serious,
        earlier: finding.earlier,
    }
}
