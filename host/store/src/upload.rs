//! Uploads of policies: jobs with a lease, and what became of them.

use crate::batch::Table;
use crate::record::{Single, record};
use crate::statements::statements;
use crate::value::{Val, vals, word};
use crate::{Conn, Engine, StoreError};
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

/// As for deadlines: PostgreSQL skips a row that another worker is just taking, and the condition is
/// repeated outside. First comes the party that was served longest ago.
macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "WITH due AS MATERIALIZED (\
                SELECT u.party_id, u.id FROM upload u WHERE u.state IN ('queued', 'checking') \
                AND u.not_before <= $1 AND (u.leased_until IS NULL OR u.leased_until <= $1) \
                ORDER BY (SELECT max(s.started_at) FROM upload s WHERE s.party_id = u.party_id) NULLS FIRST, \
                u.id LIMIT 1",
            $lock,
            ") UPDATE upload SET state = 'checking', step = NULL, since = $1, started_at = $1, leased_until = $2, \
            attempts = attempts + 1, turn = turn + 1, events = events + 1 \
            WHERE (party_id, id) IN (SELECT party_id, id FROM due) AND state IN ('queued', 'checking') \
            AND not_before <= $1 AND (leased_until IS NULL OR leased_until <= $1) RETURNING ",
            columns!()
        )
    };
}

statements! {
    FIND = concat!("SELECT ", columns!(), " FROM upload WHERE party_id = $1 AND id = $2");
    LIST = concat!("SELECT ", columns!(), " FROM upload WHERE party_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    UNFINISHED = "SELECT count(*) AS value FROM upload WHERE party_id = $1 AND state IN ('queued', 'checking')";
    LIST_EVENTS = "SELECT seq, at, state, step FROM upload_event WHERE party_id = $1 AND upload_id = $2 \
        AND seq > $3 ORDER BY seq";
    RENEW = "UPDATE upload SET leased_until = $4 WHERE party_id = $1 AND id = $2 AND turn = $3 \
        AND state = 'checking'";
    PROGRESS = "UPDATE upload SET step = $4, since = $5, events = events + 1 \
        WHERE party_id = $1 AND id = $2 AND turn = $3 AND state = 'checking' RETURNING events AS value";
    PUT_BACK = "UPDATE upload SET state = 'queued', step = NULL, since = $4, not_before = $5, attempts = $6, \
        leased_until = NULL, events = events + 1 \
        WHERE party_id = $1 AND id = $2 AND turn = $3 AND state = 'checking' RETURNING events AS value";
    END = "UPDATE upload SET state = $4, since = $5, ended_at = $5, policy_id = $6, report = $7, failure = $8, \
        leased_until = NULL, events = events + 1 \
        WHERE party_id = $1 AND id = $2 AND turn = $3 AND state = 'checking' RETURNING events AS value";
    CANCEL = "UPDATE upload SET state = 'cancelled', since = $3, ended_at = $3, events = events + 1 \
        WHERE party_id = $1 AND id = $2 AND state = 'queued' RETURNING events AS value";
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

pub(crate) fn claim_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => claim!(""),
        Engine::Postgres => claim!(" FOR UPDATE OF u SKIP LOCKED"),
    }
}

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

/// Takes the next upload for one worker until `lease_until`; after that others may take it again. Needs
/// [`Scope::Platform`](crate::Scope) and a write.
pub async fn claim(
    conn: &mut Conn,
    now: Timestamp,
    lease_until: Timestamp,
) -> Result<Option<Upload>, StoreError> {
    let taken: Option<Upload> = conn.optional(claim_sql(conn.engine()), vals![now, lease_until]).await?;
    if let Some(upload) = &taken {
        tell(conn, upload, upload.events, now, upload.state, None).await?;
    }
    Ok(taken)
}

/// Keeps it for longer; whether it is still this worker's.
pub async fn renew(conn: &mut Conn, taken: &Upload, until: Timestamp) -> Result<bool, StoreError> {
    Ok(conn.execute(RENEW, vals![taken.party, taken.id, taken.turn, until]).await? > 0)
}

/// Says what the check does now; whether it is still this worker's.
pub async fn progress(
    conn: &mut Conn,
    taken: &Upload,
    step: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let values = vals![taken.party, taken.id, taken.turn, step, now];
    change(conn, taken, (PROGRESS, values), now, UploadState::Checking, Some(step)).await
}

/// Gives it back, to be taken again by anybody from `not_before` on, as if `attempts` checks had been begun;
/// whether it was still this worker's.
pub async fn put_back(
    conn: &mut Conn,
    taken: &Upload,
    attempts: u32,
    not_before: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let values = vals![taken.party, taken.id, taken.turn, now, not_before, attempts];
    change(conn, taken, (PUT_BACK, values), now, UploadState::Queued, None).await
}

/// Ends it. [`StoreError::Stale`] when it is no longer this worker's: then nothing of the write may stay.
pub async fn end(
    conn: &mut Conn,
    taken: &Upload,
    state: UploadState,
    outcome: &Outcome,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Outcome { policy, report, failure } = outcome;
    let values = vals![
        taken.party,
        taken.id,
        taken.turn,
        word(&state)?,
        now,
        *policy,
        report.as_deref(),
        failure.as_deref()
    ];
    match change(conn, taken, (END, values), now, state, None).await? {
        true => Ok(()),
        false => Err(StoreError::Stale),
    }
}

/// Ends an upload that nobody has begun to check; false when that is too late.
pub async fn cancel(conn: &mut Conn, upload: &Upload, now: Timestamp) -> Result<bool, StoreError> {
    let values = vals![upload.party, upload.id, now];
    change(conn, upload, (CANCEL, values), now, UploadState::Cancelled, None).await
}

async fn change(
    conn: &mut Conn,
    upload: &Upload,
    (sql, values): (&'static str, Vec<Val>),
    now: Timestamp,
    state: UploadState,
    step: Option<&str>,
) -> Result<bool, StoreError> {
    match conn.optional::<Single<u64>>(sql, values).await? {
        Some(Single(seq)) => tell(conn, upload, seq, now, state, step).await.map(|()| true),
        None => Ok(false),
    }
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
