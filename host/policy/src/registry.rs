//! The policies that are loaded, by digest. Registered is not loaded: a host knows any number of versions and
//! holds those that were asked last; the others come back from compiled code in a millisecond or so.

mod held;

use crate::compile::{Cancel, Compiler};
use crate::digest::Digest;
use crate::engine::Engine;
use crate::policy::{LoadError, Policy};
use held::Held;
use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use thiserror::Error;
use tokio::sync::OwnedMutexGuard;
use tokio::task::{JoinError, spawn_blocking};

/// For how long a policy that does not load is not tried again: compiling it takes what others need.
const REST: Duration = Duration::from_secs(30);

/// How much may be loaded at once. Calls that run on a policy that goes finish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Policies.
    pub policies: usize,
    /// Bytes of native code with its data; of what is mapped from the cache, memory holds what is in use.
    pub bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { policies: 10_000, bytes: 4 << 30 }
    }
}

impl Bounds {
    /// No more policies than the process may have files open for, as each is mapped from one that stays open:
    /// half of what the system lets it, after `others`.
    pub fn within_open_files(self, others: usize) -> Self {
        #[cfg(unix)]
        {
            use rustix::process::{Resource, getrlimit};
            let files = getrlimit(Resource::Nofile).current;
            let files = files.and_then(|files| usize::try_from(files).ok()).unwrap_or(usize::MAX);
            let policies = self.policies.min(files.saturating_sub(others) / 2).max(16);
            Self { policies, ..self }
        }
        #[cfg(not(unix))]
        self
    }
}

