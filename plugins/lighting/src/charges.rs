//! Repair for a fee, where it can be repaired (rule 50).

use crate::coverage;
use crate::manifest::REPAIRABLE;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// A quote for `items` out of warranty; nothing within it, or where nothing can be repaired.
pub fn quote_for(case: &Case, items: &[Item]) -> Quote {
    if coverage::decide(case).ruling != Ruling::NotCovered {
        return Quote::nothing(&LGT_11);
    }
    if REPAIRABLE.is_false(case) {
        return Quote::nothing(&LGT_50);
    }
    Quote::at_list_prices(items, Collection::AfterWork, Consent::Claimant, &LGT_50).because(LGT_R16.cite())
}
