//! A case without anything remarkable, made from what a manifest says that it reads.

use sanbao_domain::case::{Attribute, Case, Cause, Dates, History, Matter, PartyRole, Product, Value, Wish};
use sanbao_domain::charges::{Item, ItemKind};
use sanbao_domain::manifest::{Choice, Manifest, Requirement, ValueType};
use sanbao_domain::money::{Decimal, Money};
use sanbao_domain::party::PartyKind;
use sanbao_domain::penalty::{Finding, FindingKind};
use sanbao_domain::retention::Part;
use sanbao_domain::time::{Date, Moment, Timestamp};

/// A Monday.
const NOW: Date = Date::constant(2025, 6, 2);
/// A month earlier.
const SOLD: Date = Date::constant(2025, 5, 2);

/// Noon of the day.
fn instant() -> Timestamp {
    Timestamp::constant(1_748_865_600, 0)
}

fn now() -> Moment {
    Moment { on: NOW, at: Some(instant()) }
}

fn day(on: Date) -> Option<Moment> {
    Some(Moment { on, at: None })
}

/// A consumer's claim to a store over one product.
pub(super) fn case(manifest: &Manifest) -> Case {
    let role = |kind| PartyRole { kind, standing: None, grade: None };
    Case {
        now: now(),
        jurisdiction: "CN".to_owned(),
        claimant: role(PartyKind::Consumer),
        respondent: role(PartyKind::Store),
        matter: Matter::Warranty,
        product: Product {
            category: "product".to_owned(),
            model: "M-1".to_owned(),
            serial: Some("S-1".to_owned()),
            lot: None,
            quantity: 1,
            price: Some(money()),
        },
        dates: Dates { sold: day(SOLD), received: day(SOLD), reported: day(NOW), ..Dates::default() },
        history: History::default(),
        asked: Wish::Repair,
        agreed: None,
        cause: Cause::Quality,
        fault: None,
        claimed: None,
        attributes: attributes(manifest),
        settings: settings(manifest),
    }
}

/// The facts without which a claim is not judged.
fn attributes(manifest: &Manifest) -> Vec<Attribute> {
    let mut given: Vec<Attribute> = Vec::new();
    for declared in &manifest.attributes {
        let required = match &declared.required {
            Requirement::Optional => false,
            Requirement::Always => true,
            Requirement::When(all) => all.iter().all(|condition| {
                given.iter().any(|one| one.name == condition.attribute && one.value == condition.equals)
            }),
        };
        if required {
            let value = value(declared.value_type, &declared.choices);
            given.push(Attribute { name: declared.name.clone(), value });
        }
    }
    given
}

/// Every setting, with its default where it has one.
pub(super) fn settings(manifest: &Manifest) -> Vec<Attribute> {
    let settings = manifest.settings.iter();
    let chosen = settings.map(|setting| Attribute {
        name: setting.name.clone(),
        value: setting.default.clone().unwrap_or_else(|| value(setting.value_type, &setting.choices)),
    });
    chosen.collect()
}

fn value(value_type: ValueType, choices: &[Choice]) -> Value {
    match value_type {
        ValueType::Text => Value::Text(choices.first().map_or("text", |choice| &choice.value).to_owned()),
        ValueType::Integer => Value::Integer(1),
        ValueType::Decimal => Value::Decimal(one()),
        ValueType::Boolean => Value::Boolean(false),
        ValueType::Date => Value::Date(SOLD),
        ValueType::Instant => Value::Instant(instant()),
    }
}

pub(super) fn finding() -> Finding {
    Finding {
        kind: FindingKind::RuleViolation,
        found: now(),
        batch_value: Some(money()),
        serious: false,
        earlier: 0,
    }
}

pub(super) fn part() -> Part {
    Part { number: "P-1".to_owned(), kind: "part".to_owned(), repaired: false }
}

pub(super) fn items() -> Vec<Item> {
    vec![Item { kind: ItemKind::Labour, code: "L-1".to_owned(), quantity: one(), price: Some(money()) }]
}

fn money() -> Money {
    Money { minor: 100_000, currency: "CNY".to_owned() }
}

fn one() -> Decimal {
    Decimal { digits: 1, scale: 0 }
}
