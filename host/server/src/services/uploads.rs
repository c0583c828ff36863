//! Uploads: taken in at once, checked by a worker of some host, followed by whoever uploaded.

pub mod check;
pub mod follow;

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::idempotency::Once;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::artifacts;
use crate::services::{limits, signing};
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use sanbao_domain::ids::UploadId;
use sanbao_domain::text::Text;
use sanbao_policy::digest::Digest;
use sanbao_store::upload::{self, Upload, UploadState};
use sanbao_store::{StoreError, idempotency};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How often a change is looked for that another host may have made.
const EVERY: Duration = Duration::from_secs(1);

/// Why a host could not check an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// The bytes are not where they were put.
    ComponentMissing,
    /// The bytes are not those that were put there.
    ComponentDamaged,
    /// The place where components are kept does not answer.
    StorageUnavailable,
    /// The database.
    DatabaseUnavailable,
    /// The check was cut short, again and again.
    CheckInterrupted,
}

impl Failure {
    /// What happened, and what to do.
    pub fn words(self) -> (Text, Text) {
        let again = Text::new("稍后重新上传同一文件。", "Upload the same file again later.");
        match self {
            Self::ComponentMissing => (
                Text::new("上传的内容丢失", "the uploaded bytes are gone"),
                Text::new(
                    "重新上传；多台主机须共用存储（--artifacts）。",
                    "Upload the file again. Hosts on one database need a shared place (--artifacts).",
                ),
            ),
            Self::ComponentDamaged => (Text::new("上传的内容损坏", "the uploaded bytes are damaged"), again),
            Self::StorageUnavailable => {
                (Text::new("组件存储无法访问", "the place where components are kept does not answer"), again)
            }
            Self::DatabaseUnavailable => (Text::new("数据库无法访问", "the database did not answer"), again),
            Self::CheckInterrupted => {
                (Text::new("检查多次中断", "the check was cut short again and again"), again)
            }
        }
    }
}

/// An upload was not taken in.
enum NotTaken {
    TooMany,
    Store(StoreError),
}

impl From<StoreError> for NotTaken {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What is uploaded.
#[derive(Debug)]
pub struct New<'a> {
    /// The bytes.
    pub bytes: Bytes,
    /// The header `Sanbao-Signature`.
    pub signature: Option<&'a str>,
}

/// Takes a component in, to be checked by whichever host comes to it first: 202.
///
/// # Errors
/// 422 for a signature that is none, 429 when the party has too many uploads that have not ended, 503 where
/// components cannot be kept.
pub async fn take<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    new: New<'_>,
    view: impl FnOnce(&Upload) -> Result<V, Problem>,
) -> Answer {
    let owner = caller.party.id;
    limits::may_upload(app, owner, new.bytes.len()).await?;
    let signature = new.signature.map(signing::file).transpose()?;
    // Before anything is kept; looked at again when it is.
    let unfinished = {
        let mut conn = app.store().read(owner).await?;
        upload::unfinished(&mut conn, owner).await?
    };
    limits::may_begin_upload(app, owner, unfinished)?;
    let most = u64::from(limits::of(app, owner).unfinished_uploads);
    let size = new.bytes.len() as u64;
    let digest = artifacts::keep(app, new.bytes).await?;
    let now = app.now();
    let row = Upload {
        id: app.id(),
        party: owner,
        state: UploadState::Queued,
        step: None,
        since: now,
        digest: digest.0,
        size,
        signature,
        uploaded_by: caller.name.clone(),
        events: 1,
        attempts: 0,
        turn: 0,
        created_at: now,
        started_at: None,
        ended_at: None,
        policy: None,
        report: None,
        failure: None,
    };
    let reply = Reply::json(StatusCode::ACCEPTED, &view(&row)?)?
        .header(header::LOCATION, &format!("/v1/uploads/{}", row.id));
    let record = once.record(&reply, now);
    let written = app.store().write(owner, move |conn| {
        Box::pin(async move {
            if !upload::insert(conn, &row, most).await? {
                return Err(NotTaken::TooMany);
            }
            if let Some(record) = &record {
                idempotency::insert(conn, record).await?;
            }
            Ok(())
        })
    });
    match written.await {
        Ok(()) => {
            app.uploads().send_replace(());
            Ok(reply)
        }
        Err(NotTaken::TooMany) => {
            limits::may_begin_upload(app, owner, most)?;
            // The limit was raised meanwhile.
            Err(Problem::lost_race())
        }
        Err(NotTaken::Store(error)) => once.settle(app, error).await,
    }
}

