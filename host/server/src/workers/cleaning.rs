//! Removes kept answers that nobody will ask for again.

use crate::app::App;
use sanbao_domain::time::Timestamp;
use sanbao_store::{Scope, StoreError, idempotency};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long an answer can be replayed.
const KEPT: jiff::SignedDuration = jiff::SignedDuration::from_hours(7 * 24);
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
