//! `retention`: what becomes of parts.

use super::answer::{all, citation, destination, span};
use super::case::case;
use super::exports::retention as wit;
use super::{Bound, ask, wit as types};
use crate::contract::{Asked, PutTo};
use crate::guest::Guest;
use crate::question::{Keep, Replaced, RequiredStock};
use sanbao_domain::retention::{Keeping, OldPart, Part, RequiredStock as Stock};
use wasmtime::Store;

impl PutTo<Bound> for Keep {
    type Prepared = (types::Case, wit::Part);

    fn prepare(self) -> Self::Prepared {
        (case(self.case), part(self.part))
    }

    fn ask((case, part): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Asked<Self> {
        Ok(Ok(bound.keep(store, case, part)?.map(keeping)))
    }
}

impl PutTo<Bound> for Replaced {
    type Prepared = (types::Case, wit::Part);

    fn prepare(self) -> Self::Prepared {
        (case(self.case), part(self.part))
    }

    fn ask((case, part): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Asked<Self> {
        Ok(Ok(old_part(bound.replaced(store, case, part)?)))
    }
}

impl PutTo<Bound> for RequiredStock {
    type Prepared = Vec<types::Attribute>;

    fn prepare(self) -> Self::Prepared {
        ask::attributes(self.settings)
    }

    fn ask(settings: &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Asked<Self> {
        Ok(Ok(required_stock(bound.required_stock(store, settings)?)))
    }
}

fn keeping(keeping: wit::Keeping) -> Keeping {
    Keeping { term: span(keeping.term), citations: all(keeping.citations, citation) }
}

fn old_part(part: wit::OldPart) -> OldPart {
    OldPart {
        must_come_back: part.must_come_back,
        within: part.within.map(span),
        goes_to: destination(part.goes_to),
        scrap_after: part.scrap_after.map(span),
        citations: all(part.citations, citation),
    }
}

fn required_stock(stock: Vec<wit::Stock>) -> Vec<Stock> {
    all(stock, |stock| Stock {
        kind: stock.kind,
        at_least: stock.at_least,
        citations: all(stock.citations, citation),
    })
}

fn part(part: Part) -> wit::Part {
    wit::Part { number: part.number, kind: part.kind, repaired: part.repaired }
}
