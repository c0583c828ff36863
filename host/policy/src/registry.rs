//! The policies in use, by digest.

use crate::digest::Digest;
use crate::engine::Engine;
use crate::policy::{LoadError, Policy};
use arc_swap::ArcSwap;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Policies by digest. Reading takes no lock; loading the same digest twice at once compiles once.
pub struct Registry {
    engine: Arc<Engine>,
    policies: ArcSwap<HashMap<Digest, Arc<Policy>>>,
    /// Digests that are being loaded: whoever comes second waits on the first one's lock.
    loading: Mutex<HashMap<Digest, Arc<Mutex<()>>>>,
}

impl Registry {
    /// An empty registry.
    pub fn new(engine: Arc<Engine>) -> Self {
        Self { engine, policies: ArcSwap::default(), loading: Mutex::default() }
    }

    /// The engine that its policies run on.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// The policy with this digest, if it is loaded.
    pub fn get(&self, digest: Digest) -> Option<Arc<Policy>> {
        self.policies.load().get(&digest).cloned()
    }

    /// Loads a component that passed the check, unless it is loaded. Blocks for as long as compiling takes
    /// (seconds for JavaScript and Python): call it through `spawn_blocking`.
    pub fn load(&self, component: &[u8]) -> Result<Arc<Policy>, LoadError> {
        let digest = Digest::of(component);
        if let Some(policy) = self.get(digest) {
            return Ok(policy);
        }
        let turn = Arc::clone(locked(&self.loading).entry(digest).or_default());
        let result = {
            let _turn = locked(&turn);
            match self.get(digest) {
                Some(policy) => Ok(policy),
                None => Policy::load(&self.engine, component).map(|policy| self.insert(Arc::new(policy))),
            }
        };
        locked(&self.loading).remove(&digest);
        result
    }

    /// Takes in a policy that the check has compiled already.
    pub fn insert(&self, policy: Arc<Policy>) -> Arc<Policy> {
        let digest = policy.digest();
        self.policies.rcu(|policies| {
            let mut policies = HashMap::clone(policies);
            policies.entry(digest).or_insert_with(|| Arc::clone(&policy));
            policies
        });
        self.get(digest).unwrap_or(policy)
    }

    /// Forgets a policy; calls that run on it finish.
    pub fn unload(&self, digest: Digest) -> Option<Arc<Policy>> {
        let before = self.policies.rcu(|policies| {
            let mut policies = HashMap::clone(policies);
            policies.remove(&digest);
            policies
        });
        before.get(&digest).cloned()
    }

    /// How many are loaded.
    pub fn len(&self) -> usize {
        self.policies.load().len()
    }

    /// Whether none is loaded.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What these locks guard is whole at every moment, so a panic elsewhere spoils nothing.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
