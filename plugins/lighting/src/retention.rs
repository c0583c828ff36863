//! Parts: kept after production ends (rule 43), repaired for the pool (46, 47), held by dealers (44).

use crate::coverage::warranty::RIGID_LIGHT_BAR;
use crate::manifest::STOCKS;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// Kinds of parts, as the brand calls them.
pub const ELECTRONIC: &str = "electronic";
/// See [`ELECTRONIC`].
pub const LIGHT_SOURCE: &str = "light-source";
/// See [`ELECTRONIC`].
pub const LIGHT_BAR: &str = "light-bar";

/// Rule 43: as long as the warranty.
pub fn keep(case: &Case, part: &Part) -> Option<Keeping> {
    let of_a_light_bar = case.product.category == RIGID_LIGHT_BAR;
    match part.kind.as_str() {
        ELECTRONIC => Some(Keeping::of(Span::years(3), &LGT_43)),
        LIGHT_BAR => Some(Keeping::of(Span::years(2), &LGT_43)),
        LIGHT_SOURCE => {
            let years = if of_a_light_bar { 2 } else { 3 };
            Some(Keeping::of(Span::years(years), &LGT_43).because(LGT_R17.cite()))
        }
        _ => None,
    }
}

/// Electronic parts come back to be repaired for replacement; all others may stay (LGT-R18).
pub fn replaced(case: &Case, part: &Part) -> OldPart {
    if part.kind != ELECTRONIC {
        return OldPart::may_stay(Destination::Stays, &LGT_R18);
    }
    let goods_to = match case.claimant.kind {
        PartyKind::Distributor => Destination::Agent,
        _ => Destination::Headquarters,
    };
    OldPart::comes_back(goods_to, &LGT_46).because(LGT_47.cite()).because(LGT_R18.cite())
}

/// Rule 44: what the brand asks for, once it asks for some.
pub fn required_stock(settings: &[Attribute]) -> Vec<Stock> {
    let stocks = STOCKS.iter().map(|(kind, setting)| Stock::of(kind, setting.amount(settings), &LGT_44));
    stocks.filter(|stock| stock.at_least > 0).collect()
}
