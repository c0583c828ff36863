//! What `$name` stands for in a story.

use super::super::state::State;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

/// What the names of one story stand for at one time.
pub(super) struct Names<'a> {
    pub(super) story: &'static str,
    pub(super) state: &'a State,
    pub(super) now: Timestamp,
}

impl Names<'_> {
    /// A path with its `$name` segments, and a `$name` at the end of its query, filled in.
    pub(super) fn path(&self, path: &str) -> String {
        let (path, query) = path.split_once("=$").unwrap_or((path, ""));
        let filled = path.split('/').map(|segment| match segment.strip_prefix('$') {
            Some(name) => self.text(name).unwrap_or_else(|| segment.to_owned()),
            None => segment.to_owned(),
        });
        let path = filled.collect::<Vec<_>>().join("/");
        self.text(query).map_or(path.clone(), |value| format!("{path}={value}"))
    }

    /// A body with its `$name` strings filled in.
    pub(super) fn fill(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(found) = text.strip_prefix('$').and_then(|name| self.text(name)) {
                    *text = found;
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.fill(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.fill(field)),
            _ => {}
        }
    }

    fn text(&self, name: &str) -> Option<String> {
        let kept = self.state.ids.get(&kept(self.story, name)).or_else(|| self.state.ids.get(name)).cloned();
        kept.or_else(|| self.state.parties.get(name).map(|party| party.id.clone()))
            .or_else(|| self.time(name))
    }

    /// `day`, `day-30`, `day+7`; `now`, `now-2h`.
    fn time(&self, name: &str) -> Option<String> {
        if let Some(days) = name.strip_prefix("day") {
            let days: i64 = if days.is_empty() { 0 } else { days.parse().ok()? };
            let zone = TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC);
            let day = self.now.to_zoned(zone).date().checked_add(days.days()).ok()?;
            return Some(day.to_string());
        }
        let hours = name.strip_prefix("now")?;
        let hours: i64 = if hours.is_empty() { 0 } else { hours.strip_suffix('h')?.parse().ok()? };
        Some(self.now.checked_add(hours.hours()).ok()?.to_string())
    }
}

/// Under which name something that a story keeps is in the state file.
pub(super) fn kept(story: &str, name: &str) -> String {
    format!("{story}/{name}")
}

/// What a pointer's value looks like in a line.
pub(super) fn plain(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "nothing".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(fields)) if fields.contains_key("en") => plain(fields.get("en")),
        Some(Value::Object(fields)) if fields.contains_key("amount") && fields.contains_key("currency") => {
            let minor = fields.get("amount").and_then(Value::as_i64).unwrap_or_default();
            format!("{}.{:02} {}", minor / 100, minor % 100, plain(fields.get("currency")))
        }
        Some(Value::Array(items)) => {
            items.iter().map(|item| plain(Some(item))).collect::<Vec<_>>().join(", ")
        }
        Some(other) => json!(other).to_string(),
    }
}
