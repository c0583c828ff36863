//! `charges`: amounts that can be added up.

use super::{Declared, ID, list, money, not_allowed, short, text};
use crate::failure::Failure;
use sanbao_domain::charges::Quote;

pub(crate) fn quote(quote: &Quote, declared: &Declared) -> Result<(), Failure> {
    list(&quote.lines, "lines")?;
    for (i, line) in quote.lines.iter().enumerate() {
        short(&line.code, ID, format_args!("lines[{i}].code"))?;
        text(&line.title, format_args!("lines[{i}].title"))?;
        if line.quantity.digits < 0 {
            let place = format_args!("lines[{i}].quantity");
            return Err(not_allowed(place, line.quantity.digits, "zero or more"));
        }
        let place = format_args!("lines[{i}].amount");
        money(&line.amount, place)?;
        if line.amount.currency != quote.lines[0].amount.currency {
            return Err(not_allowed(place, &line.amount.currency, "in the currency of the other lines"));
        }
    }
    if !quote.lines.is_empty() && quote.total().is_none() {
        return Err(not_allowed("lines", "more in all than can be counted", "a sum of 64 bits"));
    }
    declared.obligations(&quote.obligations, "obligations")?;
    declared.citations(&quote.citations, "citations")
}
