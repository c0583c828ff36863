//! Adds what this host has counted of policies' calls to the database, takes back what fails too often, and
//! forgets what is old.

use crate::app::App;
use crate::services::policy_health::{flush, watch, watch_all};
use sanbao_store::{Scope, StoreError, policy_health};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often counts are added.
const EVERY: Duration = Duration::from_secs(2);
/// Rounds between two in which old rows are removed: half an hour of them.
const CLEANED: u32 = 900;
/// Rounds between two in which every party's versions are looked at, and not only those that failed in this host:
/// one minute of them. Another host may have ended before it could look.
const WATCHED: u32 = 30;
/// How long hours are kept.
const HOURS: jiff::SignedDuration = jiff::SignedDuration::from_hours(92 * 24);
/// How long a host may not know whether it has added something.
const FLUSHES: jiff::SignedDuration = jiff::SignedDuration::from_hours(7 * 24);

/// Adds every two seconds until told to stop. What is counted after that, the host adds when it closes.
pub async fn run(app: App, stop: CancellationToken) {
    let mut round = 0_u32;
    while stop.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_some() {
        if let Err(error) = flush(&app).await {
            tracing::warn!(%error, "could not add what was counted of the policies' calls");
        }
        round = round.wrapping_add(1);
        let watched = match round % WATCHED {
            0 => watch_all(&app).await,
            _ => watch(&app, app.health().failing()).await,
        };
        if let Err(problem) = watched {
            tracing::warn!(?problem, "could not look whether a version fails too often");
        }
        if round % CLEANED == 1
            && let Err(error) = forget(&app).await
        {
            tracing::warn!(%error, "could not remove old figures of the policies' calls");
        }
    }
}

async fn forget(app: &App) -> Result<u64, StoreError> {
    let now = app.now();
    let before = |age| now.checked_sub(age).unwrap_or(now);
    let (hours, flushes) = (before(HOURS), before(FLUSHES));
    app.store()
        .write_again(3, Scope::Platform, move |conn| Box::pin(policy_health::forget(conn, hours, flushes)))
        .await
}
