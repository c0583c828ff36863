//! `charges`.

use super::{all, citation, decimal, money, obligation, text};
use crate::contract::v0_1::ask::same_cases;
use crate::contract::v0_1::exports::charges as wit;
use crate::failure::Failure;
use sanbao_domain::charges::{Collection, Consent, ItemKind, Line, Quote};

same_cases! {
    item_kind: wit::ItemKind => ItemKind { Labour Part Travel Freight Inspection }
    collection: wit::Collection => Collection { Never AfterWork BeforeWork }
    consent: wit::Consent => Consent { None Claimant Superior Both }
}

pub(crate) fn quote(quote: wit::Quote) -> Result<Quote, Failure> {
    Ok(Quote {
        lines: quote.lines.into_iter().enumerate().map(line).collect::<Result<_, _>>()?,
        collect: collection(quote.collect),
        consent: consent(quote.consent),
        obligations: all(quote.obligations, obligation),
        citations: all(quote.citations, citation),
    })
}

fn line((i, line): (usize, wit::Line)) -> Result<Line, Failure> {
    Ok(Line {
        kind: item_kind(line.kind),
        code: line.code,
        title: text(line.title),
        quantity: decimal(line.quantity).ok_or_else(|| Failure::BadValue {
            place: format!("lines[{i}].quantity"),
            given: format!("a decimal of scale {}", line.quantity.scale),
        })?,
        amount: money(line.amount),
    })
}
