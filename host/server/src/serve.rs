//! Starts a host and stops it without losing a command.

use crate::app::{App, AppError};
use crate::config::Config;
use crate::{listen, router, services, workers};
use sanbao_store::Engine;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A host could not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The database or the engine.
    #[error(transparent)]
    App(#[from] AppError),
    /// The address is taken or not of this machine.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// A running host. Dropping it leaves it running; [`Host::stop`] ends it.
pub struct Host {
    app: App,
    address: SocketAddr,
    stop: CancellationToken,
    workers: TaskTracker,
    listening: JoinHandle<()>,
}

/// Opens the database, listens, and starts the workers.
pub async fn serve(config: Config) -> Result<Host, ServeError> {
    start(App::open(config).await?).await
}

/// As [`serve`], for a host that is open already.
pub async fn start(app: App) -> Result<Host, ServeError> {
    let address = app.config().listen;
    let listener =
        TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })?;
    let address = listener.local_addr().map_err(|source| ServeError::Listen { address, source })?;
    let stop = app.stopping().clone();
    let workers = TaskTracker::new();
    workers.spawn(workers::deadlines::run(app.clone(), stop.clone()));
    workers.spawn(workers::wake::run(app.clone(), stop.clone()));
    workers.spawn(workers::outbox::run(app.clone(), stop.clone()));
    workers.spawn(workers::cleaning::run(app.clone(), stop.clone()));
    workers.spawn(workers::policy_health::run(app.clone(), stop.clone()));
    workers.spawn(workers::readiness::run(app.clone(), stop.clone()));
    workers.spawn(workers::shadows::run(app.clone(), stop.clone()));
    workers.spawn(workers::back_tests::run(app.clone(), stop.clone()));
    workers.spawn(workers::uploads::run(app.clone(), stop.clone()));
    workers.spawn(services::policies::warm_up(app.clone()));
    workers.spawn(services::artifacts::look(app.clone()));
    let limits = (app.config().max_connections, app.config().grace);
    let listening = tokio::spawn(listen::run(listener, router(app.clone()), stop.clone(), limits));
    if app.store().engine() == Engine::Postgres && !app.artifacts().is_shared() {
        tracing::warn!(
            "components are kept in a folder of this host: other hosts on this database need a shared place (--artifacts)"
        );
    }
    tracing::info!(%address, engine = ?app.store().engine(), "listening");
    Ok(Host { app, address, stop, workers, listening })
}

impl Host {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What its handlers share.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Takes no more connections, finishes the commands that run, stops the workers, closes the database.
    pub async fn stop(self) {
        self.stop.cancel();
        self.app.compiler().stop();
        let _ = self.listening.await;
        let grace = self.app.config().grace;
        for (tasks, what) in [(self.app.commands(), "commands"), (&self.workers, "workers")] {
            tasks.close();
            if tokio::time::timeout(grace, tasks.wait()).await.is_err() {
                tracing::warn!(left = tasks.len(), "{what} were still running when the host stopped");
            }
        }
        services::shadows::close(&self.app);
        if let Err(error) = services::shadows::flush(&self.app).await {
            tracing::warn!(%error, "what candidates answered last is lost");
        }
        if let Err(error) = services::policy_health::flush(&self.app).await {
            tracing::warn!(%error, "what was counted of the policies' last calls is lost");
        }
        let closing = self.app.store().clone().close();
        if tokio::time::timeout(Duration::from_secs(10), closing).await.is_err() {
            tracing::warn!("the database did not close in time");
        }
        tracing::info!("stopped");
    }
}
