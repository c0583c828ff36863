//! Checks what was uploaded. Any number of hosts may run this at once: the database hands each upload to one of
//! them, that of the party which was served longest ago first. When a host dies, its lease ends and another
//! begins again.

use crate::app::App;
use crate::http::problem::Problem;
use crate::services::uploads::Failure;
use crate::services::uploads::check::{self, NotChecked};
use sanbao_store::upload::{self, Outcome, Upload, UploadState};
use sanbao_store::{Scope, StoreError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often to look.
const EVERY: Duration = Duration::from_secs(1);
/// How long an upload belongs to the worker that took it or kept it.
const LEASE: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);
/// How often it is kept.
const RENEWED: Duration = Duration::from_secs(15);
/// How often an upload is tried.
pub const ATTEMPTS: u32 = 5;

/// Checks until told to stop, several at a time.
pub async fn run(app: App, stop: CancellationToken) {
    let workers = (0..app.config().uploads_at_once).map(|_| work(&app, &stop));
    futures::future::join_all(workers).await;
}

async fn work(app: &App, stop: &CancellationToken) {
    let mut bell = app.uploads().subscribe();
    while !stop.is_cancelled() {
        bell.mark_unchanged();
        match next(app, stop).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "could not take an upload to check"),
        }
        tokio::select! {
            _ = bell.changed() => {}
            () = tokio::time::sleep(EVERY) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Checks every upload that waits and is in nobody's hands; how many were taken.
///
/// # Errors
/// The database.
pub async fn sweep(app: &App) -> Result<usize, Problem> {
    let mut taken = 0;
    while next(app, &CancellationToken::new()).await? {
        taken += 1;
    }
    Ok(taken)
}

/// Takes the next one and checks it; whether there was one.
async fn next(app: &App, stop: &CancellationToken) -> Result<bool, StoreError> {
    let now = app.now();
    let until = now.saturating_add(LEASE).unwrap_or(now);
    let taken = app
        .store()
        .write_again(3, Scope::Platform, move |conn| Box::pin(upload::claim(conn, now, until)))
        .await?;
    let Some(taken) = taken else { return Ok(false) };
    app.uploads().send_replace(());
    // Whatever takes down each host that checks it is not tried for ever.
    if taken.attempts > ATTEMPTS {
        give_up(app, &taken, Failure::CheckInterrupted).await;
        return Ok(true);
    }
    tokio::select! {
        // A host that stops also stops compiling: that is not the upload's fault, nor worth a pause.
        biased;
        () = stop.cancelled() => put_back(app, &taken, taken.attempts.saturating_sub(1), Duration::ZERO).await,
        outcome = check::carry_out(app, &taken) => match outcome {
            Ok(()) => {}
            Err(NotChecked::Store(StoreError::Stale)) => {
                tracing::info!(upload = %taken.id, "another host has taken an upload meanwhile");
            }
            Err(error) => again(app, &taken, &error).await,
        },
        () = keep(app, &taken) => {}
    }
    Ok(true)
}

/// Keeps an upload for this host until it is somebody else's.
async fn keep(app: &App, taken: &Upload) {
    loop {
        tokio::time::sleep(RENEWED).await;
        let now = app.now();
        let until = now.saturating_add(LEASE).unwrap_or(now);
        let row = taken.clone();
        let kept: Result<bool, StoreError> = app
            .store()
            .write(Scope::Platform, move |conn| {
                Box::pin(async move { upload::renew(conn, &row, until).await })
            })
            .await;
        match kept {
            Ok(true) => {}
            Ok(false) => return tracing::info!(upload = %taken.id, "an upload is no longer this host's"),
            Err(error) => tracing::warn!(upload = %taken.id, %error, "could not keep an upload"),
        }
    }
}

/// After a fault of the host's: another try later, or the end.
async fn again(app: &App, taken: &Upload, error: &NotChecked) {
    tracing::warn!(upload = %taken.id, attempts = taken.attempts, %error, "could not check an upload");
    if taken.attempts >= ATTEMPTS {
        return give_up(app, taken, error.failure()).await;
    }
    let pause = Duration::from_secs(1 << taken.attempts.min(8));
    put_back(app, taken, taken.attempts, pause).await;
}

async fn put_back(app: &App, taken: &Upload, attempts: u32, pause: Duration) {
    let now = app.now();
    let pause = jiff::SignedDuration::try_from(pause).unwrap_or_default();
    let not_before = now.saturating_add(pause).unwrap_or(now);
    let row = taken.clone();
    let written: Result<bool, StoreError> = app
        .store()
        .write(Scope::Platform, move |conn| {
            Box::pin(async move { upload::put_back(conn, &row, attempts, not_before, now).await })
        })
        .await;
    app.uploads().send_replace(());
    if let Err(error) = written {
        // The lease ends, and then somebody tries again.
        tracing::warn!(upload = %taken.id, %error, "could not give an upload back");
    }
}

async fn give_up(app: &App, taken: &Upload, failure: Failure) {
    let word = serde_json::to_value(failure).ok().and_then(|word| word.as_str().map(str::to_owned));
    let outcome = Outcome { failure: word, ..Outcome::default() };
    if let Err(error) = check::end(app, taken, UploadState::Failed, outcome).await {
        tracing::warn!(upload = %taken.id, %error, "could not end an upload");
    }
}
