//! API keys. Only a hash of the key is kept.

use crate::batch::Table;
use crate::record::{Single, record};
use crate::statements::statements;
use crate::value::{json, vals};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{KeyId, PartyId};

/// An API key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: KeyId,
    /// Whose it is.
    pub party: PartyId,
    /// What its owner calls it.
    pub name: String,
    /// SHA-256 of the key.
    pub hash: [u8; 32],
    /// What it may do.
    pub scopes: Vec<String>,
    /// The approval roles that it may sign for.
    pub roles: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is no longer accepted.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

pub(crate) const TABLE: Table = Table {
    name: "api_key",
    columns: &["party_id", "id", "name", "hash", "scopes", "roles", "created_at", "expires_at", "revoked_at"],
    conflict: "",
};

statements! {
    BY_HASH = "SELECT party_id, id, name, hash, scopes, roles, created_at, expires_at, revoked_at \
        FROM api_key WHERE hash = $1";
    LIST = "SELECT party_id, id, name, hash, scopes, roles, created_at, expires_at, revoked_at \
        FROM api_key WHERE party_id = $1 ORDER BY id DESC";
    REVOKE = "UPDATE api_key SET revoked_at = $3 WHERE party_id = $1 AND id = $2 AND revoked_at IS NULL";
    ANY = "SELECT EXISTS (SELECT 1 FROM api_key) AS value";
}

record!(ApiKey {
    id,
    party = "party_id",
    name,
    hash,
    scopes as Json,
    roles as Json,
    created_at,
    expires_at,
    revoked_at,
});

/// Adds a key.
pub async fn insert(conn: &mut Conn, key: &ApiKey) -> Result<(), StoreError> {
    let values = vals![
        key.party,
        key.id,
        &key.name,
        key.hash,
        json(&key.scopes)?,
        json(&key.roles)?,
        key.created_at,
        key.expires_at,
        key.revoked_at,
    ];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// The key with this hash, expired and revoked ones included. Needs [`Scope::Platform`](crate::Scope).
pub async fn by_hash(conn: &mut Conn, hash: &[u8; 32]) -> Result<Option<ApiKey>, StoreError> {
    conn.optional(BY_HASH, vals![*hash]).await
}

/// All keys of a party, newest first.
pub async fn list(conn: &mut Conn, party: PartyId) -> Result<Vec<ApiKey>, StoreError> {
    conn.all(LIST, vals![party]).await
}

/// Revokes a key; false when the party has no such key that is still valid.
pub async fn revoke(conn: &mut Conn, party: PartyId, key: KeyId, at: Timestamp) -> Result<bool, StoreError> {
    Ok(conn.execute(REVOKE, vals![party, key, at]).await? > 0)
}

/// Whether there is any key at all: false on a fresh database. Needs [`Scope::Platform`](crate::Scope).
pub async fn any(conn: &mut Conn) -> Result<bool, StoreError> {
    Ok(conn.optional::<Single<bool>>(ANY, vec![]).await?.is_some_and(|found| found.0))
}
