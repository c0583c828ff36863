//! An upload and its events.

use crate::http::problem::Problem;
use crate::services::uploads::Failure;
use crate::views::difference;
use sanbao_domain::ids::{PolicyId, UploadId};
use sanbao_domain::text::Language;
use sanbao_domain::time::Timestamp;
use sanbao_store::upload::{Upload, UploadEvent, UploadState};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// An upload in a list.
#[derive(Serialize, ToSchema)]
pub struct UploadListed {
    #[schema(value_type = String, format = Uuid)]
    id: UploadId,
    /// `queued`, `checking`, `accepted`, `refused`, `failed` (the host's fault) or `cancelled`.
    #[schema(value_type = String, example = "checking")]
    status: UploadState,
    /// What the check does now, or did last: `structure`, `compile`, `manifest`, `smoke`, `scenarios`.
    step: Option<String>,
    /// Since when it stands so.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// SHA-256 of the bytes as they were uploaded.
    digest: String,
    /// Their number.
    size: u64,
    /// Whether it carried a signature.
    signed: bool,
    /// Name of the key that uploaded it.
    uploaded_by: String,
    /// How often a check was begun.
    attempts: u32,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    started_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
    /// The version that it is, once accepted.
    #[schema(value_type = Option<String>, format = Uuid)]
    policy: Option<PolicyId>,
}

impl From<&Upload> for UploadListed {
    fn from(row: &Upload) -> Self {
        Self {
            id: row.id,
            status: row.state,
            step: row.step.clone(),
            since: row.since,
            digest: hex::encode(row.digest),
            size: row.size,
            signed: row.signature.is_some(),
            uploaded_by: row.uploaded_by.clone(),
            attempts: row.attempts,
            created_at: row.created_at,
            started_at: row.started_at,
            ended_at: row.ended_at,
            policy: row.policy,
        }
    }
}

/// An upload.
#[derive(Serialize, ToSchema)]
#[schema(as = Upload)]
pub struct UploadView {
    #[serde(flatten)]
    head: UploadListed,
    /// What the check found: every problem with its place and its fix; absent until it has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    report: Option<Value>,
    /// Why the host could not check it.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<FailureView>,
}

/// Why the host could not check it, after several tries.
#[derive(Serialize, ToSchema)]
struct FailureView {
    #[schema(value_type = String, example = "storage-unavailable")]
    code: Failure,
    message: String,
    fix: String,
}

impl UploadView {
    /// In one language.
    ///
    /// # Errors
    /// A stored report that cannot be read.
    pub fn new(row: &Upload, language: Language) -> Result<Self, Problem> {
        let mut report: Option<Value> = row.report.as_deref().map(serde_json::from_str).transpose()?;
        if let Some(report) = &mut report {
            difference::speak(report, language)?;
        }
        let failure = row.failure.clone().map(|word| serde_json::from_value::<Failure>(Value::String(word)));
        let failure = failure.transpose()?.map(|code| {
            let (message, fix) = code.words();
            FailureView { code, message: message.get(language).to_owned(), fix: fix.get(language).to_owned() }
        });
        Ok(Self { head: row.into(), report, failure })
    }
}

/// A change of an upload.
#[derive(Serialize, ToSchema)]
pub struct UploadEventView {
    #[schema(value_type = String, format = Uuid)]
    id: UploadId,
    #[schema(value_type = String, example = "checking")]
    status: UploadState,
    step: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

impl UploadEventView {
    /// Of this upload.
    pub fn new(id: UploadId, event: &UploadEvent) -> Self {
        Self { id, status: event.state, step: event.step.clone(), since: event.at }
    }
}
