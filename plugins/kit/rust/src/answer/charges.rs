//! What work costs, when it is collected and who consents.

use crate::charges::{Collection, Consent, Item, ItemKind, Line, Quote};
use crate::declare::{Rule, Words, words};
use crate::types::{Citation, Decimal, Money, Side};
use alloc::borrow::ToOwned;
use alloc::vec;
use alloc::vec::Vec;

const TO_PRICE: Words = words(
    "价目表没有的项目，定价并告知客户后方可施工",
    "Price the items that the list lacks, and tell the customer, before the work",
);

impl Quote {
    /// Nothing may be collected.
    pub fn nothing(rule: &Rule) -> Self {
        Self {
            lines: Vec::new(),
            collect: Collection::Never,
            consent: Consent::None,
            obligations: Vec::new(),
            citations: vec![rule.cite()],
        }
    }

    /// Every item at its list price. What the list lacks cannot be quoted: the respondent is obliged to price it first.
    pub fn at_list_prices(items: &[Item], collect: Collection, consent: Consent, rule: &Rule) -> Self {
        let lines: Vec<Line> = items.iter().filter_map(Item::line).collect();
        let unpriced = lines.len() < items.len();
        let quote = Self { lines, collect, consent, ..Self::nothing(rule) };
        if unpriced { quote.obliging(Side::Respondent, TO_PRICE, rule) } else { quote }
    }

    /// One more rule behind it.
    pub fn because(mut self, citation: Citation) -> Self {
        self.citations.push(citation);
        self
    }

    /// Something that a side must do.
    pub fn obliging(mut self, who: Side, what: Words, rule: &Rule) -> Self {
        self.obligations.push(super::obligation(who, what, rule));
        self
    }
}

impl Item {
    fn line(&self) -> Option<Line> {
        let price = self.price.as_ref()?;
        Some(Line {
            kind: self.kind,
            code: self.code.clone(),
            title: self.kind.title().into(),
            quantity: self.quantity,
            amount: price.of(self.quantity),
        })
    }
}

impl ItemKind {
    /// What a customer reads on the bill.
    pub const fn title(self) -> Words {
        match self {
            Self::Labour => words("工时费", "Labour"),
            Self::Part => words("配件费", "Part"),
            Self::Travel => words("上门费", "Travel"),
            Self::Freight => words("运费", "Freight"),
            Self::Inspection => words("检测费", "Inspection"),
        }
    }
}

impl Money {
    /// So many minor units of a currency.
    pub fn new(minor: i64, currency: &str) -> Self {
        Self { minor, currency: currency.to_owned() }
    }

    /// So many times this much, saturating.
    pub fn times(&self, factor: i64) -> Self {
        Self { minor: self.minor.saturating_mul(factor), currency: self.currency.clone() }
    }

    /// The price of `quantity` at this price for one, half a minor unit rounded up.
    pub fn of(&self, quantity: Decimal) -> Self {
        let parts = 10i128.pow(u32::from(quantity.scale.min(18)));
        let exact = i128::from(self.minor) * i128::from(quantity.digits);
        let rounded = (exact * 2 + parts).div_euclid(parts * 2);
        let limited = rounded.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
        Self { minor: limited as i64, currency: self.currency.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_to_minor_units() {
        for (minor, digits, scale, amount) in
            [(1999, 3, 0, 5997), (333, 15, 1, 500), (1, 5, 1, 1), (1, 4, 1, 0), (i64::MAX, 2, 0, i64::MAX)]
        {
            let price = Money::new(minor, "CNY");
            assert_eq!(price.of(Decimal { digits, scale }).minor, amount, "{minor} x {digits}e-{scale}");
        }
    }
}
