//! `penalty`: a range of money that is one, and a rule behind every measure.

use super::{Declared, list, money, needed, not_allowed};
use crate::failure::Failure;
use sanbao_domain::penalty::Measure;

pub(crate) fn measures(measures: &[Measure], declared: &Declared) -> Result<(), Failure> {
    list(measures, "measures")?;
    for (i, measure) in measures.iter().enumerate() {
        let bounds = [(&measure.at_least, "at-least"), (&measure.at_most, "at-most")];
        for (bound, name) in bounds.into_iter().filter_map(|(bound, name)| Some((bound.as_ref()?, name))) {
            money(bound, format_args!("measures[{i}].{name}"))?;
        }
        if let (Some(least), Some(most)) = (&measure.at_least, &measure.at_most) {
            let place = format_args!("measures[{i}].at-most");
            if least.currency != most.currency {
                return Err(not_allowed(place, &most.currency, "in the currency of at-least"));
            }
            if least.minor > most.minor {
                return Err(not_allowed(place, most.minor, "at-least or more"));
            }
        }
        // A person is punished by a rule or not at all.
        needed(!measure.citations.is_empty(), format_args!("measures[{i}].citations"))?;
        declared.citations(&measure.citations, format_args!("measures[{i}].citations"))?;
    }
    Ok(())
}
