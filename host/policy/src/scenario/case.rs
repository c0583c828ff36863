//! The case of a scenario: its facts laid over the base.

use super::form::Scenario;
use super::run::AskError;
use sanbao_domain::case::Case;
use sanbao_domain::manifest::intake::{typed_attributes, typed_settings};
use sanbao_domain::manifest::{FactProblem, Manifest};
use serde_json::{Map, Value as Json};

/// Attributes and settings are plain values in a table; the manifest types them.
pub(super) fn case(base: &Json, scenario: &Scenario, manifest: &Manifest) -> Result<Case, AskError> {
    let mut facts = base.clone();
    lay_over(&mut facts, &scenario.facts);
    for path in &scenario.without {
        if !take_out(&mut facts, path) {
            return Err(AskError::NotInBase { path: path.clone() });
        }
    }
    let misfit = |problems: Vec<FactProblem>| {
        let problems = problems.iter().map(|problem| format!("{}: {problem}", problem.field()));
        AskError::Facts(problems.collect::<Vec<_>>().join("; "))
    };
    let attributes =
        typed_attributes(&manifest.attributes, &named(&mut facts, "attributes")).map_err(misfit)?;
    let settings = typed_settings(&manifest.settings, &named(&mut facts, "settings")).map_err(misfit)?;
    let case: Case = serde_json::from_value(facts).map_err(|error| AskError::Facts(error.to_string()))?;
    Ok(Case { attributes, settings, ..case })
}

fn lay_over(base: &mut Json, facts: &Json) {
    match (base, facts) {
        (_, Json::Null) => {}
        (Json::Object(base), Json::Object(facts)) => {
            for (name, value) in facts {
                lay_over(base.entry(name.clone()).or_insert(Json::Null), value);
            }
        }
        (base, facts) => *base = facts.clone(),
    }
}

fn take_out(facts: &mut Json, path: &str) -> bool {
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    let mut parent = parent.split('.').filter(|part| !part.is_empty());
    let place = parent.try_fold(facts, |place, part| place.get_mut(part));
    place.and_then(Json::as_object_mut).is_some_and(|fields| fields.remove(name).is_some())
}

fn named(facts: &mut Json, name: &str) -> Map<String, Json> {
    match facts.as_object_mut().and_then(|fields| fields.remove(name)) {
        Some(Json::Object(values)) => values,
        _ => Map::new(),
    }
}