/// A policy is not loaded. `E`: why its component could not be had.
#[derive(Debug, Error)]
pub enum NotLoaded<E> {
    /// There are no bytes.
    #[error("the component cannot be read")]
    Fetch(#[source] E),
    /// They make no policy. Where the bytes are to blame, the same for whoever asks within half a minute.
    #[error(transparent)]
    Load(Arc<LoadError>),
    /// The host stops.
    #[error(transparent)]
    Cut(#[from] JoinError),
}

/// Policies by digest. Reading takes no lock; loading the same digest twice at once loads once.
pub struct Registry {
    engine: Arc<Engine>,
    held: Held,
    turns: Mutex<HashMap<Digest, Arc<tokio::sync::Mutex<()>>>>,
    failed: Mutex<HashMap<Digest, (Instant, Arc<LoadError>)>>,
}

impl Registry {
    /// An empty registry with the usual bounds.
    pub fn new(engine: Arc<Engine>) -> Self {
        Self::bounded(engine, Bounds::default())
    }

    /// An empty registry.
    pub fn bounded(engine: Arc<Engine>, bounds: Bounds) -> Self {
        Self { engine, held: Held::new(bounds), turns: Mutex::default(), failed: Mutex::default() }
    }

    /// The engine that its policies run on.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// The policy with this digest, if it is loaded.
    pub fn get(&self, digest: Digest) -> Option<Arc<Policy>> {
        self.held.get(digest)
    }

    /// The policy with this digest, if it is loaded or its compiled code is kept. Takes a millisecond or so,
    /// never a compiler.
    ///
    /// # Errors
    /// It is kept, but is no policy of this host's any more.
    pub async fn kept(
        self: &Arc<Self>,
        compiler: &Arc<Compiler>,
        digest: Digest,
    ) -> Result<Option<Arc<Policy>>, NotLoaded<Infallible>> {
        let turn = self.turn(digest).await;
        match self.from_cache(compiler, digest, turn).await? {
            Kept::Here(policy) => Ok(Some(policy)),
            Kept::Nowhere(_) => Ok(None),
        }
    }

    /// The policy with this digest: loaded already, from its compiled code, or compiled from what `fetch`
    /// returns. Of several who ask at once, one loads it and the others wait. Whoever gives up waiting does not
    /// stop the work: the next one will want it.
    ///
    /// # Errors
    /// There are no bytes, or they make no policy.
    pub async fn load<F, E>(
        self: &Arc<Self>,
        compiler: &Arc<Compiler>,
        digest: Digest,
        fetch: impl FnOnce() -> F,
    ) -> Result<Arc<Policy>, NotLoaded<E>>
    where
        F: Future<Output = Result<Vec<u8>, E>>,
    {
        if let Some(policy) = self.get(digest) {
            return Ok(policy);
        }
        if let Some(error) = self.failed(digest) {
            return Err(NotLoaded::Load(error));
        }
        let turn = self.turn(digest).await;
        let turn = match self.from_cache(compiler, digest, turn).await? {
            Kept::Here(policy) => return Ok(policy),
            Kept::Nowhere(turn) => turn,
        };
        // Whoever had the turn before may have learned it.
        if let Some(error) = self.failed(digest) {
            return Err(NotLoaded::Load(error));
        }
        let component = fetch().await.map_err(NotLoaded::Fetch)?;
        let (this, compiler) = (Arc::clone(self), Arc::clone(compiler));
        let loaded = spawn_blocking(move || {
            let _turn = turn;
            this.compile(&compiler, digest, &component).map_err(|error| this.fail(digest, error))
        });
        loaded.await?.map_err(NotLoaded::Load)
    }

    /// What is loaded or in the cache. The turn comes back where nothing is.
    async fn from_cache<E>(
        self: &Arc<Self>,
        compiler: &Arc<Compiler>,
        digest: Digest,
        turn: Turn,
    ) -> Result<Kept, NotLoaded<E>> {
        if let Some(policy) = self.get(digest) {
            return Ok(Kept::Here(policy));
        }
        let (this, compiler) = (Arc::clone(self), Arc::clone(compiler));
        let loaded = spawn_blocking(move || {
            let Some(component) = compiler.cached(digest) else { return Ok(Kept::Nowhere(turn)) };
            let policy = Policy::link(&this.engine, digest, &component);
            policy
                .map(|policy| Kept::Here(this.insert(Arc::new(policy))))
                .map_err(|error| this.fail(digest, error))
        });
        loaded.await?.map_err(NotLoaded::Load)
    }

    fn compile(
        &self,
        compiler: &Compiler,
        digest: Digest,
        component: &[u8],
    ) -> Result<Arc<Policy>, LoadError> {
        let found = Digest::of(component);
        if found != digest {
            return Err(LoadError::Altered { expected: digest, found });
        }
        let compiled = compiler.compile(digest, component, &Cancel::default())?;
        let policy = Policy::link(&self.engine, digest, &compiled.component)?;
        compiled.keep(compiler);
        Ok(self.insert(Arc::new(policy)))
    }

    /// Takes in a policy that the check has compiled already.
    pub fn insert(&self, policy: Arc<Policy>) -> Arc<Policy> {
        locked(&self.failed).remove(&policy.digest());
        self.held.insert(policy)
    }

    /// Forgets a policy; calls that run on it finish.
    pub fn unload(&self, digest: Digest) -> Option<Arc<Policy>> {
        self.held.remove(digest)
    }

    /// How many are loaded.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether none is loaded.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of native code that are loaded.
    pub fn code_size(&self) -> usize {
        self.held.bytes()
    }

    /// Whether one more would make another one go.
    pub fn is_full(&self) -> bool {
        self.held.is_full()
    }

    async fn turn(self: &Arc<Self>, digest: Digest) -> Turn {
        let mutex = Arc::clone(locked(&self.turns).entry(digest).or_default());
        let guard = Some(mutex.lock_owned().await);
        Turn { registry: Arc::clone(self), digest, guard }
    }

    fn failed(&self, digest: Digest) -> Option<Arc<LoadError>> {
        let failed = locked(&self.failed);
        let (at, error) = failed.get(&digest)?;
        (at.elapsed() < REST).then(|| Arc::clone(error))
    }

    fn fail(&self, digest: Digest, error: LoadError) -> Arc<LoadError> {
        let error = Arc::new(error);
        // What was the host's own fault may be over by now, and cost little.
        if matches!(&*error, LoadError::Compile(error) if error.is_the_hosts()) {
            return error;
        }
        let mut failed = locked(&self.failed);
        failed.retain(|_, (at, _)| at.elapsed() < REST);
        failed.insert(digest, (Instant::now(), Arc::clone(&error)));
        error
    }
}

/// What was found without a compiler.
enum Kept {
    Here(Arc<Policy>),
    Nowhere(Turn),
}

/// The right to load one digest.
struct Turn {
    registry: Arc<Registry>,
    digest: Digest,
    guard: Option<OwnedMutexGuard<()>>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut turns = locked(&self.registry.turns);
        self.guard = None;
        // Nobody else waits for it, and nobody can begin to while the list is locked.
        if turns.get(&self.digest).is_some_and(|mutex| Arc::strong_count(mutex) == 1) {
            turns.remove(&self.digest);
        }
    }
}

/// What these locks guard is whole at every moment, so a panic elsewhere spoils nothing.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
