//! What the policy tools print.

use super::try_out::Tried;
use crate::failure::Failure;
use crate::terminal::{bold, red, table};
use sanbao_domain::manifest::Manifest;
use sanbao_domain::text::{Language, Text};
use sanbao_policy::check::difference::VersionRef;
use sanbao_policy::check::{CheckReport, Difference, Problem, Severity};
use sanbao_policy::scenario::ScenarioReport;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// JSON for people and programs alike.
pub(super) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(std::io::Error::other)?;
    out!("{text}");
    Ok(())
}

/// Who the policy is and what was found out about it.
pub(super) fn report(report: &CheckReport) {
    if let Some(manifest) = &report.manifest {
        out!("{} {}  {} / {}", manifest.name, manifest.version, manifest.title.en, manifest.title.zh);
        out!(
            "rules {}  attributes {}  settings {}  roles {}",
            manifest.rules.len(),
            manifest.attributes.len(),
            manifest.settings.len(),
            manifest.roles.len()
        );
    }
    if let Some(contract) = &report.contract {
        let interfaces: Vec<&str> = report.interfaces.iter().map(|interface| interface.name()).collect();
        out!("contract {contract}  exports {}", interfaces.join(", "));
    }
    let wrapped = if report.wrapped {
        format!(", made from a core module of {} bytes", report.uploaded)
    } else {
        String::new()
    };
    out!("component {} bytes{wrapped}", report.size);
    out!("digest {}", report.digest);
    if report.manifest.is_some() {
        out!("compiled in {} ms", report.compile_millis);
    }
    if let Some(run) = &report.scenarios {
        scenarios(run);
    }
}

/// Every problem, with what to do about it, to standard error.
pub(super) fn problems(report: &CheckReport) {
    each_problem(&report.problems);
    if report.accepted() {
        out!("accepted");
    }
}

/// Each with what to do about it, to standard error.
pub(super) fn each_problem(problems: &[Problem]) {
    for problem in problems {
        let word = match problem.severity {
            Severity::Error => red("error:").to_string(),
            Severity::Warning => bold("warning:").to_string(),
        };
        eprintln!("{word} {}: {}", problem.place, problem.message);
        if !problem.fix.is_empty() {
            eprintln!("  {} {}", bold("try:"), problem.fix);
        }
    }
}

/// How many scenarios passed, and what they cost, by interface.
pub(super) fn scenarios(report: &ScenarioReport) {
    let mut shown =
        table(&["interface", "scenarios", "passed", "failed", "fuel p50", "fuel max", "fuel total"]);
    for one in &report.interfaces {
        let counts = [one.scenarios, one.passed, one.failed].map(|count| count.to_string());
        let fuel = [one.fuel.p50, one.fuel.max, one.fuel.total].map(|fuel| fuel.to_string());
        shown.add_row([one.interface.name().to_owned()].into_iter().chain(counts).chain(fuel));
    }
    out!("{shown}");
    out!("{} of {} scenarios passed", report.run() - report.failures(), report.total);
}

/// What a newer version changes.
pub(super) fn difference(found: &Difference, language: Language) {
    let side = |one: &VersionRef| format!("{} {} ({:.12})", one.name, one.version, one.digest.to_string());
    out!("{}  →  {}", side(&found.from), side(&found.to));
    if found.declares_the_same() {
        out!("the same rules, facts, settings, roles and interfaces");
    }
    if let Some(contract) = &found.contract {
        let word = |one: &Option<String>| one.clone().unwrap_or_else(|| "unknown".to_owned());
        out!("contract {} → {}", word(&contract.from), word(&contract.to));
    }
    out!("size {} → {} bytes", found.size.from, found.size.to);
    for (sign, interfaces) in [("+", &found.interfaces_added), ("-", &found.interfaces_removed)] {
        interfaces.iter().for_each(|interface| out!("{sign} interface {}", interface.name()));
    }
    let all = [
        ("rule", &found.rules),
        ("fact", &found.attributes),
        ("setting", &found.settings),
        ("role", &found.roles),
    ];
    for (what, changes) in all {
        changes.added.iter().for_each(|one| out!("+ {what} {}  {}", one.id, one.title.get(language)));
        changes.removed.iter().for_each(|one| out!("- {what} {}  {}", one.id, one.title.get(language)));
        for one in &changes.changed {
            out!("~ {what} {}  {}", one.id, one.title.get(language));
            for field in &one.fields {
                out!(
                    "    {}: {} → {}",
                    field.field,
                    plain(&field.from, language),
                    plain(&field.to, language)
                );
            }
        }
    }
    for fuel in &found.fuel {
        let percent = fuel.permille as f64 / 10.0;
        out!("fuel of {}: {} → {} ({percent:+} %)", fuel.interface.name(), fuel.from, fuel.to);
    }
    found.notes.iter().for_each(|note| out!("note  {}", note.get(language)));
}