/// An upload of the caller's.
///
/// # Errors
/// 404 for others'.
pub async fn find(app: &App, caller: &Caller, id: UploadId) -> Result<Upload, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    upload::find(&mut conn, caller.party.id, id).await?.ok_or_else(Problem::not_found)
}

/// As [`find`], once it has ended, or when so much time has passed.
///
/// # Errors
/// 404 for others'.
pub async fn wait(app: &App, caller: &Caller, id: UploadId, most: Duration) -> Result<Upload, Problem> {
    let until = tokio::time::Instant::now() + most;
    let mut bell = app.uploads().subscribe();
    loop {
        bell.mark_unchanged();
        let row = find(app, caller, id).await?;
        if row.state.is_end() || tokio::time::Instant::now() >= until || app.stopping().is_cancelled() {
            return Ok(row);
        }
        tokio::select! {
            _ = bell.changed() => {}
            () = tokio::time::sleep(EVERY) => {}
            () = tokio::time::sleep_until(until) => {}
            () = app.stopping().cancelled() => {}
        }
    }
}

/// The caller's uploads, newest first.
///
/// # Errors
/// The database.
pub async fn list(app: &App, caller: &Caller, page: Page<UploadId>) -> Result<Listed<Upload>, Problem> {
    let owner = caller.party.id;
    let mut conn = app.store().read(owner).await?;
    let rows = upload::list(&mut conn, owner, page.after, page.fetch()).await?;
    Ok(page.list(rows, |row| row.id, |row| row))
}

/// Ends an upload that nobody has begun to check. Cancelling a cancelled one changes nothing.
///
/// # Errors
/// 404 for others', 409 when the check has begun.
pub async fn cancel<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    id: UploadId,
    view: impl FnOnce(&Upload) -> Result<V, Problem>,
) -> Answer {
    let mut row = find(app, caller, id).await?;
    if row.state == UploadState::Cancelled {
        return Reply::ok(&view(&row)?);
    }
    let now = app.now();
    let read = row.clone();
    (row.state, row.since, row.ended_at) = (UploadState::Cancelled, now, Some(now));
    let reply = Reply::ok(&view(&row)?)?;
    let record = once.record(&reply, now);
    let written: Result<(), StoreError> = app
        .store()
        .write(caller.party.id, move |conn| {
            Box::pin(async move {
                if !upload::cancel(conn, &read, now).await? {
                    return Err(StoreError::Stale);
                }
                match &record {
                    Some(record) => idempotency::insert(conn, record).await,
                    None => Ok(()),
                }
            })
        })
        .await;
    match written {
        Ok(()) => {
            app.uploads().send_replace(());
            Ok(reply)
        }
        Err(StoreError::Stale) => match once.kept(app).await? {
            Some(kept) => Ok(kept),
            None => Err(too_late()),
        },
        Err(error) => once.settle(app, error).await,
    }
}

fn too_late() -> Problem {
    Problem::new(StatusCode::CONFLICT, "check-begun", Text::new("检查已开始", "The check has begun")).fix(
        Text::new(
            "等它结束；不启用的版本不作判断。",
            "Wait until it ends: a version judges nothing before it is activated.",
        ),
    )
}

/// The digest of the bytes as they were uploaded.
pub fn digest(row: &Upload) -> Digest {
    Digest(row.digest)
}
