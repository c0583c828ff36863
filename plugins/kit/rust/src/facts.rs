//! Reading a case.

use crate::declare::{Fact, Setting};
use crate::types::{Attribute, Case, Date, Decimal, Moment, PartyKind, UseUnit, Value};

fn find<'a>(list: &'a [Attribute], name: &str) -> Option<&'a Value> {
    list.iter().find(|one| one.name == name).map(|one| &one.value)
}

impl Fact {
    /// Its value; `None` where it is not known.
    pub fn value<'a>(&self, case: &'a Case) -> Option<&'a Value> {
        find(&case.attributes, self.name)
    }

    /// Its value, for a fact of type boolean.
    pub fn boolean(&self, case: &Case) -> Option<bool> {
        match self.value(case) {
            Some(Value::Boolean(yes)) => Some(*yes),
            _ => None,
        }
    }

    /// Known to be so.
    pub fn is_true(&self, case: &Case) -> bool {
        self.boolean(case) == Some(true)
    }

    /// Known not to be so.
    pub fn is_false(&self, case: &Case) -> bool {
        self.boolean(case) == Some(false)
    }

    /// Its value, for a fact of type text.
    pub fn text<'a>(&self, case: &'a Case) -> Option<&'a str> {
        match self.value(case) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Its value, for a fact of type integer.
    pub fn integer(&self, case: &Case) -> Option<i64> {
        match self.value(case) {
            Some(Value::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    /// Its value, for a fact of type decimal.
    pub fn decimal(&self, case: &Case) -> Option<Decimal> {
        match self.value(case) {
            Some(Value::Decimal(number)) => Some(*number),
            _ => None,
        }
    }

    /// Its value, for a fact of type date.
    pub fn date(&self, case: &Case) -> Option<Date> {
        match self.value(case) {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        }
    }
}

impl Setting {
    /// The figure chosen at activation, or `otherwise`.
    pub fn integer(&self, settings: &[Attribute], otherwise: i64) -> i64 {
        match find(settings, self.name) {
            Some(Value::Integer(number)) => *number,
            _ => otherwise,
        }
    }

    /// The figure chosen at activation as an amount; 0 where there is none, or none that can be an amount.
    pub fn amount(&self, settings: &[Attribute]) -> u32 {
        u32::try_from(self.integer(settings, 0)).unwrap_or(0)
    }

    /// The decimal chosen at activation.
    pub fn decimal(&self, settings: &[Attribute]) -> Option<Decimal> {
        match find(settings, self.name) {
            Some(Value::Decimal(number)) => Some(*number),
            _ => None,
        }
    }

    /// The switch chosen at activation, or `otherwise`.
    pub fn boolean(&self, settings: &[Attribute], otherwise: bool) -> bool {
        match find(settings, self.name) {
            Some(Value::Boolean(yes)) => *yes,
            _ => otherwise,
        }
    }
}

impl Case {
    /// When the claim was reported to the respondent; now, where no earlier report is known.
    pub fn reported(&self) -> Moment {
        match self.dates.reported {
            Some(reported) if reported.on <= self.now.on => reported,
            _ => self.now,
        }
    }

    /// The highest reading of a counter, where one is known.
    pub fn used(&self, unit: UseUnit) -> Option<u64> {
        let readings = self.history.usage.iter().filter(|reading| reading.unit == unit);
        readings.map(|reading| reading.amount).max()
    }

    /// The claimant is an end customer: a consumer or a business that uses the product itself.
    pub fn from_end_customer(&self) -> bool {
        matches!(self.claimant.kind, PartyKind::Consumer | PartyKind::Business)
    }
}
