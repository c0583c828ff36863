//! Rules, roles and facts in words: the manifest of the policy that judged, in one language.

use super::labels;
use sanbao_domain::case::Citation;
use sanbao_domain::claim::MANAGER;
use sanbao_domain::manifest::Manifest;
use sanbao_domain::text::{Language, Text};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A rule that decided something, as the claimant is told it (STO-25).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReasonView {
    /// Rule id.
    #[schema(example = "STO-04")]
    pub rule: String,
    /// Its title.
    pub title: String,
    /// The rule itself.
    pub text: String,
    /// How it applied here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// The words of one policy in one language.
#[derive(Clone)]
pub struct Rulebook {
    manifest: Option<Arc<Manifest>>,
    /// Of the policy that was asked beside it.
    beside: Option<Arc<Manifest>>,
    language: Language,
}

impl Rulebook {
    /// The words of this policy; without one, ids stand for themselves.
    pub fn new(manifest: Option<Arc<Manifest>>, language: Language) -> Self {
        Self { manifest, beside: None, language }
    }

    /// With the words of the policy that was asked beside it, for what the first does not declare: approvals
    /// and deadlines stay with the respondent's own policy where the statutory floor judged.
    #[must_use]
    pub fn beside(self, beside: Option<Arc<Manifest>>) -> Self {
        Self { beside, ..self }
    }

    fn manifests(&self) -> impl Iterator<Item = &Arc<Manifest>> {
        self.manifest.iter().chain(&self.beside)
    }

    /// A text in the language asked for.
    pub fn text(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    /// A cited rule in words.
    pub fn reason(&self, citation: &Citation) -> ReasonView {
        let rule = self.manifests().find_map(|manifest| manifest.rule(&citation.rule));
        ReasonView {
            rule: citation.rule.clone(),
            title: rule.map_or_else(|| citation.rule.clone(), |rule| self.text(&rule.title)),
            text: rule.map(|rule| self.text(&rule.text)).unwrap_or_default(),
            detail: citation.detail.as_ref().map(|detail| self.text(detail)),
        }
    }

    /// Several cited rules, each once, in the order of their first citation.
    pub fn reasons<'a>(&self, citations: impl IntoIterator<Item = &'a Citation>) -> Vec<ReasonView> {
        let mut reasons: Vec<ReasonView> = Vec::new();
        for citation in citations {
            let reason = self.reason(citation);
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons
    }

    /// The title of a role.
    pub fn role(&self, id: &str) -> String {
        match self.manifests().find_map(|manifest| manifest.role(id)) {
            Some(role) => self.text(&role.title),
            None if id == MANAGER => self.text(&labels::manager()),
            None => id.to_owned(),
        }
    }

    /// The question that asks for a fact, declared or of the core.
    pub fn fact(&self, name: &str) -> String {
        let declared = self.manifests().find_map(|manifest| {
            let base = name.strip_prefix("attributes.").unwrap_or(name);
            manifest.attributes.iter().find(|attribute| attribute.name == base)
        });
        match declared {
            Some(attribute) => self.text(&attribute.label),
            None => labels::core_fact(name).map_or_else(|| name.to_owned(), |label| self.text(&label)),
        }
    }
}

/// A rule id, unless the host itself set the step.
pub(crate) fn rule_id(rule: &str) -> Option<String> {
    (!rule.is_empty()).then(|| rule.to_owned())
}
