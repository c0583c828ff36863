//! Answers to requests that carried an idempotency key, kept in the transaction of what they did.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{Val, vals};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::PartyId;

/// A request and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Who asked.
    pub party: PartyId,
    /// Under which key, unique for the party.
    pub key: String,
    /// Which operation.
    pub operation: String,
    /// SHA-256 of the request.
    pub request_hash: [u8; 32],
    /// HTTP status.
    pub status: u16,
    /// Headers to repeat, JSON.
    pub headers: String,
    /// Body, byte by byte.
    pub body: Vec<u8>,
    /// When.
    pub created_at: Timestamp,
}

pub(crate) const TABLE: Table = Table {
    name: "idempotency",
    columns: &["party_id", "key", "operation", "request_hash", "status", "headers", "body", "created_at"],
    conflict: "",
};

statements! {
    FIND = "SELECT party_id, key, operation, request_hash, status, headers, body, created_at \
        FROM idempotency WHERE party_id = $1 AND key = $2";
    PURGE = "DELETE FROM idempotency WHERE created_at < $1";
}

record!(Answer { party = "party_id", key, operation, request_hash, status, headers, body, created_at });

pub(crate) fn values(answer: &Answer) -> Vec<Val> {
    vals![
        answer.party,
        &answer.key,
        &answer.operation,
        answer.request_hash,
        answer.status,
        &answer.headers,
        answer.body.as_slice(),
        answer.created_at,
    ]
}

/// The answer that was given under this key.
pub async fn find(conn: &mut Conn, party: PartyId, key: &str) -> Result<Option<Answer>, StoreError> {
    conn.optional(FIND, vals![party, key]).await
}

/// Keeps an answer; to be done in the write that it answers. [`StoreError::Duplicate`] when the key
/// was used meanwhile: then nothing of the write stays.
pub async fn insert(conn: &mut Conn, answer: &Answer) -> Result<(), StoreError> {
    conn.execute(TABLE.insert(1), values(answer)).await.map(drop)
}

/// Forgets answers older than an instant; how many. Needs [`Scope::Platform`](crate::Scope).
pub async fn purge(conn: &mut Conn, before: Timestamp) -> Result<u64, StoreError> {
    conn.execute(PURGE, vals![before]).await
}
