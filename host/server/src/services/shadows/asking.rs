//! Asking candidates, one call after the other.

use super::{Run, Waiting, same_calendar};
use crate::app::App;
use crate::services::{parties, policies};
use sanbao_domain::failure::{FailureKind, PolicyFailure};
use sanbao_policy::back_test::{Asked, Candidate, Recorded, Tester};
use sanbao_policy::policy::Policy;
use sanbao_store::{Scope, policy};
use serde::Deserialize;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long to wait where live calls wait for their turn, before looking again.
const ASIDE: Duration = Duration::from_millis(5);

/// Works the queue off until told to stop.
pub async fn work(app: App, stop: CancellationToken) {
    let mut queue = app.shadows().waiting.lock().await;
    while let Some(Some(waiting)) = stop.run_until_cancelled(queue.recv()).await {
        app.shadows().bytes.fetch_sub(waiting.bytes(), Ordering::AcqRel);
        // Paused, or crowded: live calls go first. Whoever stops the host need not wait for that.
        let turn = stop.run_until_cancelled(async {
            let turn = app.shadows().pause().await;
            while app.runner().is_crowded() {
                tokio::time::sleep(ASIDE).await;
            }
            turn
        });
        match turn.await {
            Some(_turn) => ask(&app, waiting).await,
            None => app.shadows().dropped(&waiting.run),
        }
    }
}

/// Counts what still waits as dropped, once the host stops.
pub fn close(app: &App) {
    // Whoever still works it off has not stopped in time.
    let Ok(mut queue) = app.shadows().waiting.try_lock() else { return };
    queue.close();
    while let Ok(waiting) = queue.try_recv() {
        app.shadows().dropped(&waiting.run);
    }
}

async fn ask(app: &App, waiting: Waiting) {
    let run = Arc::clone(&waiting.run);
    match asked(app, waiting).await {
        Came::Asked { waiting, asked } => match failure(&asked) {
            // The host's own fault says nothing of the candidate.
            Some(FailureKind::Unavailable) => app.shadows().dropped(&run),
            kind => app.shadows().compared(&run, &waiting, asked, kind, app),
        },
        Came::Unreadable => app.shadows().unreadable(&run),
        Came::Not => app.shadows().dropped(&run),
    }
}

enum Came {
    Asked {
        waiting: Box<Waiting>,
        asked: Asked,
    },
    /// The candidate needs a setting that neither the live call nor the run has.
    Unreadable,
    Not,
}

async fn asked(app: &App, waiting: Waiting) -> Came {
    let respondent = match parties::known(app, waiting.respondent).await {
        Ok(Some(party)) if same_calendar(&party, &waiting.calendar) => party,
        _ => return Came::Not,
    };
    let Some(policy) = waiting.run.policy(app).await else { return Came::Not };
    let settings = waiting.run.settings.clone();
    let calendar = Arc::clone(&respondent.calendar);
    let call = tokio::task::spawn_blocking(move || {
        let candidate = Arc::new(Candidate::new(policy, calendar, settings));
        let recorded = Recorded {
            id: waiting.receipt.0,
            function: &waiting.function,
            input: &waiting.input,
            output: &waiting.output,
        };
        let asked = Tester::show(&candidate, recorded);
        (waiting, asked)
    });
    match call.await {
        Ok((waiting, Some(asked))) => Came::Asked { waiting: Box::new(waiting), asked },
        Ok((_, None)) => Came::Unreadable,
        Err(error) => {
            tracing::error!(%error, "a candidate could not be asked");
            Came::Not
        }
    }
}

impl Run {
    /// The candidate; loaded when it is needed first.
    async fn policy(&self, app: &App) -> Option<Arc<Policy>> {
        let load = || async {
            let row = {
                let mut conn = app.store().read(Scope::Platform).await.ok()?;
                policy::find(&mut conn, self.shadow.party, self.shadow.candidate).await.ok()??
            };
            match policies::loaded(app, &row).await {
                Ok(policy) => Some(policy),
                Err(error) => {
                    tracing::error!(policy = %row.id, %error, "the candidate of a shadow run does not load");
                    None
                }
            }
        };
        self.candidate.get_or_init(load).await.clone()
    }
}

/// How the candidate failed.
fn failure(asked: &Asked) -> Option<FailureKind> {
    #[derive(Deserialize)]
    struct Output {
        failure: PolicyFailure,
    }
    let output: Output = serde_json::from_str(asked.output.as_deref()?).ok()?;
    Some(output.failure.kind)
}
