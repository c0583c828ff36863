//! Nothing costs anything (2), but for what misuse, voltage or time did (HAI-R3, HAI-R4).

use crate::coverage;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// A quote for `items` where the service is not free.
pub fn quote_for(case: &Case, items: &[Item]) -> Quote {
    if coverage::decide(case).ruling != Ruling::NotCovered {
        return Quote::nothing(&HAI_02);
    }
    Quote::at_list_prices(items, Collection::AfterWork, Consent::Claimant, &HAI_R4)
}
