//! Keys that parties sign their uploads with.

use crate::batch::Table;
use crate::record::{Single, record};
use crate::statements::statements;
use crate::value::vals;
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{PartyId, SigningKeyId};

/// A minisign public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKey {
    /// Its id here.
    pub id: SigningKeyId,
    /// Whose it is.
    pub party: PartyId,
    /// What its owner calls it.
    pub name: String,
    /// Its id as minisign prints it: 16 hexadecimal digits.
    pub key_id: String,
    /// The key, base64.
    pub public_key: String,
    /// When it was registered.
    pub created_at: Timestamp,
    /// From when on it is no longer accepted.
    pub revoked_at: Option<Timestamp>,
}

pub(crate) const TABLE: Table = Table {
    name: "signing_key",
    columns: &["party_id", "id", "name", "key_id", "public_key", "created_at"],
    conflict: "",
};

statements! {
    LIST = "SELECT party_id, id, name, key_id, public_key, created_at, revoked_at FROM signing_key \
        WHERE party_id = $1 ORDER BY id DESC";
    BY_KEY_ID = "SELECT party_id, id, name, key_id, public_key, created_at, revoked_at FROM signing_key \
        WHERE party_id = $1 AND key_id = $2";
    REVOKE = "UPDATE signing_key SET revoked_at = $3 WHERE party_id = $1 AND id = $2 AND revoked_at IS NULL";
    REQUIRED = "SELECT required AS value FROM signing_rule WHERE party_id = $1";
    REQUIRE = "INSERT INTO signing_rule (party_id, required, updated_at) VALUES ($1, $2, $3) \
        ON CONFLICT (party_id) DO UPDATE SET required = excluded.required, updated_at = excluded.updated_at";
}

record!(SigningKey { id, party = "party_id", name, key_id, public_key, created_at, revoked_at });

/// Adds a key; [`StoreError::Duplicate`] when the party registered it already.
pub async fn insert(conn: &mut Conn, key: &SigningKey) -> Result<(), StoreError> {
    let values = vals![key.party, key.id, &key.name, &key.key_id, &key.public_key, key.created_at];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// All keys of a party, newest first, revoked ones included.
pub async fn list(conn: &mut Conn, party: PartyId) -> Result<Vec<SigningKey>, StoreError> {
    conn.all(LIST, vals![party]).await
}

/// The party's key with this id of minisign's, even if revoked.
pub async fn by_key_id(
    conn: &mut Conn,
    party: PartyId,
    key_id: &str,
) -> Result<Option<SigningKey>, StoreError> {
    conn.optional(BY_KEY_ID, vals![party, key_id]).await
}

/// Revokes a key; false when the party has no such key that is still accepted.
pub async fn revoke(
    conn: &mut Conn,
    party: PartyId,
    key: SigningKeyId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(conn.execute(REVOKE, vals![party, key, at]).await? > 0)
}

/// Whether the party takes signed policies only.
pub async fn required(conn: &mut Conn, party: PartyId) -> Result<bool, StoreError> {
    Ok(conn.optional::<Single<bool>>(REQUIRED, vals![party]).await?.is_some_and(|found| found.0))
}

/// Says whether the party takes signed policies only.
pub async fn require(
    conn: &mut Conn,
    party: PartyId,
    required: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    conn.execute(REQUIRE, vals![party, required, now]).await.map(drop)
}
