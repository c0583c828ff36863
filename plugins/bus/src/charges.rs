//! No fee on any pretext; paid service only with the leader's consent (rule 16).

use crate::coverage;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// A quote for `items` outside the guarantees; nothing within them.
pub fn quote_for(case: &Case, items: &[Item]) -> Quote {
    if coverage::decide(case).ruling != Ruling::NotCovered {
        return Quote::nothing(&BUS_16);
    }
    Quote::at_list_prices(items, Collection::AfterWork, Consent::Both, &BUS_16)
        .because(BUS_R12.cite())
        .obliging(
            Side::Respondent,
            words(
                "所收款项返回后全额上交，冲抵服务费用",
                "Hand the money in in full on return; it offsets service expense",
            ),
            &BUS_16,
        )
}
