//! A decision that changes, to click through.

use crate::services::back_tests::Shown;
use sanbao_domain::ids::ReceiptId;
use sanbao_domain::time::Timestamp;
use sanbao_policy::compare::Change;
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

/// A decision before and after.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExampleView {
    /// The decision.
    #[schema(value_type = String, format = Uuid)]
    pub receipt: ReceiptId,
    /// Where to read it.
    #[schema(example = "/v1/receipts/0190a0b0-0000-7000-8000-000000000000")]
    pub link: String,
    /// Its ticket.
    #[schema(example = "/v1/tickets/0190a0b0-0000-7000-8000-000000000000")]
    pub ticket: String,
    /// The function that was asked.
    pub function: String,
    /// When it was decided.
    #[schema(value_type = String, format = DateTime)]
    pub decided_at: Timestamp,
    /// The words under which it is counted.
    pub changes: Vec<String>,
    /// What differs, in full.
    #[schema(value_type = Vec<Object>)]
    pub differences: Vec<Change>,
    /// Rules that the candidate cites and the receipt does not.
    pub newly: Vec<String>,
    /// Rules that the receipt cites and the candidate does not.
    pub no_longer: Vec<String>,
    /// What was answered.
    #[schema(value_type = Object)]
    pub before: Json,
    /// What the candidate answers; absent where it answers no such question.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub after: Option<Json>,
}

impl ExampleView {
    /// Shows an example.
    pub fn new(shown: Shown) -> Self {
        let Shown { example, receipt, asked } = shown;
        let json = |text: &str| serde_json::from_str(text).unwrap_or(Json::Null);
        let (after, difference) = asked.map_or((None, None), |asked| (asked.output, asked.difference));
        Self {
            receipt: receipt.id,
            link: format!("/v1/receipts/{}", receipt.id),
            ticket: format!("/v1/tickets/{}", receipt.ticket),
            function: receipt.interface,
            decided_at: receipt.decided_at,
            changes: example.changes,
            differences: difference.map(|difference| difference.changes).unwrap_or_default(),
            newly: example.newly,
            no_longer: example.no_longer,
            before: json(&receipt.output),
            after: after.as_deref().map(json),
        }
    }
}