/// A field of a manifest: a text in the language asked for, else JSON.
fn plain(value: &Value, language: Language) -> String {
    match serde_json::from_value::<Text>(value.clone()) {
        Ok(text) => text.get(language).to_owned(),
        Err(_) => value.to_string(),
    }
}

/// An answer and what it cost.
pub(super) fn tried(tried: &Tried, manifest: &Manifest, language: Language) {
    match &tried.answer {
        Ok(answer) => {
            print_value(answer, language, 0);
            if let Some(until) = tried.until {
                out!("covered until {until}");
            }
            out!("rules");
            for rule in rules(answer, manifest, language) {
                out!(
                    "  {}  {}",
                    rule["rule"].as_str().unwrap_or_default(),
                    rule["title"].as_str().unwrap_or_default()
                );
                out!("      {}", rule["text"].as_str().unwrap_or_default());
            }
        }
        Err(failure) => out!("failed  {failure}"),
    }
    for line in tried.log["lines"].as_array().into_iter().flatten() {
        out!(
            "log {:5} {}",
            line["level"].as_str().unwrap_or_default(),
            line["message"].as_str().unwrap_or_default()
        );
    }
    if let Some(dropped) = tried.log["dropped"].as_u64().filter(|dropped| *dropped > 0) {
        out!("log       {dropped} more lines were dropped");
    }
    out!("fuel {}  time {:.1} µs", tried.fuel, tried.took.as_secs_f64() * 1e6);
}

/// The rules that an answer cites, anywhere, each once and with its title and text.
pub(super) fn rules(answer: &Value, manifest: &Manifest, language: Language) -> Vec<Value> {
    let mut ids = Vec::new();
    collect(answer, &mut ids);
    let rule = |id: String| {
        let rule = manifest.rule(&id)?;
        Some(json!({ "rule": id, "title": rule.title.get(language), "text": rule.text.get(language) }))
    };
    ids.into_iter().filter_map(rule).collect()
}

fn collect(value: &Value, ids: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, ids)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some(id) if name == "rule" && !ids.iter().any(|known| known == id) => {
                        ids.push(id.to_owned())
                    }
                    _ => collect(value, ids),
                }
            }
        }
        _ => {}
    }
}

/// In which order the parts of an answer are read; what is not named comes after.
const ORDER: [&str; 16] = [
    "id", "title", "ruling", "refer_to", "remedy", "scope", "charge", "role", "by", "goods_to", "basis",
    "starts", "term", "steps", "cover", "offers",
];

fn in_order(fields: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by_key(|(name, _)| ORDER.iter().position(|known| known == name).unwrap_or(ORDER.len()));
    fields
}

/// A value as indented lines: texts in one language, spans, citations and empty lists short.
fn print_value(value: &Value, language: Language, depth: usize) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) => {
            for (name, value) in in_order(fields) {
                match short(value, language) {
                    Some(text) if text.is_empty() => {}
                    Some(text) => out!("{indent}{name:12} {text}"),
                    None => {
                        out!("{indent}{name}");
                        print_value(value, language, depth + 1);
                    }
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                match short(item, language) {
                    Some(text) => out!("{indent}- {text}"),
                    None => {
                        out!("{indent}-");
                        print_value(item, language, depth + 1);
                    }
                }
            }
        }
        _ => out!("{indent}{}", short(value, language).unwrap_or_default()),
    }
}

/// One line for a value that is small enough; empty when there is nothing to say.
fn short(value: &Value, language: Language) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(items) if items.is_empty() => Some(String::new()),
        Value::Array(_) => None,
        Value::Object(fields) => {
            let text = |value: &Value| match language {
                Language::Zh => value["zh"].as_str().map(str::to_owned),
                Language::En => value["en"].as_str().map(str::to_owned),
            };
            if fields.len() == 2 && fields.contains_key("zh") && fields.contains_key("en") {
                return text(value);
            }
            if let (2, Some(amount), Some(unit)) =
                (fields.len(), value["amount"].as_u64(), value["unit"].as_str())
            {
                return Some(format!("{amount} {unit}"));
            }
            let rule = value["rule"].as_str()?;
            if let (2, Some(what)) = (fields.len(), fields.get("what").and_then(text)) {
                return Some(format!("{what} ({rule})"));
            }
            match (fields.len(), fields.get("detail")) {
                (1, _) => Some(rule.to_owned()),
                (2, Some(detail)) => Some(format!("{rule}: {}", text(detail)?)),
                _ => None,
            }
        }
    }
}
