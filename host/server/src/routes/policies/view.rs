//! A policy version and its manifest, in one language.

use crate::http::problem::Problem;
use crate::views::difference;
use crate::views::policy_health::CallsView;
use sanbao_domain::activation::{Standing, State};
use sanbao_domain::case::CaseEvent;
use sanbao_domain::ids::{PartyId, PolicyId, SigningKeyId};
use sanbao_domain::manifest::{
    AttributeDeclaration, Choice, Manifest, Requirement, Role, Rule, RuleKind, SettingDeclaration, ValueType,
    plain,
};
use sanbao_domain::text::{Language, Text};
use sanbao_domain::time::Timestamp;
use sanbao_store::policy::{Policy, PolicyStatus, SignedBy};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A version in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct PolicyListed {
    #[schema(value_type = String, format = Uuid)]
    id: PolicyId,
    #[schema(value_type = String, format = Uuid)]
    party: PartyId,
    name: String,
    version: String,
    title: String,
    /// SHA-256 of the component.
    digest: String,
    /// Version of the contract that it speaks.
    contract: String,
    /// `checked`, `scheduled`, `active` or `retired`, now.
    #[schema(value_type = String, example = "active")]
    status: State,
    /// From when it is in force; of a version that is no more, from when it was the last time.
    #[schema(value_type = Option<String>, format = DateTime)]
    active_from: Option<Timestamp>,
    /// First instant at which it is no longer in force; null while nothing ends it. Claims whose basis date lies
    /// before are judged by it as they were.
    #[schema(value_type = Option<String>, format = DateTime)]
    active_until: Option<Timestamp>,
    /// From when it comes into force the next time.
    #[schema(value_type = Option<String>, format = DateTime)]
    scheduled_from: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    retired_at: Option<Timestamp>,
    /// Who signed the upload; absent where nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_by: Option<SignedByView>,
}

/// Whose signature the upload carried.
#[derive(Serialize, ToSchema)]
#[schema(as = SignedBy)]
struct SignedByView {
    /// The party's signing key.
    #[schema(value_type = String, format = Uuid)]
    key: SigningKeyId,
    /// Its name then.
    name: String,
    /// Its id as minisign prints it.
    key_id: String,
    /// What the signature says for certain.
    trusted_comment: String,
}

impl From<&SignedBy> for SignedByView {
    fn from(by: &SignedBy) -> Self {
        Self {
            key: by.key,
            name: by.name.clone(),
            key_id: by.key_id.clone(),
            trusted_comment: by.trusted_comment.clone(),
        }
    }
}

impl PolicyListed {
    pub(super) fn new(row: &Policy, language: Language) -> Result<Self, Problem> {
        let manifest: Manifest = serde_json::from_str(&row.manifest)?;
        Ok(Self::of(row, &manifest, language))
    }

    /// With how it stands now.
    pub(super) fn standing(self, standing: Standing) -> Self {
        let Standing { state, active_from, active_until, scheduled_from } = standing;
        Self { status: state, active_from, active_until, scheduled_from, ..self }
    }

    fn of(row: &Policy, manifest: &Manifest, language: Language) -> Self {
        Self {
            id: row.id,
            party: row.party,
            name: row.name.clone(),
            version: row.version.clone(),
            title: manifest.title.get(language).to_owned(),
            digest: hex::encode(row.digest),
            contract: row.contract.clone(),
            status: match row.status {
                PolicyStatus::Checked => State::Checked,
                PolicyStatus::Retired => State::Retired,
            },
            active_from: None,
            active_until: None,
            scheduled_from: None,
            created_at: row.created_at,
            retired_at: row.retired_at,
            signed_by: row.signed_by.as_ref().map(SignedByView::from),
        }
    }
}

/// A version with what its manifest says.
#[derive(Serialize, ToSchema)]
#[schema(as = Policy)]
pub(super) struct PolicyView {
    #[serde(flatten)]
    head: PolicyListed,
    /// The interfaces of the contract that it answers for.
    interfaces: Vec<String>,
    rules: Vec<RuleView>,
    attributes: Vec<AttributeView>,
    settings: Vec<SettingView>,
    roles: Vec<RoleView>,
    /// The report of the check; shown to its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    report: Option<Value>,
    /// Its live calls in the last 24 hours; shown to its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    health: Option<CallsView>,
}

impl PolicyView {
    pub(super) fn new(row: &Policy, language: Language) -> Result<Self, Problem> {
        let manifest: Manifest = serde_json::from_str(&row.manifest)?;
        let mut report: Value = serde_json::from_str(&row.report)?;
        let interfaces = serde_json::from_value(report["interfaces"].clone())?;
        if let Some(report) = report.as_object_mut() {
            // It is told above, in the language asked for.
            report.remove("manifest");
        }
        difference::speak(&mut report, language)?;
        Ok(Self {
            head: PolicyListed::of(row, &manifest, language),
            interfaces,
            rules: manifest.rules.iter().map(|one| RuleView::new(one, language)).collect(),
            attributes: manifest.attributes.iter().map(|one| AttributeView::new(one, language)).collect(),
            settings: manifest.settings.iter().map(|one| SettingView::new(one, language)).collect(),
            roles: manifest.roles.iter().map(|one| RoleView::new(one, language)).collect(),
            report: Some(report),
            health: None,
        })
    }

