//! Wakes claims when the time has come that one of their procedures waits for. Any number of hosts may run
//! this at once: the database hands each claim to one of them, and a ticket that somebody changes meanwhile
//! is looked at again.

use crate::app::App;
use crate::http::problem::Problem;
use crate::services::ask::Found;
use crate::services::parties;
use crate::services::shadows::Noticed;
use crate::services::tickets::walk::Walk;
use sanbao_domain::actor::Actor;
use sanbao_domain::claim::Command;
use sanbao_store::wake::{self, Sleeper};
use sanbao_store::{Scope, StoreError, ticket};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Name under which the journal shows this worker.
const NAME: &str = "clock";
/// How often to look.
const EVERY: Duration = Duration::from_secs(1);
/// Claims taken at a time.
const BATCH: u32 = 100;
/// Batches in one round: a claim that has slept through several of its times is woken for each.
const BATCHES: usize = 1000;
/// How long a claim belongs to the worker that took it, by the host's clock.
const LEASE: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);
/// How often a ticket that others are changing is tried.
const ATTEMPTS: usize = 8;

/// Looks every second until told to stop.
pub async fn run(app: App, stop: CancellationToken) {
    while stop.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_some() {
        if let Err(error) = round(&app).await {
            tracing::warn!(%error, "could not wake the claims whose time has come");
        }
    }
}

/// Wakes every claim whose time has come and that is in nobody's hands; how often one was woken.
///
/// # Errors
/// The database.
pub async fn sweep(app: &App) -> Result<usize, Problem> {
    Ok(round(app).await?)
}

async fn round(app: &App) -> Result<usize, StoreError> {
    // Whoever asks for a sweep finds, when it ends, that one which had begun before has ended too.
    let _turn = app.waking().lock().await;
    let mut woken = 0;
    for _ in 0..BATCHES {
        let now = app.now();
        let until = now.saturating_add(LEASE).unwrap_or(now);
        let due = app
            .store()
            .write_again(3, Scope::Platform, move |conn| Box::pin(wake::claim_due(conn, now, until, BATCH)))
            .await?;
        if due.is_empty() {
            break;
        }
        for sleeper in due {
            // One claim that cannot be woken keeps no other from it; when its lease ends it is tried again.
            match wake_up(app, sleeper).await {
                Ok(true) => woken += 1,
                Ok(false) => {}
                Err(problem) => {
                    tracing::warn!(ticket = %sleeper.ticket, claim = %sleeper.claim, ?problem, "could not wake a claim");
                }
            }
        }
    }
    Ok(woken)
}

/// Whether anything followed.
async fn wake_up(app: &App, sleeper: Sleeper) -> Result<bool, Problem> {
    let Sleeper { party: handler, ticket: id, claim } = sleeper;
    let clock = Actor::host(NAME);
    for _ in 0..ATTEMPTS {
        let now = app.now();
        let (saved, found) = {
            let mut conn = app.store().read(handler).await?;
            let Some(saved) = ticket::find(&mut conn, handler, id).await? else { return Ok(false) };
            let Some(asleep) = saved.ticket.claim(claim) else { return Ok(false) };
            if asleep.procedures.wake_at().is_none_or(|at| at > now) {
                return Ok(false);
            }
            let respondent = parties::known(app, asleep.respondent).await?.ok_or_else(Problem::not_found)?;
            let found = Found::read(&mut conn, asleep, respondent, now).await?;
            (saved, found)
        };
        let version = saved.version;
        let mut walk = Walk::resume(app, &clock, now, saved);
        walk.govern(claim, found.load(app).await?);
        walk.give(claim, Command::Wake).await?;
        let change = walk.into_change(None);
        if change.entries.is_empty() {
            return Ok(false);
        }
        let noticed = Noticed::of(app, &change.receipts);
        let written =
            app.store().write(handler, move |conn| Box::pin(ticket::save(conn, version, change))).await;
        match written {
            Ok(_) => {
                noticed.stored(app);
                return Ok(true);
            }
            Err(StoreError::Stale | StoreError::Contention) => {}
            Err(error) => return Err(error.into()),
        }
    }
    // The lease ends, and then somebody tries again.
    Ok(false)
}
