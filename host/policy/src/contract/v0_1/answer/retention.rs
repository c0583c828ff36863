//! `retention`.

use super::{all, citation, destination, span};
use crate::contract::v0_1::exports::retention as wit;
use sanbao_domain::retention::{Keeping, OldPart, RequiredStock};

pub(crate) fn keeping(keeping: wit::Keeping) -> Keeping {
    Keeping { term: span(keeping.term), citations: all(keeping.citations, citation) }
}

pub(crate) fn old_part(part: wit::OldPart) -> OldPart {
    OldPart {
        must_come_back: part.must_come_back,
        within: part.within.map(span),
        goes_to: destination(part.goes_to),
        scrap_after: part.scrap_after.map(span),
        citations: all(part.citations, citation),
    }
}

pub(crate) fn required_stock(stock: Vec<wit::Stock>) -> Vec<RequiredStock> {
    all(stock, |stock| RequiredStock {
        kind: stock.kind,
        at_least: stock.at_least,
        citations: all(stock.citations, citation),
    })
}
