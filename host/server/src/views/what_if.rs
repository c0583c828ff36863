//! What a policy would say.

use super::claim::PartyName;
use super::verdict::VerdictView;
use sanbao_domain::ids::{ActivationId, PolicyId};
use sanbao_domain::time::{Date, Timestamp};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

/// The version that was asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TriedView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: PolicyId,
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the component, hexadecimal.
    pub digest: String,
    /// What puts it in force; absent where it was asked though nothing does, or with other settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub activation: Option<ActivationId>,
}

/// What a policy would say. Nothing of it is stored.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WhatIfView {
    /// verdict, failed or no-policy.
    #[schema(value_type = String, example = "verdict")]
    pub outcome: &'static str,
    /// Who would owe.
    pub respondent: PartyName,
    /// The time of the decision.
    #[schema(value_type = String, format = DateTime)]
    pub now: Timestamp,
    /// The day whose policy judges.
    #[schema(value_type = String, format = Date)]
    pub basis: Date,
    /// The version that would decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<TriedView>,
    /// The verdict.
    pub verdict: VerdictView,
    /// How it differs from the base's: `changes` in words of the domain, and the rules that are cited `newly` or
    /// `no_longer`. Absent where there is nothing to compare with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub difference: Option<Json>,
    /// Fuel used by all policies that were asked.
    pub fuel: u64,
    /// What the caller's own policy wrote for its author.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub log: Option<Json>,
}
