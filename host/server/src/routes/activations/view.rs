//! An activation, and what became of it.

use crate::http::problem::Problem;
use crate::services::activations;
use crate::services::activations::judged::{Judged, Why};
use sanbao_domain::ids::{ActivationId, PolicyId};
use sanbao_domain::manifest::plain;
use sanbao_domain::text::Language;
use sanbao_domain::time::Timestamp;
use sanbao_store::activation::Activation;
use sanbao_store::activation::rollback::Rollback;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A period in which a version judges what its party owes.
#[derive(Serialize, ToSchema)]
#[schema(as = Activation)]
pub(super) struct ActivationView {
    #[schema(value_type = String, format = Uuid)]
    id: ActivationId,
    #[schema(value_type = String, format = Uuid)]
    policy: PolicyId,
    /// First instant.
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// First instant after it; null while it has no end.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// The party's figures, the defaults filled in.
    #[schema(value_type = Object)]
    settings: Map<String, Value>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was given an early end.
    #[schema(value_type = Option<String>, format = DateTime)]
    retired_at: Option<Timestamp>,
    /// The jurisdiction whose statutory floor it is; absent where it judges what its own party owes.
    #[serde(skip_serializing_if = "Option::is_none")]
    floor: Option<String>,
    /// How it took another one back.
    #[serde(skip_serializing_if = "Option::is_none")]
    rollback: Option<RollbackView>,
    /// How it was taken back itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    rolled_back: Option<RollbackView>,
    /// Only for a basis date that was asked for: whether it judges on that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    judges: Option<bool>,
    /// `made-last`, `made-earlier`, `not-yet`, `over` or `retired`: why it judges on that day, or does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "made-last")]
    why: Option<Why>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
    /// What judges on that day in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    instead: Option<ActivationId>,
}

/// An activation that took another one back.
#[derive(Serialize, ToSchema)]
#[schema(as = Rollback)]
struct RollbackView {
    /// What judges again.
    #[schema(value_type = String, format = Uuid)]
    activation: ActivationId,
    /// What judges no more.
    #[schema(value_type = String, format = Uuid)]
    taken_back: ActivationId,
    /// Whose version and settings judge again.
    #[schema(value_type = String, format = Uuid)]
    earlier: ActivationId,
    reason: String,
    by: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl From<&Rollback> for RollbackView {
    fn from(rollback: &Rollback) -> Self {
        Self {
            activation: rollback.activation,
            taken_back: rollback.taken_back,
            earlier: rollback.earlier,
            reason: rollback.reason.clone(),
            by: rollback.made_by.clone(),
            at: rollback.created_at,
        }
    }
}

impl ActivationView {
    /// With what it took back, and what took it back.
    pub(super) fn with(self, rollbacks: &[Rollback]) -> Self {
        let rollback = rollbacks.iter().find(|one| one.activation == self.id).map(RollbackView::from);
        let rolled_back = rollbacks.iter().find(|one| one.taken_back == self.id).map(RollbackView::from);
        Self { rollback, rolled_back, ..self }
    }

    /// With what it does on a basis date.
    pub(super) fn on(self, judged: &Judged, language: Language) -> Self {
        let because = judged.why.explain().get(language).to_owned();
        Self {
            judges: Some(judged.why == Why::MadeLast),
            why: Some(judged.why),
            because: Some(because),
            instead: judged.instead,
            ..self
        }
    }
}

/// Activations for clients, with what took what back.
pub(super) fn all(rows: &[Activation], rollbacks: &[Rollback]) -> Result<Vec<ActivationView>, Problem> {
    rows.iter().map(|row| Ok(view(row)?.with(rollbacks))).collect()
}

/// An activation for clients.
pub(super) fn view(row: &Activation) -> Result<ActivationView, Problem> {
    let settings = activations::settings(&row.settings)?;
    Ok(ActivationView {
        id: row.id,
        policy: row.policy,
        from: row.valid_from,
        until: row.valid_to,
        settings: settings.into_iter().map(|one| (one.name, plain(&one.value))).collect(),
        created_at: row.created_at,
        retired_at: row.retired_at,
        floor: row.floor.clone(),
        rollback: None,
        rolled_back: None,
        judges: None,
        why: None,
        because: None,
        instead: None,
    })
}
