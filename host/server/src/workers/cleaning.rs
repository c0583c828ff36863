//! Removes what nobody will ask for again: kept answers, and uploads that ended without a policy.

use crate::app::App;
use crate::services::artifacts::{self, ArtifactError};
use sanbao_domain::time::Timestamp;
use sanbao_store::{Scope, StoreError, idempotency, upload};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long an answer can be replayed.
const KEPT: jiff::SignedDuration = jiff::SignedDuration::from_hours(7 * 24);
/// How long an upload that ended without a policy can be looked at.
const UPLOADS_KEPT: jiff::SignedDuration = jiff::SignedDuration::from_hours(30 * 24);
/// How long bytes may lie in object storage before a row refers to them.
const BYTES_KEPT: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);
/// Removed at a time.
const BATCH: u32 = 200;
/// Between two rounds.
const PERIOD: Duration = Duration::from_secs(3600);

/// Cleans now and then every hour until told to stop.
pub async fn run(app: App, stop: CancellationToken) {
    loop {
        match clean(&app, app.now()).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "removed answers of old requests"),
            Err(error) => tracing::warn!(%error, "could not remove answers of old requests"),
        }
        match clean_uploads(&app, app.now()).await {
            Ok((0, 0)) => {}
            Ok((uploads, components)) => {
                tracing::info!(uploads, components, "removed old uploads without a policy");
            }
            Err(error) => tracing::warn!(%error, "could not remove old uploads"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PERIOD) => {}
        }
    }
}

/// Removes what is older than seven days; how many.
pub async fn clean(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let before = now.checked_sub(KEPT).unwrap_or(now);
    app.store().write(Scope::Platform, move |conn| Box::pin(idempotency::purge(conn, before))).await
}

/// Removes uploads that ended without a policy more than thirty days ago, then bytes that nothing refers to; how
/// many of each.
///
/// # Errors
/// The database, or the place where components are kept.
pub async fn clean_uploads(app: &App, now: Timestamp) -> Result<(u64, u64), ArtifactError> {
    let before = now.checked_sub(UPLOADS_KEPT).unwrap_or(now);
    let mut uploads = 0;
    loop {
        let removed: Result<u64, StoreError> = app
            .store()
            .write(Scope::Platform, move |conn| Box::pin(upload::purge(conn, before, BATCH)))
            .await;
        let removed = removed?;
        uploads += removed;
        if removed < u64::from(BATCH) {
            break;
        }
    }
    let before = now.checked_sub(BYTES_KEPT).unwrap_or(now);
    let mut components = 0;
    loop {
        let removed = artifacts::clean(app, before, BATCH).await?;
        components += removed;
        if removed < u64::from(BATCH) {
            return Ok((uploads, components));
        }
    }
}
