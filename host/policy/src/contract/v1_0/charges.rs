//! `charges`: what work costs.

use super::answer::{all, citation, decimal, money, obligation, text};
use super::case::case;
use super::exports::charges as wit;
use super::{Bound, ask, wit as types};
use crate::contract::{Asked, PutTo};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::question::Charges;
use sanbao_domain::charges::{Collection, Consent, Item, ItemKind, Line, Quote};
use wasmtime::Store;

impl PutTo<Bound> for Charges {
    type Prepared = (types::Case, types::Remedy, Vec<wit::Item>);

    fn prepare(self) -> Self::Prepared {
        (case(self.case), ask::remedy(self.remedy), items(self.items))
    }

    fn ask((case, remedy, items): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Asked<Self> {
        Ok(quote(bound.quote_for(store, case, *remedy, items)?))
    }
}

same_cases! {
    asked_kind: ItemKind => wit::ItemKind { Labour Part Travel Freight Inspection }
    item_kind: wit::ItemKind => ItemKind { Labour Part Travel Freight Inspection }
    collection: wit::Collection => Collection { Never AfterWork BeforeWork }
    consent: wit::Consent => Consent { None Claimant Superior Both }
}

fn quote(quote: wit::Quote) -> Result<Quote, Failure> {
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

fn items(items: Vec<Item>) -> Vec<wit::Item> {
    let item = |item: Item| wit::Item {
        kind: asked_kind(item.kind),
        code: item.code,
        quantity: ask::decimal(item.quantity),
        price: item.price.map(ask::money),
    };
    items.into_iter().map(item).collect()
}
