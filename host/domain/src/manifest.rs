//! What a policy says of itself. Mirrors `manifest` of the contract.

pub mod intake;

pub use intake::*;

use crate::case::{CaseEvent, Value};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// Whether a rule is in the regulation's text or settles a gap in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    /// A provision of the regulation.
    Provision,
    /// The author's reading of a gap or contradiction.
    Reading,
    /// How people behave: a checklist, which no answer may cite.
    Conduct,
}

/// A rule that answers may cite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Stable id: "LGT-30".
    pub id: String,
    /// Provision, reading or conduct.
    pub kind: RuleKind,
    /// Short title.
    pub title: Text,
    /// The rule as the claimant is told it.
    pub text: Text,
    /// When people are reminded of it; empty for rules that tell people nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub occasions: Vec<CaseEvent>,
}

/// Type of an attribute or setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ValueType {
    Text,
    Integer,
    Decimal,
    Boolean,
    Date,
    Instant,
}

/// One of the values a text may take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The value.
    pub value: String,
    /// How it is shown.
    pub label: Text,
}

/// An attribute has a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Attribute name.
    pub attribute: String,
    /// Its value.
    pub equals: Value,
}

/// When a fact must be given before the claim can be judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    /// Never.
    Optional,
    /// Always.
    Always,
    /// When all of these hold.
    When(Vec<Condition>),
}

/// A fact that the policy reads beyond the core of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeDeclaration {
    /// Name, kebab-case.
    pub name: String,
    /// Type.
    pub value_type: ValueType,
    /// Question on an intake form.
    pub label: Text,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// When it must be given.
    pub required: Requirement,
    /// For texts: the values to choose from; empty for free text.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Rules that read it.
    #[serde(default)]
    pub rules: Vec<String>,
}

/// A figure that the party chooses when it activates the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingDeclaration {
    /// Name, kebab-case.
    pub name: String,
    /// Type.
    pub value_type: ValueType,
    /// Label on a form.
    pub label: Text,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// Absent: the party must choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// For texts: the values to choose from.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Rules that read it.
    #[serde(default)]
    pub rules: Vec<String>,
}

/// A role that approval steps, discretion and escalation name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Id, kebab-case.
    pub id: String,
    /// Title.
    pub title: Text,
}

/// Who a policy is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Name, the same from version to version.
    pub name: String,
    /// Semantic version of the policy.
    pub version: String,
    /// Title.
    pub title: Text,
    /// Rules it may cite.
    pub rules: Vec<Rule>,
    /// Facts it reads.
    pub attributes: Vec<AttributeDeclaration>,
    /// Settings it takes.
    pub settings: Vec<SettingDeclaration>,
    /// Roles it names.
    pub roles: Vec<Role>,
}

impl Manifest {
    /// The rule with this id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The rules of which people are reminded at this event, in the manifest's order.
    pub fn reminders(&self, event: CaseEvent) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.occasions.contains(&event))
    }

    /// The role with this id.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }
}
