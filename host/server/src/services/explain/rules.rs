//! The rules that an answer cites, whatever the question was.

use super::facts;
use crate::views::explain::{ExplainedRule, Tongue};
use sanbao_domain::case::Case;
use sanbao_domain::manifest::Manifest;
use sanbao_domain::text::Text;
use serde_json::Value as Json;

/// A citation in an answer.
struct Cited<'a> {
    rule: &'a str,
    at: String,
    detail: Option<Text>,
}

/// Every cited rule once, in the order of the answer, with the facts that the manifest ties to it.
pub(super) fn cited(
    tongue: Tongue,
    manifest: Option<&Manifest>,
    case: Option<&Case>,
    answer: &Json,
) -> Vec<ExplainedRule> {
    let mut found = Vec::new();
    collect(answer, String::new(), &mut found);
    let mut rules: Vec<ExplainedRule> = Vec::new();
    for Cited { rule, at, detail } in found {
        let detail = detail.as_ref().map(|detail| tongue.say(detail));
        if let Some(known) = rules.iter_mut().find(|known| known.rule == rule) {
            known.cited_at.push(at);
            known.details.extend(detail.filter(|detail| !known.details.contains(detail)));
            continue;
        }
        let declared = manifest.and_then(|manifest| manifest.rule(rule));
        let nothing = Text::default();
        let (title, text) = declared.map_or((&nothing, &nothing), |rule| (&rule.title, &rule.text));
        rules.push(ExplainedRule {
            rule: rule.to_owned(),
            kind: declared.map(|rule| rule.kind),
            title: tongue.say(title),
            text: tongue.say(text),
            cited_at: vec![at],
            details: detail.into_iter().collect(),
            facts: manifest
                .map(|manifest| facts::of_rule(tongue, manifest, case, rule, answer))
                .unwrap_or_default(),
        });
    }
    rules
}

fn collect<'a>(value: &'a Json, path: String, found: &mut Vec<Cited<'a>>) {
    match value {
        Json::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| collect(item, format!("{path}[{index}]"), found));
        }
        Json::Object(fields) => {
            if let Some(rule) = fields.get("rule").and_then(Json::as_str).filter(|rule| !rule.is_empty()) {
                let detail = ["detail", "what", "why"].into_iter().find_map(|name| fields.get(name));
                let detail = detail.and_then(|text| serde_json::from_value(text.clone()).ok());
                found.push(Cited { rule, at: path.clone(), detail });
            }
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                collect(value, path, found);
            }
        }
        _ => {}
    }
}
