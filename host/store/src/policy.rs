//! Policies: versions and their components.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{json, vals, word};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{PartyId, PolicyId, SigningKeyId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyStatus {
    /// It passed the check and may be activated.
    Checked,
    /// It judges nothing any more.
    Retired,
}

/// One version of a party's policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Its id.
    pub id: PolicyId,
    /// Whose it is.
    pub party: PartyId,
    /// Name in its manifest.
    pub name: String,
    /// Version in its manifest; unique with the name.
    pub version: String,
    /// SHA-256 of the component.
    pub digest: [u8; 32],
    /// Contract version.
    pub contract: String,
    /// How it stands.
    pub status: PolicyStatus,
    /// Manifest, JSON.
    pub manifest: String,
    /// Report of the check, JSON.
    pub report: String,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// When it was retired.
    pub retired_at: Option<Timestamp>,
    /// Who signed it, if anybody did.
    pub signed_by: Option<SignedBy>,
}

/// Whose signature an upload carried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedBy {
    /// The party's key.
    pub key: SigningKeyId,
    /// Its name at that time.
    pub name: String,
    /// Its id as minisign prints it.
    pub key_id: String,
    /// What the signature says for certain: usually when and which file.
    pub trusted_comment: String,
}

pub(crate) const TABLE: Table = Table {
    name: "policy",
    columns: &[
        "party_id",
        "id",
        "name",
        "version",
        "digest",
        "contract",
        "status",
        "manifest",
        "report",
        "created_at",
        "signed_by",
    ],
    conflict: "",
};

statements! {
    INSERT_COMPONENT = "INSERT INTO component (party_id, digest, size) VALUES ($1, $2, $3) \
        ON CONFLICT (party_id, digest) DO NOTHING";
    FIND = "SELECT party_id, id, name, version, digest, contract, status, manifest, report, created_at, \
        retired_at, signed_by FROM policy p WHERE id = $2 AND (party_id = $1 OR EXISTS \
        (SELECT 1 FROM dealership d WHERE d.party_id = p.party_id AND d.dealer_id = $1 AND d.ended_at IS NULL))";
    LIST = "SELECT party_id, id, name, version, digest, contract, status, manifest, report, created_at, \
        retired_at, signed_by FROM policy WHERE party_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    BY_VERSION = "SELECT party_id, id, name, version, digest, contract, status, manifest, report, created_at, \
        retired_at, signed_by FROM policy WHERE party_id = $1 AND name = $2 AND version = $3";
    IN_USE = "SELECT party_id, id, name, version, digest, contract, status, manifest, report, created_at, \
        retired_at, signed_by FROM policy p WHERE status = 'checked' AND EXISTS \
        (SELECT 1 FROM activation a WHERE a.party_id = p.party_id AND a.policy_id = p.id) ORDER BY id";
    SIGN = "UPDATE policy SET signed_by = $3 WHERE party_id = $1 AND id = $2 AND signed_by IS NULL";
    RETIRE = "UPDATE policy SET status = 'retired', retired_at = $3 \
        WHERE party_id = $1 AND id = $2 AND status = 'checked'";
}

record!(Policy {
    id,
    party = "party_id",
    name,
    version,
    digest,
    contract,
    status as Word,
    manifest,
    report,
    created_at,
    retired_at,
    signed_by as MaybeJson,
});

/// Adds a checked version, whose component of `size` bytes is in object storage; [`StoreError::Duplicate`]
/// when the party has this name and version.
pub async fn insert(conn: &mut Conn, policy: &Policy, size: u64) -> Result<(), StoreError> {
    conn.execute(INSERT_COMPONENT, vals![policy.party, policy.digest, size]).await?;
    let values = vals![
        policy.party,
        policy.id,
        &policy.name,
        &policy.version,
        policy.digest,
        &policy.contract,
        word(&policy.status)?,
        &policy.manifest,
        &policy.report,
        policy.created_at,
        policy.signed_by.as_ref().map(serde_json::to_string).transpose()?,
    ];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// A version of `viewer`'s own, or of a party that it deals for.
pub async fn find(conn: &mut Conn, viewer: PartyId, id: PolicyId) -> Result<Option<Policy>, StoreError> {
    conn.optional(FIND, vals![viewer, id]).await
}

/// A party's version of this name.
pub async fn by_version(
    conn: &mut Conn,
    owner: PartyId,
    name: &str,
    version: &str,
) -> Result<Option<Policy>, StoreError> {
    conn.optional(BY_VERSION, vals![owner, name, version]).await
}

/// A party's versions, newest first, older than `after`.
pub async fn list(
    conn: &mut Conn,
    owner: PartyId,
    after: Option<PolicyId>,
    limit: u32,
) -> Result<Vec<Policy>, StoreError> {
    conn.all(LIST, vals![owner, after.map_or(Uuid::max(), |id| id.0), limit]).await
}

/// All parties' versions that were ever activated and are not retired: what a host warms up with.
/// Needs [`Scope::Platform`](crate::Scope).
pub async fn in_use(conn: &mut Conn) -> Result<Vec<Policy>, StoreError> {
    conn.all(IN_USE, vec![]).await
}

/// Says who signed a version of `owner`'s that nobody had signed.
pub async fn sign(conn: &mut Conn, owner: PartyId, id: PolicyId, by: &SignedBy) -> Result<bool, StoreError> {
    Ok(conn.execute(SIGN, vals![owner, id, json(by)?]).await? > 0)
}

/// Retires a version: it judges nothing any more. False when the party has no such version in use.
pub async fn retire(
    conn: &mut Conn,
    owner: PartyId,
    id: PolicyId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(conn.execute(RETIRE, vals![owner, id, at]).await? > 0)
}
