//! `sanbao policy facts`: a facts file made from the manifest.

use super::{Lang, accepted, show};
use crate::failure::Failure;
use sanbao_domain::manifest::{AttributeDeclaration, Manifest, Requirement, ValueType, plain};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The policy.
    file: PathBuf,
    /// Language of the explanations.
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let policy = accepted(&args.file)?;
    show::json(&template(policy.manifest(), args.lang))
}

/// Everything that can be given, with what it is in `about`; null counts as not given.
fn template(manifest: &Manifest, lang: Lang) -> Template {
    let mut about = Map::new();
    let mut attributes = Map::new();
    for declared in &manifest.attributes {
        about.insert(format!("attributes.{}", declared.name), json!(explain(declared, lang)));
        let required = matches!(declared.required, Requirement::Always);
        attributes.insert(declared.name.clone(), if required { sample(declared) } else { Value::Null });
    }
    let mut settings = Map::new();
    for declared in &manifest.settings {
        about.insert(format!("settings.{}", declared.name), json!(declared.label.get(lang.into())));
        settings.insert(declared.name.clone(), declared.default.as_ref().map_or(Value::Null, plain));
    }
    Template {
        about,
        now: "2026-03-16",
        jurisdiction: "CN",
        claimant: json!({ "kind": "consumer" }),
        respondent: json!({ "kind": "store" }),
        product: json!({ "category": "lamp", "model": "A1", "quantity": 1 }),
        dates: json!({ "sold": "2026-03-01", "reported": "2026-03-16" }),
        asked: "unspecified",
        cause: "quality",
        attributes,
        settings,
        calendar: json!({ "time_zone": "Asia/Shanghai" }),
        request: json!({ "remedy": "repair", "offered": true, "disputed": false }),
        event: "goods-received",
    }
}

/// The facts file with its parts in the order in which they are read.
#[derive(Serialize)]
struct Template {
    about: Map<String, Value>,
    now: &'static str,
    jurisdiction: &'static str,
    claimant: Value,
    respondent: Value,
    product: Value,
    dates: Value,
    asked: &'static str,
    cause: &'static str,
    attributes: Map<String, Value>,
    settings: Map<String, Value>,
    calendar: Value,
    request: Value,
    event: &'static str,
}

fn explain(declared: &AttributeDeclaration, lang: Lang) -> String {
    let mut text = declared.label.get(lang.into()).to_owned();
    let choices: Vec<&str> = declared.choices.iter().map(|choice| choice.value.as_str()).collect();
    let takes = if choices.is_empty() { shape(declared.value_type).to_owned() } else { choices.join(" | ") };
    text.push_str(&format!(" ({takes}"));
    match &declared.required {
        Requirement::Optional => {}
        Requirement::Always => text.push_str("; required"),
        Requirement::When(conditions) => {
            let when: Vec<String> =
                conditions.iter().map(|c| format!("{} is {}", c.attribute, plain(&c.equals))).collect();
            text.push_str(&format!("; required when {}", when.join(" and ")));
        }
    }
    if !declared.rules.is_empty() {
        text.push_str(&format!("; {}", declared.rules.join(" ")));
    }
    text.push(')');
    text
}

fn shape(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Text => "text",
        ValueType::Integer => "whole number",
        ValueType::Decimal => "decimal, as text",
        ValueType::Boolean => "true | false",
        ValueType::Date => "YYYY-MM-DD",
        ValueType::Instant => "RFC 3339 instant",
    }
}

fn sample(declared: &AttributeDeclaration) -> Value {
    match (declared.value_type, declared.choices.first()) {
        (_, Some(choice)) => json!(choice.value),
        (ValueType::Text, None) => json!(""),
        (ValueType::Integer, None) => json!(0),
        (ValueType::Decimal, None) => json!("0"),
        (ValueType::Boolean, None) => json!(false),
        (ValueType::Date, None) => json!("2026-03-16"),
        (ValueType::Instant, None) => json!("2026-03-16T09:00:00Z"),
    }
}