    pub(super) fn with_health(self, health: CallsView) -> Self {
        Self { health: Some(health), ..self }
    }

    /// With how it stands now.
    pub(super) fn standing(self, standing: Standing) -> Self {
        Self { head: self.head.standing(standing), ..self }
    }

    pub(super) fn without_report(self) -> Self {
        Self { report: None, ..self }
    }
}

/// A rule.
#[derive(Serialize, ToSchema)]
pub struct RuleView {
    #[schema(example = "STO-25")]
    id: String,
    /// `provision` of the regulation, `reading` of a gap in it, or `conduct`, a checklist for people.
    #[schema(value_type = String, example = "provision")]
    kind: RuleKind,
    title: String,
    text: String,
    /// Events at which people are reminded of it.
    #[schema(value_type = Vec<String>)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    occasions: Vec<CaseEvent>,
}

impl RuleView {
    /// In one language.
    pub fn new(rule: &Rule, language: Language) -> Self {
        let say = |text: &Text| text.get(language).to_owned();
        Self {
            id: rule.id.clone(),
            kind: rule.kind,
            title: say(&rule.title),
            text: say(&rule.text),
            occasions: rule.occasions.clone(),
        }
    }
}

/// A role that approves or decides.
#[derive(Serialize, ToSchema)]
pub struct RoleView {
    id: String,
    title: String,
}

impl RoleView {
    /// In one language.
    pub fn new(role: &Role, language: Language) -> Self {
        Self { id: role.id.clone(), title: role.title.get(language).to_owned() }
    }
}

/// A value to choose.
#[derive(Serialize, ToSchema)]
pub struct ChoiceView {
    value: String,
    label: String,
}

fn choices(choices: &[Choice], language: Language) -> Vec<ChoiceView> {
    let one = |choice: &Choice| ChoiceView {
        value: choice.value.clone(),
        label: choice.label.get(language).to_owned(),
    };
    choices.iter().map(one).collect()
}

/// A fact has a value.
#[derive(Serialize, ToSchema)]
pub struct ConditionView {
    attribute: String,
    /// A plain value.
    #[schema(value_type = Object)]
    equals: Value,
}

/// A fact that the policy reads.
#[derive(Serialize, ToSchema)]
pub struct AttributeView {
    /// Name under `attributes` of a claim.
    name: String,
    /// `text`, `integer`, `decimal`, `boolean`, `date` or `instant`.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "text")]
    value_type: ValueType,
    label: String,
    help: Option<String>,
    /// Whether it must be given: always, or when all of `required_when` hold.
    required: bool,
    required_when: Vec<ConditionView>,
    choices: Vec<ChoiceView>,
    /// Ids of the rules that read it.
    rules: Vec<String>,
}

impl AttributeView {
    /// In one language.
    pub fn new(declared: &AttributeDeclaration, language: Language) -> Self {
        let conditions = match &declared.required {
            Requirement::When(conditions) => conditions.as_slice(),
            Requirement::Optional | Requirement::Always => &[],
        };
        let condition = |one: &sanbao_domain::manifest::Condition| ConditionView {
            attribute: one.attribute.clone(),
            equals: plain(&one.equals),
        };
        Self {
            name: declared.name.clone(),
            value_type: declared.value_type,
            label: declared.label.get(language).to_owned(),
            help: declared.help.as_ref().map(|help| help.get(language).to_owned()),
            required: declared.required == Requirement::Always,
            required_when: conditions.iter().map(condition).collect(),
            choices: choices(&declared.choices, language),
            rules: declared.rules.clone(),
        }
    }
}

/// A figure that the party chooses when it activates the version.
#[derive(Serialize, ToSchema)]
pub struct SettingView {
    /// Name under `settings` of an activation.
    name: String,
    /// `text`, `integer`, `decimal`, `boolean`, `date` or `instant`.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "integer")]
    value_type: ValueType,
    label: String,
    help: Option<String>,
    /// A plain value; null where the party must choose.
    #[schema(value_type = Option<Object>)]
    default: Option<Value>,
    choices: Vec<ChoiceView>,
    /// Ids of the rules that read it.
    rules: Vec<String>,
}

impl SettingView {
    fn new(declared: &SettingDeclaration, language: Language) -> Self {
        Self {
            name: declared.name.clone(),
            value_type: declared.value_type,
            label: declared.label.get(language).to_owned(),
            help: declared.help.as_ref().map(|help| help.get(language).to_owned()),
            default: declared.default.as_ref().map(plain),
            choices: choices(&declared.choices, language),
            rules: declared.rules.clone(),
        }
    }
}
