//! Marks deadlines that have passed without being fulfilled. Any number of hosts may run this at once: the
//! database hands each deadline to one of them, and a ticket that somebody changes meanwhile is looked at
//! again.

use crate::app::App;
use crate::http::problem::Problem;
use crate::services::messages::write;
use sanbao_domain::actor::Actor;
use sanbao_domain::claim::Command;
use sanbao_domain::ids::{ClaimId, DeadlineId, PartyId, TicketId};
use sanbao_domain::journal::Entry;
use sanbao_domain::time::Timestamp;
use sanbao_store::deadline::{self, Due};
use sanbao_store::ticket::{self, Change, Saved};
use sanbao_store::{Scope, StoreError};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Name under which the journal shows this worker.
const NAME: &str = "deadlines";
/// How often to look.
const EVERY: Duration = Duration::from_secs(1);
/// Deadlines taken at a time.
const BATCH: u32 = 200;
/// How long a deadline belongs to the worker that took it, by the host's clock.
const LEASE: jiff::SignedDuration = jiff::SignedDuration::from_secs(30);
/// How often a ticket that others are changing is tried.
const ATTEMPTS: usize = 8;

/// Sweeps every second until told to stop.
pub async fn run(app: App, stop: CancellationToken) {
    while stop.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_some() {
        if let Err(error) = round(&app).await {
            tracing::warn!(%error, "could not mark the deadlines that have passed");
        }
    }
}

/// Marks everything that is due now and in nobody's hands; how many were marked.
///
/// # Errors
/// The database.
pub async fn sweep(app: &App) -> Result<usize, Problem> {
    Ok(round(app).await?)
}

async fn round(app: &App) -> Result<usize, StoreError> {
    // Whoever asks for a sweep finds, when it ends, that one which had begun before has ended too.
    let _turn = app.sweeping().lock().await;
    let mut marked = 0;
    loop {
        let now = app.now();
        let until = now.saturating_add(LEASE).unwrap_or(now);
        let due = app
            .store()
            .write_again(3, Scope::Platform, move |conn| {
                Box::pin(deadline::claim_due(conn, now, until, BATCH))
            })
            .await?;
        let taken = due.len();
        let mut tickets: BTreeMap<(PartyId, TicketId), Vec<(ClaimId, DeadlineId)>> = BTreeMap::new();
        for Due { party, ticket, claim, deadline, .. } in due {
            tickets.entry((party, ticket)).or_default().push((claim, deadline.id));
        }
        for ((handler, ticket), deadlines) in tickets {
            marked += mark(app, handler, ticket, &deadlines, now).await?;
        }
        if taken < BATCH as usize {
            return Ok(marked);
        }
    }
}

async fn mark(
    app: &App,
    handler: PartyId,
    id: TicketId,
    deadlines: &[(ClaimId, DeadlineId)],
    now: Timestamp,
) -> Result<usize, StoreError> {
    for _ in 0..ATTEMPTS {
        let saved = {
            let mut conn = app.store().read(handler).await?;
            ticket::find(&mut conn, handler, id).await?
        };
        let Some(saved) = saved else { return Ok(0) };
        let version = saved.version;
        let mut change = missed(saved, deadlines, now);
        let marked = change.entries.len();
        if marked == 0 {
            return Ok(0);
        }
        for entry in &change.entries {
            let told = write::called_for(app, &change.ticket, entry.claim, &entry.event, now).await;
            match told {
                Ok(messages) => change.messages.extend(messages),
                // The deadline is marked all the same.
                Err(problem) => tracing::warn!(ticket = %id, ?problem, "nobody is told of a missed deadline"),
            }
        }
        let written =
            app.store().write(handler, move |conn| Box::pin(ticket::save(conn, version, change))).await;
        match written {
            Ok(_) => return Ok(marked),
            Err(StoreError::Stale | StoreError::Contention) => {}
            Err(error) => return Err(error),
        }
    }
    // The lease ends, and then somebody tries again.
    Ok(0)
}

/// The ticket with those of the deadlines marked that still run.
fn missed(saved: Saved, deadlines: &[(ClaimId, DeadlineId)], now: Timestamp) -> Change {
    let Saved { mut ticket, entries: mut seq, .. } = saved;
    let host = Actor::host(NAME);
    let mut entries = Vec::new();
    for &(claim, deadline) in deadlines {
        let Some(claim) = ticket.claim_mut(claim) else { continue };
        // What ended or was fulfilled meanwhile is refused, or has no consequence.
        let events = claim.handle(&host, Command::MarkMissed(deadline), now).unwrap_or_default();
        for event in events {
            claim.apply(&event, now);
            seq += 1;
            entries.push(Entry { seq, at: now, actor: host.clone(), claim: claim.id, event });
        }
    }
    Change { ticket, entries, receipts: Vec::new(), messages: Vec::new(), answer: None, now }
}
