//! Uploads of policies: what was uploaded, and what became of it.

pub(crate) mod work;

pub use work::{cancel, claim, end, progress, put_back, renew};

use crate::batch::Table;
use crate::record::{Single, record};
use crate::statements::statements;
use crate::value::{vals, word};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{PartyId, PolicyId, UploadId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UploadState {
    /// Nobody has begun, or somebody will begin again.
    Queued,
    /// A host checks it.
    Checking,
    /// It is a policy's version.
    Accepted,
    /// The report says why not.
    Refused,
    /// The host could not check it.
    Failed,
    /// Its party did not want it any more.
    Cancelled,
}

impl UploadState {
    /// Whether nothing follows.
    pub fn is_end(self) -> bool {
        !matches!(self, Self::Queued | Self::Checking)
    }
}

/// One upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its id.
    pub id: UploadId,
    /// Whose it is.
    pub party: PartyId,
    /// How it stands.
    pub state: UploadState,
    /// What the check does now, or did last.
    pub step: Option<String>,
    /// Since when it stands so.
    pub since: Timestamp,
    /// SHA-256 of the bytes as they were uploaded.
    pub digest: [u8; 32],
    /// Their number.
    pub size: u64,
    /// Minisign's file, if it was signed.
    pub signature: Option<String>,
    /// Name of the key that uploaded it.
    pub uploaded_by: String,
    /// Number of its last event.
    pub events: u64,
    /// How often a check was begun.
    pub attempts: u32,
    /// Counts the workers that took it; whoever holds an earlier turn changes nothing any more.
    pub turn: u64,
    /// When it came.
    pub created_at: Timestamp,
    /// When a check began last.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The version that it is.
    pub policy: Option<PolicyId>,
    /// Report of the check, JSON.
    pub report: Option<String>,
    /// The word for why the host could not check it.
    pub failure: Option<String>,
}

/// A change of state or step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadEvent {
    /// 1, 2, 3 …
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// How the upload stood then.
    pub state: UploadState,
    /// What the check did then.
    pub step: Option<String>,
}

/// What becomes of an upload.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The version that it is.
    pub policy: Option<PolicyId>,
    /// Report of the check, JSON.
    pub report: Option<String>,
    /// The word for why the host could not check it.
    pub failure: Option<String>,
}

pub(crate) const TABLE: Table = Table {
    name: "upload",
    columns: &[
        "party_id",
        "id",
        "state",
        "since",
        "digest",
        "size",
        "signature",
        "uploaded_by",
        "events",
        "attempts",
        "turn",
        "not_before",
        "created_at",
    ],
    conflict: "",
};

pub(crate) const EVENTS: Table = Table {
    name: "upload_event",
    columns: &["party_id", "upload_id", "seq", "at", "state", "step"],
    conflict: "",
};

macro_rules! columns {
    () => {
        "party_id, id, state, step, since, digest, size, signature, uploaded_by, events, attempts, turn, \
        created_at, started_at, ended_at, policy_id, report, failure"
    };
}
use columns;

statements! {
    FIND = concat!("SELECT ", columns!(), " FROM upload WHERE party_id = $1 AND id = $2");
    LIST = concat!("SELECT ", columns!(), " FROM upload WHERE party_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    UNFINISHED = "SELECT count(*) AS value FROM upload WHERE party_id = $1 AND state IN ('queued', 'checking')";
    LIST_EVENTS = "SELECT seq, at, state, step FROM upload_event WHERE party_id = $1 AND upload_id = $2 \
        AND seq > $3 ORDER BY seq";
    OLD = "SELECT party_id, id FROM upload WHERE state IN ('refused', 'failed', 'cancelled') AND ended_at < $1 \
        ORDER BY ended_at LIMIT $2";
    REMOVE_EVENTS = "DELETE FROM upload_event WHERE party_id = $1 AND upload_id = $2";
    REMOVE = "DELETE FROM upload WHERE party_id = $1 AND id = $2";
}

record!(Upload {
    id,
    party = "party_id",
    state as Word,
    step,
    since,
    digest,
    size,
    signature,
    uploaded_by,
    events,
    attempts,
    turn,
    created_at,
    started_at,
    ended_at,
    policy = "policy_id",
    report,
    failure,
});

record!(UploadEvent { seq, at, state as Word, step });

struct Old {
    party: PartyId,
    id: UploadId,
}
record!(Old { party = "party_id", id });

/// Adds an upload that nobody has begun to check, with its first event. False, and nothing added, where
/// its party has `most` already that have not ended.
pub async fn insert(conn: &mut Conn, upload: &Upload, most: u64) -> Result<bool, StoreError> {
    if unfinished(conn, upload.party).await? >= most {
        return Ok(false);
    }
    let values = vals![
        upload.party,
        upload.id,
        word(&upload.state)?,
        upload.since,
        upload.digest,
        upload.size,
        upload.signature.as_deref(),
        &upload.uploaded_by,
        upload.events,
        upload.attempts,
        upload.turn,
        upload.created_at,
        upload.created_at,
    ];
    conn.execute(TABLE.insert(1), values).await?;
    tell(conn, upload, upload.events, upload.created_at, upload.state, None).await?;
    Ok(true)
}

async fn tell(
    conn: &mut Conn,
    upload: &Upload,
    seq: u64,
    at: Timestamp,
    state: UploadState,
    step: Option<&str>,
) -> Result<(), StoreError> {
    let values = vals![upload.party, upload.id, seq, at, word(&state)?, step];
    conn.execute(EVENTS.insert(1), values).await.map(drop)
}

/// A party's upload.
pub async fn find(conn: &mut Conn, owner: PartyId, id: UploadId) -> Result<Option<Upload>, StoreError> {
    conn.optional(FIND, vals![owner, id]).await
}

/// A party's uploads, newest first, older than `after`.
pub async fn list(
    conn: &mut Conn,
    owner: PartyId,
    after: Option<UploadId>,
    limit: u32,
) -> Result<Vec<Upload>, StoreError> {
    conn.all(LIST, vals![owner, after.map_or(Uuid::max(), |id| id.0), limit]).await
}

/// How many of a party's uploads have not ended.
pub async fn unfinished(conn: &mut Conn, owner: PartyId) -> Result<u64, StoreError> {
    Ok(conn.optional::<Single<u64>>(UNFINISHED, vals![owner]).await?.map_or(0, |count| count.0))
}

/// What happened to a party's upload after the event `after`, in order.
pub async fn events(
    conn: &mut Conn,
    owner: PartyId,
    id: UploadId,
    after: u64,
) -> Result<Vec<UploadEvent>, StoreError> {
    conn.all(LIST_EVENTS, vals![owner, id, after]).await
}

/// Forgets uploads that ended without a policy before an instant, `limit` at most; how many. Needs
/// [`Scope::Platform`](crate::Scope).
pub async fn purge(conn: &mut Conn, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
    let old: Vec<Old> = conn.all(OLD, vals![before, limit]).await?;
    let mut removed = 0;
    for Old { party, id } in old {
        conn.execute(REMOVE_EVENTS, vals![party, id]).await?;
        removed += conn.execute(REMOVE, vals![party, id]).await?;
    }
    Ok(removed)
}
