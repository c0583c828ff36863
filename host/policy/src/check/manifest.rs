//! Whether a manifest is consistent with itself.

use super::problem::{Code, Problem};
use crate::invariants::{ID, TEXT};
use sanbao_domain::case::Value;
use sanbao_domain::manifest::{Choice, Manifest, Requirement, ValueType};
use sanbao_domain::text::Text;
use std::collections::{HashMap, HashSet};

/// Longest list in a manifest, in entries.
const LIST: usize = 1000;

pub(super) fn examine(manifest: &Manifest, problems: &mut Vec<Problem>) {
    let mut check = Check { manifest, problems };
    check.name(&manifest.name, "manifest.name");
    check.version();
    check.text(&manifest.title, "manifest.title");
    check.rules();
    check.attributes();
    check.settings();
    check.roles();
}

struct Check<'a> {
    manifest: &'a Manifest,
    problems: &'a mut Vec<Problem>,
}

impl Check<'_> {
    fn error(&mut self, code: Code, place: &str, message: impl Into<String>, fix: &str) {
        self.problems.push(Problem::error(code, place, message, fix));
    }

    fn version(&mut self) {
        let version = &self.manifest.version;
        if !is_semver(version) {
            let message = format!("\"{}\" is not a semantic version", brief(version));
            self.error(
                Code::BadVersion,
                "manifest.version",
                message,
                "write it as MAJOR.MINOR.PATCH: \"1.4.0\"",
            );
        }
    }

    fn rules(&mut self) {
        let rules = &self.manifest.rules;
        self.list(rules.len(), "manifest.rules");
        self.unique(rules.iter().map(|rule| &rule.id), "manifest.rules", "id");
        if rules.is_empty() {
            self.error(
                Code::NothingToAsk,
                "manifest.rules",
                "it declares no rule",
                "declare every rule that answers cite",
            );
        }
        for (i, rule) in rules.iter().enumerate() {
            let place = format!("manifest.rules[{i}]");
            if rule.id.is_empty()
                || rule.id.len() > ID
                || rule.id.chars().any(|c| c.is_whitespace() || c.is_control())
            {
                let message = format!("\"{}\" is not an id", brief(&rule.id));
                self.error(
                    Code::BadName,
                    &format!("{place}.id"),
                    message,
                    "use a short word without spaces: \"LGT-30\"",
                );
            }
            self.text(&rule.title, &format!("{place}.title"));
            self.text(&rule.text, &format!("{place}.text"));
            self.list(rule.occasions.len(), &format!("{place}.occasions"));
        }
    }

    fn attributes(&mut self) {
        let attributes = &self.manifest.attributes;
        let types: HashMap<&str, (ValueType, &[Choice])> = attributes
            .iter()
            .map(|attribute| (attribute.name.as_str(), (attribute.value_type, attribute.choices.as_slice())))
            .collect();
        self.list(attributes.len(), "manifest.attributes");
        self.unique(attributes.iter().map(|attribute| &attribute.name), "manifest.attributes", "name");
        for (i, attribute) in attributes.iter().enumerate() {
            let place = format!("manifest.attributes[{i}]");
            self.name(&attribute.name, &format!("{place}.name"));
            self.labels(&place, &attribute.label, attribute.help.as_ref());
            self.choices(attribute.value_type, &attribute.choices, &place);
            self.cited(&attribute.rules, &place);
            let Requirement::When(conditions) = &attribute.required else { continue };
            if conditions.is_empty() {
                let message = "`when` without a condition always holds";
                self.error(
                    Code::BadValue,
                    &format!("{place}.required"),
                    message,
                    "say `always`, or give a condition",
                );
            }
            for (j, condition) in conditions.iter().enumerate() {
                let place = format!("{place}.required[{j}]");
                match types.get(condition.attribute.as_str()) {
                    Some((expected, choices)) => {
                        self.value(&condition.equals, *expected, choices, &format!("{place}.equals"));
                    }
                    None => {
                        let message =
                            format!("attribute \"{}\" is not declared", brief(&condition.attribute));
                        let fix = "declare it among the attributes, or correct its name";
                        self.error(Code::UnknownAttribute, &format!("{place}.attribute"), message, fix);
                    }
                }
                if condition.attribute == attribute.name {
                    let message = "an attribute cannot be required by its own value";
                    self.error(Code::BadValue, &place, message, "name another attribute");
                }
            }
        }
    }

    fn settings(&mut self) {
        let settings = &self.manifest.settings;
        self.list(settings.len(), "manifest.settings");
        self.unique(settings.iter().map(|setting| &setting.name), "manifest.settings", "name");
        for (i, setting) in settings.iter().enumerate() {
            let place = format!("manifest.settings[{i}]");
            self.name(&setting.name, &format!("{place}.name"));
            self.labels(&place, &setting.label, setting.help.as_ref());
            self.choices(setting.value_type, &setting.choices, &place);
            self.cited(&setting.rules, &place);
            if let Some(default) = &setting.default {
                self.value(default, setting.value_type, &setting.choices, &format!("{place}.default"));
            }
        }
    }

    fn roles(&mut self) {
        let roles = &self.manifest.roles;
        self.list(roles.len(), "manifest.roles");
        self.unique(roles.iter().map(|role| &role.id), "manifest.roles", "id");
        for (i, role) in roles.iter().enumerate() {
            self.name(&role.id, &format!("manifest.roles[{i}].id"));
            self.text(&role.title, &format!("manifest.roles[{i}].title"));
        }
    }

    fn labels(&mut self, place: &str, label: &Text, help: Option<&Text>) {
        self.text(label, &format!("{place}.label"));
        if let Some(help) = help {
            self.text(help, &format!("{place}.help"));
        }
    }

    fn choices(&mut self, value_type: ValueType, choices: &[Choice], place: &str) {
        let place = format!("{place}.choices");
        if value_type != ValueType::Text && !choices.is_empty() {
            self.error(
                Code::ChoicesWithoutText,
                &place,
                "only a text can have choices",
                "make it a text, or leave them out",
            );
        }
        self.list(choices.len(), &place);
        self.unique(choices.iter().map(|choice| &choice.value), &place, "value");
        for (i, choice) in choices.iter().enumerate() {
            self.text(&choice.label, &format!("{place}[{i}].label"));
        }
    }

    fn cited(&mut self, rules: &[String], place: &str) {
        self.list(rules.len(), &format!("{place}.rules"));
        for (i, rule) in rules.iter().enumerate() {
            if self.manifest.rule(rule).is_none() {
                let message = format!("rule \"{}\" is not declared", brief(rule));
                let fix = "declare it among the rules, or correct its id";
                self.error(Code::UnknownRule, &format!("{place}.rules[{i}]"), message, fix);
            }
        }
    }

    fn value(&mut self, value: &Value, expected: ValueType, choices: &[Choice], place: &str) {
        let found = value.value_type();
        if found != expected {
            let message =
                format!("it is of type {found:?}, the declaration says {expected:?}").to_lowercase();
            self.error(Code::BadValue, place, message, "give a value of the declared type");
        } else if let Value::Text(text) = value
            && !choices.is_empty()
            && !choices.iter().any(|choice| choice.value == *text)
        {
            let message = format!("\"{}\" is not among the choices", brief(text));
            self.error(Code::BadValue, place, message, "name one of the declared choices");
        }
    }

    fn list(&mut self, length: usize, place: &str) {
        if length > LIST {
            let message = format!("{length} entries; at most {LIST} are allowed");
            self.error(Code::TooLong, place, message, "leave out what nobody needs");
        }
    }

    fn unique<'s>(&mut self, names: impl Iterator<Item = &'s String>, place: &str, field: &str) {
        let mut seen = HashSet::new();
        for (i, name) in names.enumerate() {
            if !seen.insert(name.as_str()) {
                let message = format!("\"{}\" is there already", brief(name));
                self.error(
                    Code::Duplicate,
                    &format!("{place}[{i}].{field}"),
                    message,
                    "give each a name of its own",
                );
            }
        }
    }

    fn name(&mut self, name: &str, place: &str) {
        if !is_kebab(name) || name.len() > ID {
            let message = format!("\"{}\" is not lower-case words joined by hyphens", brief(name));
            self.error(Code::BadName, place, message, "write it like \"purchase-channel\"");
        }
    }

    fn text(&mut self, text: &Text, place: &str) {
        for (language, text) in [("zh", &text.zh), ("en", &text.en)] {
            let place = format!("{place}.{language}");
            if text.trim().is_empty() {
                self.error(Code::EmptyText, &place, "it is empty", "both languages are shown: write both");
            } else if text.len() > TEXT {
                let message = format!("{} bytes; at most {TEXT} are allowed", text.len());
                self.error(Code::TooLong, &place, message, "shorten it");
            }
        }
    }
}

/// Lower-case words that begin with a letter, joined by single hyphens.
fn is_kebab(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// `1.4.0`, `2.0.0-rc.1`, `1.0.0+build.5`, by the grammar of semver.org.
fn is_semver(version: &str) -> bool {
    let number = |part: &str| {
        !part.is_empty()
            && part.len() <= 9
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    let words = |words: &str| {
        words
            .split('.')
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
    };
    let (rest, build) = version.split_once('+').map_or((version, None), |(rest, build)| (rest, Some(build)));
    let (core, pre) = rest.split_once('-').map_or((rest, None), |(core, pre)| (core, Some(pre)));
    version.len() <= ID
        && core.split('.').count() == 3
        && core.split('.').all(number)
        && pre.is_none_or(words)
        && build.is_none_or(words)
}

/// What the author wrote, short enough for a message.
fn brief(text: &str) -> &str {
    &text[..text.floor_char_boundary(64)]
}

#[cfg(test)]
mod tests;
