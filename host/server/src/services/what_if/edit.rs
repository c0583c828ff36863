//! Editing facts field by field: what is named changes, null takes away, the rest stays.

use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::services::parties::Known;
use crate::services::tickets::facts;
use sanbao_domain::case::{Matter, PartyRole};
use sanbao_domain::claim::{Claim, Facts};
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};

const FIELDS: [&str; 10] =
    ["product", "dates", "history", "asked", "cause", "fault", "claimed", "attributes", "claimant", "matter"];

/// Applies an edit, and notes every fact that cannot be.
///
/// # Errors
/// A fact of another type, named.
pub(super) fn apply(
    claim: &mut Claim,
    edit: &Map<String, Json>,
    checks: &mut Checks,
    respondent: &Known,
    now: Timestamp,
) -> Result<(), Problem> {
    for name in edit.keys().filter(|name| !FIELDS.contains(&name.as_str())) {
        checks.that(
            false,
            format!("edit.{name}"),
            Text::new("没有这个事实", "there is no such fact"),
            Text::new(
                format!("可填：{}。", FIELDS.join("、")),
                format!("Possible are {}.", FIELDS.join(", ")),
            ),
        );
    }
    let mut all = json!(claim.facts);
    all["claimant"] = json!(claim.claimant.role);
    all["matter"] = json!(claim.matter);
    merge(&mut all, &Json::Object(edit.clone()));
    let mut take = |name: &str| all.get_mut(name).map(Json::take).unwrap_or_default();
    let (role, matter) = (take("claimant"), take("matter"));
    claim.claimant.role = typed::<PartyRole>(role, "edit.claimant")?;
    claim.matter = typed::<Matter>(matter, "edit.matter")?;
    if let Some(fields) = all.as_object_mut() {
        fields.retain(|name, _| !["claimant", "matter"].contains(&name.as_str()));
    }
    claim.facts = typed::<Facts>(all, "edit")?;
    facts::product(checks, "edit.product.", &claim.facts.product);
    facts::check(checks, "edit.", &claim.facts, &respondent.calendar, now);
    Ok(())
}

fn typed<T: DeserializeOwned>(value: Json, at: &str) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { at.to_owned() } else { format!("{at}.{path}") };
        let message = error.inner().to_string();
        let fix = Text::new("按 /openapi.json 中的类型填写。", "Write it as /openapi.json describes it.");
        Problem::invalid().error(field, Text::new(&message, &message), fix)
    })
}

/// RFC 7396, but a moment is taken as a whole.
fn merge(target: &mut Json, patch: &Json) {
    let Json::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Json::Object(Map::new());
    }
    let Some(fields) = target.as_object_mut() else { return };
    for (name, value) in patch {
        if value.is_null() {
            fields.remove(name);
        } else if value.get("on").is_some() {
            fields.insert(name.clone(), value.clone());
        } else {
            merge(fields.entry(name.clone()).or_insert(Json::Null), value);
        }
    }
}
