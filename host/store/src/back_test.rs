//! Back-tests: jobs, how far they came, what they found.
//!
//! A job belongs to the host that holds its lease. A save says where the job stands and what it found up to
//! there, both or neither, and only for the holder of the lease: so whoever goes on after a host that died
//! counts nothing twice.

use crate::batch::Table;
use crate::record::{Single, record};
use crate::statements::statements;
use crate::value::{vals, word};
use crate::{Conn, Engine, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{BackTestId, PartyId, PolicyId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BackTestState {
    /// No host has begun.
    Queued,
    /// A host works on it, or did and is gone.
    Running,
    /// All of the history was read.
    Finished,
    /// Its party called it off.
    Cancelled,
    /// It cannot go on.
    Failed,
}

impl BackTestState {
    /// Whether nothing more will happen.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackTest {
    /// Its id. Receipts with smaller ids are its history.
    pub id: BackTestId,
    /// Whose it is.
    pub party: PartyId,
    /// The candidate.
    pub policy: PolicyId,
    /// How it stands.
    pub state: BackTestState,
    /// What was asked for, JSON.
    pub request: String,
    /// Decisions to read, once they are counted.
    pub total: Option<u64>,
    /// Of them, read.
    pub done: u64,
    /// Where it stands and what it found, JSON.
    pub progress: String,
    /// Milliseconds spent on it, by all hosts.
    pub ran_ms: u64,
    /// Changed decisions in a million of those asked, once it is finished.
    pub changed_ppm: Option<u64>,
    /// Why it failed, JSON.
    pub why: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When a host first took it.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// The host that works on it.
    pub lease: Option<Uuid>,
    /// Rises with each change.
    pub saves: u64,
}

/// How far a job came.
#[derive(Clone, Debug)]
pub struct Save {
    /// The host's lease.
    pub lease: Uuid,
    /// How it stands.
    pub state: BackTestState,
    /// Decisions to read, once they are counted.
    pub total: Option<u64>,
    /// Of them, read.
    pub done: u64,
    /// Where it stands and what it found, JSON.
    pub progress: String,
    /// Milliseconds spent since the last save.
    pub ran_ms: u64,
    /// Changed decisions in a million of those asked, once it is finished.
    pub changed_ppm: Option<u64>,
    /// Why it failed, JSON.
    pub why: Option<String>,
    /// Until when the lease goes on; absent: it is given back.
    pub leased_until: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

pub(crate) const TABLE: Table = Table {
    name: "back_test",
    columns: &[
        "party_id",
        "id",
        "policy_id",
        "state",
        "request",
        "total",
        "done",
        "progress",
        "ran_ms",
        "created_at",
        "saves",
    ],
    conflict: "",
};

macro_rules! columns {
    () => {
        "party_id, id, policy_id, state, request, total, done, progress, ran_ms, changed_ppm, why, created_at, \
         started_at, finished_at, lease, saves"
    };
}

/// The oldest job that nobody works on.
macro_rules! take {
    ($lock:literal) => {
        concat!(
            "WITH next AS MATERIALIZED (SELECT party_id, id FROM back_test \
             WHERE state IN ('queued', 'running') AND (leased_until IS NULL OR leased_until <= $1) \
             ORDER BY created_at LIMIT 1",
            $lock,
            ") UPDATE back_test SET state = 'running', lease = $2, leased_until = $3, \
             started_at = COALESCE(started_at, $1), saves = saves + 1 \
             WHERE (party_id, id) IN (SELECT party_id, id FROM next) AND state IN ('queued', 'running') \
             AND (leased_until IS NULL OR leased_until <= $1) RETURNING ",
            columns!()
        )
    };
}

statements! {
    FIND = concat!("SELECT ", columns!(), " FROM back_test WHERE party_id = $1 AND id = $2");
    LIST = concat!(
        "SELECT ", columns!(), " FROM back_test WHERE party_id = $1 AND id < $2 \
         AND (CAST($3 AS UUID) IS NULL OR policy_id = $3) ORDER BY id DESC LIMIT $4"
    );
    FINISHED = concat!(
        "SELECT ", columns!(), " FROM back_test WHERE party_id = $1 AND policy_id = $2 AND state = 'finished' \
         ORDER BY id DESC LIMIT $3"
    );
    WAITS = "SELECT count(*) AS value FROM (SELECT 1 FROM back_test WHERE state IN ('queued', 'running') \
        AND (leased_until IS NULL OR leased_until <= $1) LIMIT 1) AS waiting";
    UNFINISHED = "SELECT count(*) AS value FROM back_test WHERE party_id = $1 AND state IN ('queued', 'running')";
    SAVE = "UPDATE back_test SET state = $4, total = $5, done = $6, progress = $7, ran_ms = ran_ms + $8, \
        changed_ppm = $9, why = $10, leased_until = $11, finished_at = $12, saves = saves + 1 \
        WHERE party_id = $1 AND id = $2 AND lease = $3 AND state = 'running'";
    CANCEL = "UPDATE back_test SET state = 'cancelled', finished_at = $3, leased_until = NULL, saves = saves + 1 \
        WHERE party_id = $1 AND id = $2 AND state IN ('queued', 'running')";
}

record!(BackTest {
    id,
    party = "party_id",
    policy = "policy_id",
    state as Word,
    request,
    total,
    done,
    progress,
    ran_ms,
    changed_ppm,
    why,
    created_at,
    started_at,
    finished_at,
    lease,
    saves,
});

pub(crate) fn take_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => take!(""),
        Engine::Postgres => take!(" FOR UPDATE SKIP LOCKED"),
    }
}

/// Adds a job.
pub async fn insert(conn: &mut Conn, job: &BackTest) -> Result<(), StoreError> {
    let values = vals![
        job.party,
        job.id,
        job.policy,
        word(&job.state)?,
        &job.request,
        job.total,
        job.done,
        &job.progress,
        job.ran_ms,
        job.created_at,
        job.saves,
    ];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// A job of a party.
pub async fn find(conn: &mut Conn, owner: PartyId, id: BackTestId) -> Result<Option<BackTest>, StoreError> {
    conn.optional(FIND, vals![owner, id]).await
}

/// A party's jobs, newest first, older than `after`; of one candidate, or of all.
pub async fn list(
    conn: &mut Conn,
    owner: PartyId,
    policy: Option<PolicyId>,
    after: Option<BackTestId>,
    limit: u32,
) -> Result<Vec<BackTest>, StoreError> {
    conn.all(LIST, vals![owner, after.map_or(Uuid::max(), |id| id.0), policy, limit]).await
}

/// The jobs of a candidate that came to their end, newest first.
pub async fn finished(
    conn: &mut Conn,
    owner: PartyId,
    policy: PolicyId,
    limit: u32,
) -> Result<Vec<BackTest>, StoreError> {
    conn.all(FINISHED, vals![owner, policy, limit]).await
}

/// Whether there is a job that nobody works on. Needs [`Scope::Platform`](crate::Scope).
pub async fn waits(conn: &mut Conn, now: Timestamp) -> Result<bool, StoreError> {
    let found = conn.optional::<Single<u64>>(WAITS, vals![now]).await?;
    Ok(found.is_some_and(|count| count.0 > 0))
}

/// How many jobs of a party have not ended.
pub async fn unfinished(conn: &mut Conn, owner: PartyId) -> Result<u64, StoreError> {
    let found = conn.optional::<Single<u64>>(UNFINISHED, vals![owner]).await?;
    Ok(found.map_or(0, |count| count.0))
}

/// Takes the oldest job that nobody works on, until `leased_until`. Needs
/// [`Scope::Platform`](crate::Scope) and a write.
pub async fn take(
    conn: &mut Conn,
    now: Timestamp,
    lease: Uuid,
    leased_until: Timestamp,
) -> Result<Option<BackTest>, StoreError> {
    conn.optional(take_sql(conn.engine()), vals![now, lease, leased_until]).await
}

/// Keeps how far a job came; false when it is no longer this host's, or was called off.
pub async fn save(conn: &mut Conn, owner: PartyId, id: BackTestId, save: &Save) -> Result<bool, StoreError> {
    let values = vals![
        owner,
        id,
        save.lease,
        word(&save.state)?,
        save.total,
        save.done,
        &save.progress,
        save.ran_ms,
        save.changed_ppm,
        save.why.as_deref(),
        save.leased_until,
        save.finished_at,
    ];
    Ok(conn.execute(SAVE, values).await? > 0)
}

/// Calls a job off; false when it has ended.
pub async fn cancel(
    conn: &mut Conn,
    owner: PartyId,
    id: BackTestId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(conn.execute(CANCEL, vals![owner, id, at]).await? > 0)
}
