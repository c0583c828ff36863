//! Keeps this host ready for what others decide: it loads what comes into force before the first claim needs
//! it, wherever it was activated, and takes over the parties' limits. A claim that is faster waits for the same
//! loading.

use crate::app::App;
use crate::services::{limits, policies};
use sanbao_domain::time::Timestamp;
use sanbao_store::activation::{self, Needed};
use sanbao_store::{Scope, StoreError, policy};
use std::collections::HashSet;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often to look.
const EVERY: Duration = Duration::from_secs(1);
/// How long before it comes into force a version is loaded.
const AHEAD: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);
/// How far hosts' clocks may differ, and how long a transaction may take.
const MARGIN: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);
/// Rounds after which everything in force is looked at again.
const FULL: u32 = 60;

/// Looks every second until told to stop.
pub async fn run(app: App, stop: CancellationToken) {
    let mut watch = Watch::default();
    loop {
        if let Err(error) = limits::refresh(&app).await {
            tracing::warn!(%error, "could not read the parties' limits");
        }
        if let Err(error) = watch.round(&app).await {
            tracing::warn!(%error, "could not look for versions that come into force");
        }
        if stop.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_none() {
            return;
        }
    }
}

/// What was looked at already.
#[derive(Debug, Default)]
pub struct Watch {
    rounds: u32,
    /// Activations made before, and beginning before.
    seen: Option<(Timestamp, Timestamp)>,
    /// Versions that do not load: said once, tried again in the next full round.
    broken: HashSet<[u8; 32]>,
}

impl Watch {
    /// Loads what is in force, or comes into force soon, and is not loaded; how many versions were.
    ///
    /// # Errors
    /// The database.
    pub async fn round(&mut self, app: &App) -> Result<usize, StoreError> {
        if self.rounds.is_multiple_of(FULL) {
            self.seen = None;
            self.broken.clear();
        }
        let now = app.now();
        let later = |by| now.checked_add(by).unwrap_or(now);
        let soon = later(AHEAD);
        let since = self.seen.unwrap_or((Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH));
        let needed = {
            let mut conn = app.store().read(Scope::Platform).await?;
            activation::needed(&mut conn, (now, soon), since).await?
        };
        let mut loaded = 0;
        for one in needed {
            if !app.has_loaded(one.digest) && !self.broken.contains(&one.digest) {
                loaded += usize::from(self.load(app, one).await?);
            }
        }
        self.rounds = self.rounds.wrapping_add(1);
        self.seen = Some((later(-MARGIN), later(AHEAD - MARGIN)));
        Ok(loaded)
    }

    async fn load(
        &mut self,
        app: &App,
        Needed { party, policy: id, digest }: Needed,
    ) -> Result<bool, StoreError> {
        let found = {
            let mut conn = app.store().read(Scope::Platform).await?;
            policy::find(&mut conn, party, id).await?
        };
        let Some(version) = found else { return Ok(false) };
        match policies::loaded(app, &version).await {
            Ok(_) => Ok(true),
            Err(error) => {
                tracing::error!(policy = %id, name = version.name, version = version.version, %error, "policy does not load");
                self.broken.insert(digest);
                Ok(false)
            }
        }
    }
}
