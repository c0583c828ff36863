//! The manifest into the domain's type.

use super::answer::{event, text, value};
use super::exports::manifest as wit;
use crate::failure::Failure;
use sanbao_domain::case::Value;
use sanbao_domain::manifest::{
    AttributeDeclaration, Choice, Condition, Manifest, Requirement, Role, Rule, RuleKind, SettingDeclaration,
    ValueType,
};

same_cases! {
    rule_kind: wit::RuleKind => RuleKind { Provision Reading Conduct }
    value_type: wit::ValueType => ValueType { Text Integer Decimal Boolean Date Instant }
}

pub(super) fn manifest(manifest: wit::Manifest) -> Result<Manifest, Failure> {
    Ok(Manifest {
        name: manifest.name,
        version: manifest.version,
        title: text(manifest.title),
        rules: manifest
            .rules
            .into_iter()
            .map(|rule| Rule {
                id: rule.id,
                kind: rule_kind(rule.kind),
                title: text(rule.title),
                text: text(rule.text),
                occasions: rule.occasions.into_iter().map(event).collect(),
            })
            .collect(),
        attributes: manifest.attributes.into_iter().map(attribute).collect::<Result<_, _>>()?,
        settings: manifest.settings.into_iter().map(setting).collect::<Result<_, _>>()?,
        roles: manifest.roles.into_iter().map(|role| Role { id: role.id, title: text(role.title) }).collect(),
    })
}

fn attribute(attribute: wit::AttributeDeclaration) -> Result<AttributeDeclaration, Failure> {
    Ok(AttributeDeclaration {
        required: requirement(attribute.required, &attribute.name)?,
        name: attribute.name,
        value_type: value_type(attribute.value_type),
        label: text(attribute.label),
        help: attribute.help.map(text),
        choices: choices(attribute.choices),
        rules: attribute.rules,
    })
}

fn setting(setting: wit::SettingDeclaration) -> Result<SettingDeclaration, Failure> {
    Ok(SettingDeclaration {
        default: setting
            .default
            .map(|given| known(given, || format!("settings.{}.default", setting.name)))
            .transpose()?,
        name: setting.name,
        value_type: value_type(setting.value_type),
        label: text(setting.label),
        help: setting.help.map(text),
        choices: choices(setting.choices),
        rules: setting.rules,
    })
}

fn requirement(requirement: wit::Requirement, name: &str) -> Result<Requirement, Failure> {
    let condition = |one: wit::Condition| {
        Ok(Condition {
            equals: known(one.equals, || format!("attributes.{name}.required"))?,
            attribute: one.attribute,
        })
    };
    Ok(match requirement {
        wit::Requirement::Optional => Requirement::Optional,
        wit::Requirement::Always => Requirement::Always,
        wit::Requirement::When(all) => {
            Requirement::When(all.into_iter().map(condition).collect::<Result<_, _>>()?)
        }
    })
}

fn choices(choices: Vec<wit::Choice>) -> Vec<Choice> {
    choices.into_iter().map(|choice| Choice { value: choice.value, label: text(choice.label) }).collect()
}

fn known(given: super::wit::Value, place: impl FnOnce() -> String) -> Result<Value, Failure> {
    let shown = format!("{given:?}");
    value(given).ok_or_else(|| Failure::BadValue { place: place(), given: shown })
}
