//! The facts of a case in words.

use crate::views::explain::{ExplainedFact, Tongue};
use crate::views::labels;
use sanbao_domain::case::{Attribute, Case, Value};
use sanbao_domain::manifest::{Choice, Manifest, plain};
use sanbao_domain::text::Text;
use serde_json::{Value as Json, json};

/// The attributes and settings that the manifest ties to a rule, and the date from which its cover counts.
pub(super) fn of_rule(
    tongue: Tongue,
    manifest: &Manifest,
    case: Option<&Case>,
    rule: &str,
    answer: &Json,
) -> Vec<ExplainedFact> {
    let Some(case) = case else { return Vec::new() };
    let reads = |rules: &[String]| rules.iter().any(|read| read == rule);
    let mut facts = Vec::new();
    if answer["cover"]["rule"] == rule
        && let Some(basis) = answer["cover"]["basis"].as_str()
    {
        let name = format!("dates.{basis}");
        facts.extend(core(tongue, case).into_iter().filter(|fact| fact.fact == name));
    }
    for declared in manifest.attributes.iter().filter(|declared| reads(&declared.rules)) {
        let value = value_of(&case.attributes, &declared.name);
        let name = format!("attributes.{}", declared.name);
        facts.push(fact(tongue, name, &declared.label, value, &declared.choices));
    }
    for declared in manifest.settings.iter().filter(|declared| reads(&declared.rules)) {
        let value = value_of(&case.settings, &declared.name);
        let name = format!("settings.{}", declared.name);
        facts.push(fact(tongue, name, &declared.label, value, &declared.choices));
    }
    facts
}

/// What is known beyond what the policy declares: what is asked, the cause, the dates, the history.
pub(super) fn core(tongue: Tongue, case: &Case) -> Vec<ExplainedFact> {
    let mut facts = Vec::new();
    let mut add = |name: &str, value: Json| {
        let empty = value.is_null() || value == json!([]) || value == json!(0);
        if let (false, Some(label)) = (empty, label(name)) {
            let (fact, label) = (name.to_owned(), tongue.say(&label));
            facts.push(ExplainedFact { fact, label, value, words: None });
        }
    };
    add("asked", json!(case.asked));
    add("cause", json!(case.cause));
    add("fault", json!(case.fault));
    add("claimant.kind", json!(case.claimant.kind));
    add("product.category", json!(case.product.category));
    add("product.model", json!(case.product.model));
    add("product.quantity", json!(case.product.quantity));
    add("product.price", json!(case.product.price));
    for (name, moment) in [
        ("dates.produced", case.dates.produced),
        ("dates.shipped", case.dates.shipped),
        ("dates.sold", case.dates.sold),
        ("dates.installed", case.dates.installed),
        ("dates.received", case.dates.received),
        ("dates.reported", case.dates.reported),
        ("dates.discontinued", case.dates.discontinued),
    ] {
        add(name, json!(moment));
    }
    add("history.repairs", json!(case.history.repairs));
    add("history.days_out_of_service", json!(case.history.days_out_of_service));
    add("history.extensions", json!(case.history.extensions));
    add("history.renewed", json!(case.history.renewed));
    add("history.usage", json!(case.history.usage));
    add("now", json!(case.now));
    facts
}

fn label(name: &str) -> Option<Text> {
    labels::core_fact(name).or_else(|| {
        let (zh, en) = match name {
            "fault" => ("故障", "Fault"),
            "claimant.kind" => ("申请方", "Who asks"),
            "product.category" => ("产品类别", "Category of the product"),
            "product.model" => ("型号", "Model"),
            "product.quantity" => ("数量", "Pieces"),
            "history.repairs" => ("以往维修", "Earlier repairs"),
            "history.days_out_of_service" => ("累计停用天数", "Days out of service"),
            "history.extensions" => ("已延长的保修", "Cover added before"),
            "history.renewed" => ("保修重新起算", "Cover began anew"),
            "history.usage" => ("使用量", "Use so far"),
            "now" => ("判断时间", "Time of the decision"),
            _ => return None,
        };
        Some(Text::new(zh, en))
    })
}

fn fact(
    tongue: Tongue,
    fact: String,
    label: &Text,
    value: Option<&Value>,
    choices: &[Choice],
) -> ExplainedFact {
    let chosen = match value {
        Some(Value::Text(text)) => choices.iter().find(|choice| choice.value == *text),
        _ => None,
    };
    let words = match (value, chosen) {
        (_, Some(choice)) => Some(choice.label.clone()),
        (Some(Value::Boolean(true)), _) => Some(Text::new("是", "yes")),
        (Some(Value::Boolean(false)), _) => Some(Text::new("否", "no")),
        (None, _) => Some(Text::new("未说明", "not stated")),
        _ => None,
    };
    let value = value.map_or(Json::Null, plain);
    ExplainedFact { fact, label: tongue.say(label), value, words: words.map(|words| tongue.say(&words)) }
}

fn value_of<'a>(all: &'a [Attribute], name: &str) -> Option<&'a Value> {
    all.iter().find(|one| one.name == name).map(|one| &one.value)
}
