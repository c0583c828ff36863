//! A recorded decision, with everything that a replay needs.

use sanbao_domain::ids::{ActivationId, ClaimId, PartyId, PolicyId, ReceiptId, TicketId};
use sanbao_domain::time::Timestamp;
use sanbao_store::receipt::Receipt;
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

/// One call of a policy.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReceiptView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: ReceiptId,
    /// The ticket.
    #[schema(value_type = String, format = Uuid)]
    pub ticket: TicketId,
    /// The claim.
    #[schema(value_type = String, format = Uuid)]
    pub claim: ClaimId,
    /// Position in the ticket's chain, from 1.
    pub seq: u64,
    /// Whose policy decided.
    #[schema(value_type = String, format = Uuid)]
    pub respondent: PartyId,
    /// The function that was asked.
    #[schema(example = "coverage.decide")]
    pub function: String,
    /// The ruling, `answered`, or the kind of the failure.
    #[schema(example = "covered")]
    pub outcome: String,
    /// The policy version.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub policy: Option<PolicyId>,
    /// What put the version in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub activation: Option<ActivationId>,
    /// SHA-256 of the component, hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Version of the contract.
    pub contract: String,
    /// Fingerprint of the engine: version, configuration and CPU features.
    pub engine: String,
    /// Version of the respondent's calendar.
    pub calendar: String,
    /// Fuel used.
    pub fuel: u64,
    /// What was asked, as the very text that was hashed.
    pub input: String,
    /// What was answered, as the very text that was hashed.
    pub output: String,
    /// What the policy wrote for its author.
    #[schema(value_type = Object)]
    pub log: Json,
    /// Hash of the receipt before it, hexadecimal; absent for the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// Its own hash, hexadecimal.
    pub hash: String,
    /// Name of the host's key that signed it; `GET /v1/receipt-keys` lists them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The Ed25519 signature of its hash, 128 hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub decided_at: Timestamp,
    /// Microseconds that the call took.
    pub took_us: u64,
}

impl ReceiptView {
    /// Shows a receipt.
    pub fn new(receipt: Receipt) -> Self {
        Self {
            id: receipt.id,
            ticket: receipt.ticket,
            claim: receipt.claim,
            seq: receipt.seq,
            respondent: receipt.respondent,
            function: receipt.interface,
            outcome: receipt.outcome,
            policy: receipt.policy,
            activation: receipt.activation,
            digest: receipt.digest.map(hex::encode),
            contract: receipt.contract,
            engine: receipt.engine,
            calendar: receipt.calendar,
            fuel: receipt.fuel,
            input: receipt.input,
            output: receipt.output,
            log: serde_json::from_str(&receipt.log).unwrap_or(Json::Null),
            previous: receipt.prev_hash.map(hex::encode),
            hash: hex::encode(receipt.hash),
            key: receipt.key,
            signature: receipt.signature.map(hex::encode),
            decided_at: receipt.decided_at,
            took_us: receipt.took_ns / 1000,
        }
    }
}
