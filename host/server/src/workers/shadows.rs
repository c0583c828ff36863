//! Keeps this host's shadow runs up to date, asks their candidates, and adds what was counted.

use crate::app::App;
use crate::services::shadows;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often to look which runs there are.
const EVERY: Duration = Duration::from_secs(1);

/// Looks every second and asks whatever waits, until told to stop.
pub async fn run(app: App, stop: CancellationToken) {
    tokio::join!(shadows::work(app.clone(), stop.clone()), look(&app, &stop));
}

async fn look(app: &App, stop: &CancellationToken) {
    loop {
        if let Err(error) = shadows::refresh(app).await {
            tracing::warn!(%error, "could not look which shadow runs there are");
        }
        if let Err(error) = shadows::flush(app).await {
            tracing::warn!(%error, "could not add what candidates answered");
        }
        if stop.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_none() {
            return;
        }
    }
}
