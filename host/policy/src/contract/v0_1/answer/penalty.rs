//! `penalty`.

use super::{all, citation, money};
use crate::contract::v0_1::ask::same_cases;
use crate::contract::v0_1::exports::penalty as wit;
use sanbao_domain::penalty::{Measure, Sanction, Subject};

same_cases! {
    subject: wit::Subject => Subject { Claimant Technician Staff }
    sanction: wit::Sanction => Sanction { BearCost Fine Discipline Dismissal CancelStanding }
}

pub(crate) fn measures(measures: Vec<wit::Measure>) -> Vec<Measure> {
    all(measures, |measure| Measure {
        against: subject(measure.against),
        sanction: sanction(measure.sanction),
        at_least: measure.at_least.map(money),
        at_most: measure.at_most.map(money),
        citations: all(measure.citations, citation),
    })
}
