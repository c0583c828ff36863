//! Quotes and penalties: what somebody pays.

use super::coverage::{citations, obligations};
use super::{Answer, At, Change, MoneyOf};
use sanbao_domain::charges::Quote;
use sanbao_domain::money::Money;
use sanbao_domain::penalty::Measure;
use sanbao_domain::text::Text;
use std::collections::{BTreeMap, BTreeSet};

impl Answer for Quote {
    fn rules<'a>(&'a self, add: &mut dyn FnMut(&'a str)) {
        self.obligations.iter().for_each(|obligation| add(&obligation.rule));
        self.citations.iter().for_each(|citation| add(&citation.rule));
    }

    fn changes(before: &Self, after: &Self, _: At<'_>, to: &mut Vec<Change>) {
        fn total(quote: &Quote) -> BTreeMap<&str, i64> {
            sums(quote.lines.iter().map(|line| Some(&line.amount)))
        }
        differences(MoneyOf::Charges, &total(before), &total(after), to);
    }

    fn blank(&mut self) {
        for line in &mut self.lines {
            line.title = Text::default();
        }
        obligations(&mut self.obligations);
        citations(&mut self.citations);
    }
}

impl Answer for Vec<Measure> {
    fn rules<'a>(&'a self, add: &mut dyn FnMut(&'a str)) {
        self.iter().flat_map(|measure| &measure.citations).for_each(|citation| add(&citation.rule));
    }

    fn changes(before: &Self, after: &Self, _: At<'_>, to: &mut Vec<Change>) {
        fn least(list: &[Measure]) -> BTreeMap<&str, i64> {
            sums(list.iter().map(|measure| measure.at_least.as_ref()))
        }
        fn most(list: &[Measure]) -> BTreeMap<&str, i64> {
            sums(list.iter().map(|measure| measure.at_most.as_ref()))
        }
        differences(MoneyOf::FinesAtLeast, &least(before), &least(after), to);
        differences(MoneyOf::FinesAtMost, &most(before), &most(after), to);
    }

    fn blank(&mut self) {
        for measure in self {
            citations(&mut measure.citations);
        }
    }
}

/// Sums by currency. The host refuses quotes whose sum does not fit; fines are few.
fn sums<'a>(amounts: impl Iterator<Item = Option<&'a Money>>) -> BTreeMap<&'a str, i64> {
    let mut sums = BTreeMap::new();
    for money in amounts.flatten() {
        let sum: &mut i64 = sums.entry(money.currency.as_str()).or_default();
        *sum = sum.saturating_add(money.minor);
    }
    sums
}

fn differences(of: MoneyOf, before: &BTreeMap<&str, i64>, after: &BTreeMap<&str, i64>, to: &mut Vec<Change>) {
    let currencies: BTreeSet<&&str> = before.keys().chain(after.keys()).collect();
    for currency in currencies {
        let amount = |sums: &BTreeMap<&str, i64>| sums.get(*currency).copied().unwrap_or_default();
        let (old, new) = (amount(before), amount(after));
        if old != new {
            to.push(Change::Money { of, currency: (*currency).to_owned(), from: old, to: new });
        }
    }
}
