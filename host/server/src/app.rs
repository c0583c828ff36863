//! What every handler and worker shares.

use crate::channels::{ChannelError, Channels};
use crate::clock::Clock;
use crate::config::Config;
use crate::http::idempotency::Running;
use crate::random;
use crate::services::artifacts::{self, ArtifactError, Artifacts};
use crate::services::limits::{self, Limits};
use crate::services::parties::Directory;
use crate::services::policy_health::Counters;
use crate::services::receipt_keys::{ReceiptKeyError, ReceiptKeys};
use crate::services::shadows::Shadows;
use sanbao_domain::ids::PartyId;
use sanbao_domain::time::Timestamp;
use sanbao_policy::compile::{Cache, CacheError, Compiler};
use sanbao_policy::digest::Digest;
use sanbao_policy::engine::{Engine, EngineError, EngineOptions};
use sanbao_policy::registry::Registry;
use sanbao_policy::runner::Runner;
use sanbao_store::{OpenError, Store, StoreConfig, StoreError};
use std::sync::Arc;
use tokio::sync::{Mutex, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// A handle to the open host; clones share it.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    config: Config,
    store: Store,
    clock: Clock,
    compiler: Arc<Compiler>,
    engine: Arc<Engine>,
    policies: Arc<Registry>,
    runner: Runner,
    health: Counters,
    limits: Limits,
    shadows: Shadows,
    directory: Directory,
    running: Running,
    commands: TaskTracker,
    sweeping: Mutex<()>,
    waking: Mutex<()>,
    delivering: Mutex<()>,
    channels: Channels,
    receipt_keys: ReceiptKeys,
    artifacts: Artifacts,
    uploads: watch::Sender<()>,
    stopping: CancellationToken,
}

/// A host could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The database.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database, once it was open.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The policy engine.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Where compiled code is kept.
    #[error("the folder of this host's data cannot be used: {0}")]
    Cache(#[from] CacheError),
    /// The ways for messages to leave.
    #[error(transparent)]
    Channels(#[from] ChannelError),
    /// The key that receipts are signed with.
    #[error(transparent)]
    ReceiptKey(#[from] ReceiptKeyError),
    /// Where components are kept.
    #[error(transparent)]
    Artifacts(#[from] ArtifactError),
}

/// What compiles uploads, with what was compiled before.
fn compiler(config: &Config, engine: &Arc<Engine>) -> Result<Compiler, CacheError> {
    let cache = Cache::open(&config.data, engine, config.code_cache)?;
    let compiler = match &config.compiler {
        Some(program) => Compiler::in_child(engine.clone(), program.clone(), config.compile),
        None => Compiler::in_process(engine.clone()),
    };
    Ok(compiler.with_cache(cache))
}

impl App {
    /// Opens the database, brings its schema up to date and starts the policy engine.
    pub async fn open(config: Config) -> Result<Self, AppError> {
        // Whoever speaks TLS here does it with this; another part of the program may have said so already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let channels = Channels::open(&config.outbox)?;
        let store = Store::open(StoreConfig::from_url(&config.database)?).await?;
        let artifacts = Artifacts::open(&config)?;
        artifacts::move_over(&store, &artifacts).await?;
        let clock = Clock::open(config.movable_clock, &store).await?;
        let receipt_keys = ReceiptKeys::open(&config.data, &store, clock.now()).await?;
        let engine =
            Engine::new(EngineOptions { instances: config.policy_instances, ..EngineOptions::default() })?;
        let app = Self(Arc::new(Inner {
            store,
            clock,
            compiler: Arc::new(compiler(&config, &engine)?),
            policies: Arc::new(Registry::bounded(
                engine.clone(),
                config.loaded.within_open_files(config.max_connections),
            )),
            runner: Runner::new(engine.clone()).sharing(limits::share(&config.limits)),
            engine,
            health: Counters::default(),
            limits: Limits::default(),
            shadows: Shadows::new(config.shadow_queue),
            directory: Directory::default(),
            running: Running::default(),
            commands: TaskTracker::new(),
            sweeping: Mutex::new(()),
            waking: Mutex::new(()),
            delivering: Mutex::new(()),
            channels,
            receipt_keys,
            artifacts,
            uploads: watch::Sender::new(()),
            stopping: CancellationToken::new(),
            config,
        }));
        limits::refresh(&app).await?;
        Ok(app)
    }

    /// How it is set up.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The present, in whole microseconds.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// A new id: ordered by the clock, random beyond it.
    pub fn id<T: From<Uuid>>(&self) -> T {
        random::id(self.now()).into()
    }

    /// The policy engine.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.0.engine
    }

    /// Compiles what is uploaded.
    pub fn compiler(&self) -> &Arc<Compiler> {
        &self.0.compiler
    }

    /// The policies that are loaded.
    pub fn policies(&self) -> &Arc<Registry> {
        &self.0.policies
    }

    /// Whether the component with this SHA-256 is loaded.
    pub fn has_loaded(&self, digest: [u8; 32]) -> bool {
        self.0.policies.get(Digest(digest)).is_some()
    }

    /// Asks policies.
    pub fn runner(&self) -> &Runner {
        &self.0.runner
    }

    /// What this host has counted of policies' calls.
    pub fn health(&self) -> &Counters {
        &self.0.health
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// The shadow runs that this host carries out.
    pub fn shadows(&self) -> &Shadows {
        &self.0.shadows
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.0.directory
    }

    /// Whether this host is carrying out a request of the party with this idempotency key now.
    pub fn is_running(&self, party: PartyId, key: &str) -> bool {
        self.0.running.has(party, key)
    }

    pub(crate) fn running(&self) -> &Running {
        &self.0.running
    }

    /// Held by the one sweep for deadlines that runs in this host.
    pub(crate) fn sweeping(&self) -> &Mutex<()> {
        &self.0.sweeping
    }

    /// Held by the one round of waking claims that runs in this host.
    pub(crate) fn waking(&self) -> &Mutex<()> {
        &self.0.waking
    }

    /// The ways for messages to leave.
    pub(crate) fn channels(&self) -> &Channels {
        &self.0.channels
    }

    /// Where components are kept.
    pub fn artifacts(&self) -> &Artifacts {
        &self.0.artifacts
    }

    /// Rings when an upload of this host has come or has changed.
    pub(crate) fn uploads(&self) -> &watch::Sender<()> {
        &self.0.uploads
    }

    /// Cancelled when the host stops: what would wait for something ends then.
    pub(crate) fn stopping(&self) -> &CancellationToken {
        &self.0.stopping
    }

    /// Held by the one round of sending messages that runs in this host.
    pub(crate) fn delivering(&self) -> &Mutex<()> {
        &self.0.delivering
    }

    /// What receipts are signed with.
    pub(crate) fn receipt_keys(&self) -> &ReceiptKeys {
        &self.0.receipt_keys
    }

    /// The commands that are being carried out.
    pub(crate) fn commands(&self) -> &TaskTracker {
        &self.0.commands
    }
}
