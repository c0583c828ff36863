//! What work outside the free service costs (5, 10): disclosed and consented to first (30), collected last (31).

use crate::coverage;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// A quote for `items`; nothing for what the articles give free of charge.
pub fn quote_for(case: &Case, remedy: Remedy, items: &[Item]) -> Quote {
    let verdict = coverage::decide(case);
    let offer = verdict.offers.iter().find(|offer| offer.remedy == remedy);
    let rule = match offer {
        Some(offer) if offer.charge == Charge::Quoted => {
            let after_three_months = offer.citations.iter().any(|citation| citation.rule == STO_10.id);
            if after_three_months { &STO_10 } else { &STO_05 }
        }
        // Repair that no article offers, but a superior granted.
        None if remedy == Remedy::Repair => &STO_05,
        Some(_) | None => return Quote::nothing(&STO_04),
    };
    let quote = Quote::at_list_prices(items, Collection::AfterWork, Consent::Claimant, rule)
        .because(STO_30.cite())
        .because(STO_31.cite())
        .obliging(
            Side::Respondent,
            words(
                "维修前明确告知收费项目和金额",
                "Make the charged items and amounts known before the repair",
            ),
            &STO_30,
        );
    let unpriced = items.iter().any(|item| item.price.is_none());
    if unpriced { quote.because(STO_R13.cite()) } else { quote }
}
