//! `retention`.

use super::{Declared, ID, list, needed, not_allowed, short, span, within};
use crate::failure::Failure;
use sanbao_domain::retention::{Keeping, OldPart, RequiredStock};
use std::collections::HashSet;

pub(crate) fn keeping(keeping: &Option<Keeping>, declared: &Declared) -> Result<(), Failure> {
    let Some(keeping) = keeping else { return Ok(()) };
    span(keeping.term, "keeping.term")?;
    declared.citations(&keeping.citations, "keeping.citations")
}

pub(crate) fn old_part(part: &OldPart, declared: &Declared) -> Result<(), Failure> {
    within(part.within, "within")?;
    within(part.scrap_after, "scrap-after")?;
    declared.citations(&part.citations, "citations")
}

pub(crate) fn required_stock(stock: &[RequiredStock], declared: &Declared) -> Result<(), Failure> {
    list(stock, "stock")?;
    let mut kinds = HashSet::new();
    for (i, required) in stock.iter().enumerate() {
        let place = format_args!("stock[{i}].kind");
        needed(!required.kind.is_empty(), place)?;
        short(&required.kind, ID, place)?;
        if !kinds.insert(&required.kind) {
            return Err(not_allowed(place, format_args!("\"{}\"", required.kind), "named once"));
        }
        declared.citations(&required.citations, format_args!("stock[{i}].citations"))?;
    }
    Ok(())
}
