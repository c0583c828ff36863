//! The check of an upload as a job: taken by one worker until its lease ends, and whoever holds an earlier turn
//! changes nothing any more.

use super::{Outcome, Upload, UploadState, columns, tell};
use crate::record::Single;
use crate::statements::statements;
use crate::value::{Val, vals, word};
use crate::{Conn, Engine, StoreError};
use jiff::Timestamp;

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
}

pub(crate) fn claim_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => claim!(""),
        Engine::Postgres => claim!(" FOR UPDATE OF u SKIP LOCKED"),
    }
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
