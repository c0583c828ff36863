//! Another solution than the warranty's: quoted, agreed, done, then paid (rules 4 and 11).

use crate::cause::Origin;
use crate::coverage;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// A quote for `items` outside the guarantees; nothing within them.
pub fn quote_for(case: &Case, items: &[Item]) -> Quote {
    if coverage::decide(case).ruling != Ruling::NotCovered {
        return Quote::nothing(&AUT_06);
    }
    let rule = if Origin::of(case) == Origin::Human { &AUT_11 } else { &AUT_04 };
    Quote::at_list_prices(items, Collection::AfterWork, Consent::Claimant, rule).because(AUT_R8.cite())
}
