//! One manifest with every inconsistency, one without.

use super::*;
use serde_json::{Value as Json, json};

fn text() -> Json {
    json!({"zh": "文", "en": "text"})
}

fn problems(manifest: Json) -> Vec<(Code, String)> {
    let mut problems = Vec::new();
    examine(&serde_json::from_value(manifest).unwrap(), &mut problems);
    problems.into_iter().map(|problem| (problem.code, problem.place)).collect()
}

fn rule(id: &str) -> Json {
    json!({"id": id, "kind": "provision", "title": text(), "text": text()})
}

fn attribute(name: &str, value_type: &str, required: Json) -> Json {
    json!({"name": name, "value_type": value_type, "label": text(), "required": required, "rules": ["R-1"]})
}

fn manifest(attributes: Vec<Json>, settings: Vec<Json>) -> Json {
    json!({"name": "test-policy", "version": "1.0.0-rc.1+5", "title": text(), "rules": [rule("R-1")],
           "attributes": attributes, "settings": settings, "roles": [{"id": "manager", "title": text()}]})
}

#[test]
fn a_consistent_manifest_has_no_problem() {
    let mut choice = attribute("channel", "text", json!("always"));
    choice["choices"] = json!([{"value": "store", "label": text()}, {"value": "online", "label": text()}]);
    let condition = json!({"when": [{"attribute": "channel", "equals": {"text": "store"}}]});
    let dependent = attribute("has-receipt", "boolean", condition);
    let setting =
        json!({"name": "free-days", "value_type": "integer", "label": text(), "default": {"integer": 7}});
    assert_eq!(problems(manifest(vec![choice, dependent], vec![setting])), []);
}

#[test]
fn conditions_must_name_declared_attributes_with_values_they_can_have() {
    let mut choice = attribute("channel", "text", json!("optional"));
    choice["choices"] = json!([{"value": "store", "label": text()}]);
    let when = |attribute: &str, equals: Json| json!({"when": [{"attribute": attribute, "equals": equals}]});
    let found = problems(manifest(
        vec![
            choice,
            attribute("a", "boolean", when("elsewhere", json!({"boolean": true}))),
            attribute("b", "boolean", when("channel", json!({"boolean": true}))),
            attribute("c", "boolean", when("channel", json!({"text": "market"}))),
            attribute("d", "boolean", when("d", json!({"boolean": true}))),
            attribute("e", "boolean", json!({"when": []})),
        ],
        vec![],
    ));
    let place = |i: usize, rest: &str| format!("manifest.attributes[{i}].required{rest}");
    assert_eq!(
        found,
        [
            (Code::UnknownAttribute, place(1, "[0].attribute")),
            (Code::BadValue, place(2, "[0].equals")),
            (Code::BadValue, place(3, "[0].equals")),
            (Code::BadValue, place(4, "[0]")),
            (Code::BadValue, place(5, "")),
        ]
    );
}

#[test]
fn declarations_must_agree_with_themselves() {
    let mut number = attribute("count", "integer", json!("optional"));
    number["choices"] =
        json!([{"value": "1", "label": text()}, {"value": "1", "label": {"zh": "一", "en": " "}}]);
    number["rules"] = json!(["R-1", "R-2"]);
    let setting =
        json!({"name": "Free_Days", "value_type": "integer", "label": text(), "default": {"text": "7"}});
    let again = attribute("count", "text", json!("optional"));
    let found = problems(manifest(vec![number, again], vec![setting]));
    for (code, place) in [
        (Code::Duplicate, "manifest.attributes[1].name"),
        (Code::ChoicesWithoutText, "manifest.attributes[0].choices"),
        (Code::Duplicate, "manifest.attributes[0].choices[1].value"),
        (Code::EmptyText, "manifest.attributes[0].choices[1].label.en"),
        (Code::UnknownRule, "manifest.attributes[0].rules[1]"),
        (Code::BadName, "manifest.settings[0].name"),
        (Code::BadValue, "manifest.settings[0].default"),
    ] {
        assert!(found.contains(&(code, place.into())), "{code:?} {place}: {found:#?}");
    }
    assert_eq!(found.len(), 7, "{found:#?}");
}

#[test]
fn names_and_versions_have_a_grammar() {
    for name in ["a", "light-bar", "x2-y3"] {
        assert!(is_kebab(name), "{name}");
    }
    for name in ["", "-a", "a-", "a--b", "A", "2x", "a_b", "名"] {
        assert!(!is_kebab(name), "{name}");
    }
    for version in ["0.0.0", "1.4.0", "2.0.0-rc.1", "1.0.0+build.5", "1.0.0-a-b+c-d"] {
        assert!(is_semver(version), "{version}");
    }
    for version in ["", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.x", "v1.0.0", "1.0.0-", "1.0.0+", "1.0.0-a..b"]
    {
        assert!(!is_semver(version), "{version}");
    }
}
