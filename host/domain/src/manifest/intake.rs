//! Plain JSON in, typed values out: what a form or an API client sends, checked against what the
//! manifest declares. Every problem is reported, not only the first.

pub(crate) mod decimal;
mod problem;

pub use problem::{FactKind, FactProblem};

use super::{AttributeDeclaration, Choice, Condition, Manifest, Requirement, SettingDeclaration, ValueType};
use crate::case::{Attribute, Value};
use crate::time::{Date, Timestamp};
use serde_json::{Map, Value as Json};
use std::str::FromStr;

/// Looking for what was meant takes time, which a body full of made-up names must not buy.
const MOST_SUGGESTIONS: usize = 16;

/// The given attributes as typed values, in the manifest's order. A null counts as not given.
///
/// # Errors
/// Names that are not declared, values of another type, texts that are not among the choices: all of
/// them, in the order of their names.
pub fn typed_attributes(
    declared: &[AttributeDeclaration],
    given: &Map<String, Json>,
) -> Result<Vec<Attribute>, Vec<FactProblem>> {
    let fields = declared.iter().map(|field| Field {
        name: &field.name,
        value_type: field.value_type,
        choices: &field.choices,
        absent: Absent::Left,
    });
    typed(FactKind::Attribute, fields.collect(), given)
}

/// The settings as typed values, in the manifest's order: as given, else their default. A null counts
/// as not given.
///
/// # Errors
/// As [`typed_attributes`], and settings that are not given and have no default.
pub fn typed_settings(
    declared: &[SettingDeclaration],
    given: &Map<String, Json>,
) -> Result<Vec<Attribute>, Vec<FactProblem>> {
    typed(FactKind::Setting, settings(declared, true), given)
}

/// Only the settings that are given, as typed values in the manifest's order: they stand in front of others. A
/// null counts as not given.
///
/// # Errors
/// As [`typed_attributes`].
pub fn typed_overrides(
    declared: &[SettingDeclaration],
    given: &Map<String, Json>,
) -> Result<Vec<Attribute>, Vec<FactProblem>> {
    typed(FactKind::Setting, settings(declared, false), given)
}

fn settings(declared: &[SettingDeclaration], whole: bool) -> Vec<Field<'_>> {
    let fields = declared.iter().map(|field| Field {
        name: &field.name,
        value_type: field.value_type,
        choices: &field.choices,
        absent: match &field.default {
            _ if !whole => Absent::Left,
            Some(value) => Absent::Default(value),
            None => Absent::Missing,
        },
    });
    fields.collect()
}

/// The declared attributes that are required, always or under conditions that all hold, and absent.
pub fn unmet_requirements<'a>(manifest: &'a Manifest, given: &[Attribute]) -> Vec<&'a AttributeDeclaration> {
    let holds = |condition: &Condition| {
        given.iter().any(|fact| fact.name == condition.attribute && same(&fact.value, &condition.equals))
    };
    let required = |declared: &&AttributeDeclaration| match &declared.required {
        Requirement::Optional => false,
        Requirement::Always => true,
        Requirement::When(conditions) => conditions.iter().all(holds),
    };
    let absent = |declared: &&AttributeDeclaration| given.iter().all(|fact| fact.name != declared.name);
    manifest.attributes.iter().filter(required).filter(absent).collect()
}

/// The value as plain JSON, as [`typed_attributes`] takes it. A decimal becomes a text, for JSON
/// numbers are floating point in most readers' hands.
pub fn plain(value: &Value) -> Json {
    match value {
        Value::Text(text) => Json::from(text.as_str()),
        Value::Integer(number) => Json::from(*number),
        Value::Decimal(number) => Json::from(decimal::print(*number)),
        Value::Boolean(yes) => Json::from(*yes),
        Value::Date(day) => Json::from(day.to_string()),
        Value::Instant(at) => Json::from(at.to_string()),
    }
}

/// What attributes and settings have in common.
struct Field<'a> {
    name: &'a str,
    value_type: ValueType,
    choices: &'a [Choice],
    absent: Absent<'a>,
}

/// What follows when nothing is given.
enum Absent<'a> {
    Left,
    Default(&'a Value),
    Missing,
}

fn typed(
    kind: FactKind,
    fields: Vec<Field>,
    given: &Map<String, Json>,
) -> Result<Vec<Attribute>, Vec<FactProblem>> {
    let names = || fields.iter().map(|field| field.name);
    let unknown = given.keys().filter(|name| names().all(|declared| declared != *name));
    let mut problems: Vec<FactProblem> = unknown
        .enumerate()
        .map(|(earlier, name)| {
            FactProblem::unknown(kind, name, names().filter(|_| earlier < MOST_SUGGESTIONS))
        })
        .collect();
    let mut facts = Vec::with_capacity(fields.len());
    for field in &fields {
        let value = match given.get(field.name).filter(|json| !json.is_null()) {
            Some(json) => typed_value(kind, field, json).map(Some),
            None => match field.absent {
                Absent::Left => Ok(None),
                Absent::Default(value) => Ok(Some(value.clone())),
                Absent::Missing => Err(FactProblem::Missing { kind, name: field.name.to_owned() }),
            },
        };
        match value {
            Ok(value) => facts.extend(value.map(|value| Attribute { name: field.name.to_owned(), value })),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        return Ok(facts);
    }
    problems.sort_by(|one, other| one.name().cmp(other.name()));
    Err(problems)
}

fn typed_value(kind: FactKind, field: &Field, json: &Json) -> Result<Value, FactProblem> {
    let value = match (field.value_type, json) {
        (ValueType::Text, Json::String(text)) => Some(Value::Text(text.clone())),
        (ValueType::Integer, Json::Number(number)) => number.as_i64().map(Value::Integer),
        (ValueType::Boolean, Json::Bool(yes)) => Some(Value::Boolean(*yes)),
        (ValueType::Decimal, Json::String(text)) => decimal::parse(text).map(Value::Decimal),
        (ValueType::Decimal, Json::Number(number)) => decimal::from_number(number).map(Value::Decimal),
        (ValueType::Date, Json::String(text)) => day(text).map(Value::Date),
        (ValueType::Instant, Json::String(text)) => Timestamp::from_str(text).ok().map(Value::Instant),
        _ => None,
    };
    match value {
        None => Err(FactProblem::wrong_type(kind, field.name, field.value_type, json)),
        Some(Value::Text(text))
            if !field.choices.is_empty() && !field.choices.iter().any(|one| one.value == text) =>
        {
            Err(FactProblem::NotAChoice {
                kind,
                name: field.name.to_owned(),
                given: problem::shortened(&text),
                choices: field.choices.iter().map(|choice| choice.value.clone()).collect(),
            })
        }
        Some(value) => Ok(value),
    }
}

/// A day alone, within the years that the contract can carry.
fn day(text: &str) -> Option<Date> {
    // Date's own parser takes date-times as well and would drop the time silently.
    (text.len() == 10).then(|| Date::from_str(text).ok()).flatten().filter(|day| day.year() >= 1)
}

/// Equal in value: 12.5 is 12.50.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Decimal(one), Value::Decimal(other)) => decimal::reduced(*one) == decimal::reduced(*other),
        _ => one == other,
    }
}

#[cfg(test)]
mod tests;
