//! The map file: read and checked as a whole before the first row is looked at.

use super::destination::Destination;
use super::source::{Form, Shape, Source};
use crate::failure::Failure;
use iso_currency::Currency;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How the columns of a file become the facts of a claim.
#[derive(Debug)]
pub(super) struct Map {
    /// Part of every ticket's reference.
    pub(super) name: String,
    /// Heading of the column that tells rows apart.
    pub(super) key: String,
    /// Values that a column may have, mapped or not.
    pub(super) allowed: BTreeMap<String, Vec<String>>,
    /// What goes where.
    pub(super) fields: Vec<(String, Destination, Source)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    key: String,
    #[serde(default)]
    allowed: BTreeMap<String, Vec<String>>,
    fields: BTreeMap<String, Source>,
}

/// One thing wrong with a map.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{field}: {what}")]
struct MapProblem {
    field: String,
    what: String,
}

impl Map {
    /// Reads and checks a map; every problem is reported, not only the first.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(Failure::file(path))?;
        Self::parse(&text).map_err(|problems| {
            Failure::input(
                format!("the map {} cannot be used:\n  {}", path.display(), problems.join("\n  ")),
                "the format is described in host/cli/maps/README.md",
            )
        })
    }

    pub(super) fn parse(text: &str) -> Result<Self, Vec<String>> {
        let file: File =
            toml::from_str(text).map_err(|error| vec![error.to_string().trim_end().to_owned()])?;
        let mut problems = Vec::new();
        let mut fields = Vec::new();
        if file.name.is_empty() || !file.name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        {
            problems.push(
                "name: letters, digits, - and _ only: it is part of every ticket's reference".to_owned(),
            );
        }
        for (name, source) in file.fields {
            match name.parse::<Destination>() {
                Ok(destination) => {
                    let found = check(&name, &destination, &source);
                    problems.extend(found.iter().map(ToString::to_string));
                    fields.push((name, destination, source));
                }
                Err(error) => problems.push(format!("{name}: {error}")),
            }
        }
        if problems.is_empty() {
            Ok(Self { name: file.name, key: file.key, allowed: file.allowed, fields })
        } else {
            Err(problems)
        }
    }

    /// Every heading that the map reads.
    pub(super) fn columns(&self) -> BTreeSet<&str> {
        let named = self.fields.iter().flat_map(|(_, _, source)| {
            let cases = source.when.iter().flat_map(|case| &case.any);
            source.column.iter().chain(&source.join).chain(cases).map(String::as_str)
        });
        named.chain(self.allowed.keys().map(String::as_str)).chain([self.key.as_str()]).collect()
    }
}

fn check(field: &str, destination: &Destination, source: &Source) -> Vec<MapProblem> {
    let mut problems = Vec::new();
    let mut problem = |what: String| problems.push(MapProblem { field: field.to_owned(), what });
    let ways = [
        source.constant.is_some(),
        source.as_of,
        source.column.is_some(),
        !source.join.is_empty(),
        !source.when.is_empty(),
    ];
    if ways.iter().filter(|way| **way).count() != 1 {
        problem("give exactly one of constant, as-of, column, join, when".to_owned());
        return problems;
    }
    let kind = destination.kind();
    let shape = match &source.constant {
        Some(constant) => constant_shape(constant),
        None if source.as_of => Some(Shape::Date),
        None => Some(source.form.shape()),
    };
    if !shape.is_some_and(|shape| kind.takes(shape)) {
        problem(format!("takes {}", kind.wants()));
    }
    if (!source.join.is_empty() || !source.when.is_empty()) && source.form != Form::Text {
        problem("join and when give texts: leave `as` out".to_owned());
    }
    match (source.form, source.currency.as_deref()) {
        (Form::Money, Some(code)) if Currency::from_code(code).is_none() => {
            problem(format!("{code:?} is no ISO 4217 currency"));
        }
        (Form::Money, None) => problem("money needs a currency, for instance currency = \"INR\"".to_owned()),
        _ => {}
    }
    let constant = source.constant.as_ref().and_then(toml::Value::as_str);
    let words = source.values.values().map(String::as_str).chain(constant);
    let cases = source.when.iter().map(|case| case.then.as_str()).chain(source.otherwise.as_deref());
    for word in words.chain(cases).filter(|word| !kind.accepts_word(word)) {
        problem(format!("{word:?} is no {}", kind.list()));
    }
    problems
}

fn constant_shape(value: &toml::Value) -> Option<Shape> {
    match value {
        toml::Value::String(_) => Some(Shape::Text),
        toml::Value::Integer(_) => Some(Shape::Integer),
        toml::Value::Boolean(_) => Some(Shape::Boolean),
        toml::Value::Datetime(_) => Some(Shape::Date),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_of_a_map_is_reported() {
        let problems = Map::parse(
            r#"
            name = "my map"
            key = "id"
            [fields]
            "product.colour" = { column = "a" }
            "claimed" = { column = "b", as = "money", currency = "RUPEES" }
            "cause" = { column = "c", values = { x = "fraud" } }
            "dates.sold" = { column = "d" }
            "asked" = { column = "e", constant = "repair" }
            "#,
        )
        .unwrap_err();
        let has = |start: &str| problems.iter().filter(|p| p.starts_with(start)).count();
        assert_eq!(has("name: "), 1);
        assert_eq!(has("product.colour: is no place"), 1);
        assert_eq!(has("claimed: \"RUPEES\""), 1);
        assert_eq!(has("cause: \"fraud\" is no cause"), 1);
        assert_eq!(has("dates.sold: takes as = \"date\""), 1);
        assert_eq!(has("asked: give exactly one"), 1);
        assert_eq!(problems.len(), 6, "{problems:#?}");
    }

    #[test]
    fn the_maps_that_are_shipped_can_be_used() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps");
        let maps = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let maps: Vec<_> = maps.filter(|path| path.extension().is_some_and(|ext| ext == "toml")).collect();
        assert!(!maps.is_empty());
        for map in maps {
            Map::read(&map).unwrap();
        }
    }
}
