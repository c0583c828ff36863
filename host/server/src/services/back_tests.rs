//! Back-tests: a candidate version is asked again what the party's policies were asked before.
//!
//! A request is kept as a job. Any host takes it, reads the history in pages, has threads of the lowest priority
//! ask the candidate, and saves every few seconds where it stands together with what it found, so that another
//! host can go on.

pub mod condition;
mod examples;
mod progress;
mod request;
mod run;
mod threads;

pub use examples::{Shown, examples};
pub use progress::Progress;
pub use request::{Amount, Filter, NewBackTest, Request};
pub use run::{Worked, work};

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::idempotency::Once;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::{limits, policies};
use axum::http::{StatusCode, header};
use sanbao_domain::ids::{BackTestId, PolicyId};
use sanbao_domain::manifest::Manifest;
use sanbao_domain::text::Text;
use sanbao_store::back_test::{self, BackTest, BackTestState};
use serde::Serialize;

/// Takes a back-test on: 202, and a worker does it.
///
/// # Errors
/// 404 for a candidate of others, 422 for a filter or settings that make no sense, 429 where too many wait or run.
pub async fn create<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    new: NewBackTest,
    view: impl FnOnce(&BackTest) -> Result<V, Problem>,
) -> Answer {
    let version = policies::own(app, caller, new.candidate).await?;
    let manifest: Manifest = serde_json::from_str(&version.manifest).map_err(Problem::internal)?;
    let request = Request::new(caller, &manifest, new)?;
    let owner = caller.party.id;
    let waiting = {
        let mut conn = app.store().read(owner).await?;
        back_test::unfinished(&mut conn, owner).await?
    };
    limits::may_begin_back_test(app, owner, waiting)?;
    let job = BackTest {
        id: app.id(),
        party: owner,
        policy: version.id,
        state: BackTestState::Queued,
        request: serde_json::to_string(&request).map_err(Problem::internal)?,
        total: None,
        done: 0,
        progress: serde_json::to_string(&Progress::default()).map_err(Problem::internal)?,
        ran_ms: 0,
        changed_ppm: None,
        why: None,
        created_at: app.now(),
        started_at: None,
        finished_at: None,
        lease: None,
        saves: 0,
    };
    let reply = Reply::json(StatusCode::ACCEPTED, &view(&job)?)?
        .header(header::LOCATION, &format!("/v1/back-tests/{}", job.id));
    once.commit(app, owner, reply, move |conn| Box::pin(async move { back_test::insert(conn, &job).await }))
        .await
}

/// A back-test of the caller's.
///
/// # Errors
/// 404 for others.
pub async fn find(app: &App, caller: &Caller, id: BackTestId) -> Result<BackTest, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    back_test::find(&mut conn, caller.party.id, id).await?.ok_or_else(Problem::not_found)
}

/// The caller's back-tests, newest first; of one candidate, or of all.
///
/// # Errors
/// The database.
pub async fn list(
    app: &App,
    caller: &Caller,
    candidate: Option<PolicyId>,
    page: Page<BackTestId>,
) -> Result<Listed<BackTest>, Problem> {
    let owner = caller.party.id;
    let mut conn = app.store().read(owner).await?;
    let rows = back_test::list(&mut conn, owner, candidate, page.after, page.fetch()).await?;
    Ok(page.list(rows, |job| job.id, |job| job))
}

/// Calls a back-test off. What it found so far stays to be seen.
///
/// # Errors
/// 404 for others, 409 when it has ended.
pub async fn cancel<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    id: BackTestId,
    view: impl FnOnce(&BackTest) -> Result<V, Problem>,
) -> Answer {
    let mut job = find(app, caller, id).await?;
    if job.state.is_final() {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "back-test-ended",
            Text::new("回测已结束", "The back-test has ended"),
        )
        .fix(Text::new(
            "查看结果；需要时重新提交。",
            "Look at what it found; ask for another one if need be.",
        )));
    }
    let (owner, now) = (caller.party.id, app.now());
    job.state = BackTestState::Cancelled;
    job.finished_at = Some(now);
    let reply = Reply::ok(&view(&job)?)?;
    // It may have ended meanwhile: then it stays as it ended.
    once.commit(app, owner, reply, move |conn| {
        Box::pin(async move { back_test::cancel(conn, owner, id, now).await.map(drop) })
    })
    .await
}
