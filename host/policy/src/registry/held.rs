//! What is loaded, within bounds.

use super::Bounds;
use crate::digest::Digest;
use crate::policy::Policy;
use arc_swap::ArcSwap;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// A change copies one of them: with ten thousand policies, 156 pointers.
const SHARDS: usize = 64;
/// Of what is allowed, this share is left free when something goes, so that not every load has to look for it.
const SLACK: usize = 32;

type Shard = HashMap<Digest, Arc<Entry>>;

struct Entry {
    policy: Arc<Policy>,
    /// Nanoseconds since the beginning.
    used: AtomicU64,
}

pub(super) struct Held {
    bounds: Bounds,
    shards: [ArcSwap<Shard>; SHARDS],
    begin: Instant,
    policies: AtomicUsize,
    bytes: AtomicUsize,
    /// Held by whoever changes something.
    changing: Mutex<()>,
}

impl Held {
    pub(super) fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            shards: std::array::from_fn(|_| ArcSwap::default()),
            begin: Instant::now(),
            policies: AtomicUsize::new(0),
            bytes: AtomicUsize::new(0),
            changing: Mutex::new(()),
        }
    }

    fn shard(&self, digest: Digest) -> &ArcSwap<Shard> {
        // Digests are as good as random.
        &self.shards[usize::from(digest.0[0]) % SHARDS]
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begin.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    pub(super) fn get(&self, digest: Digest) -> Option<Arc<Policy>> {
        let shard = self.shard(digest).load();
        let entry = shard.get(&digest)?;
        entry.used.store(self.now(), Relaxed);
        Some(Arc::clone(&entry.policy))
    }

    pub(super) fn len(&self) -> usize {
        self.policies.load(Relaxed)
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes.load(Relaxed)
    }

    pub(super) fn is_full(&self) -> bool {
        self.len() >= self.bounds.policies || self.bytes() >= self.bounds.bytes
    }

    /// The policy that is there afterwards: an earlier one stays.
    pub(super) fn insert(&self, policy: Arc<Policy>) -> Arc<Policy> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let digest = policy.digest();
        if let Some(there) = self.get(digest) {
            return there;
        }
        let mut shard = Shard::clone(&self.shard(digest).load());
        let entry = Entry { policy: Arc::clone(&policy), used: AtomicU64::new(self.now()) };
        shard.insert(digest, Arc::new(entry));
        self.shard(digest).store(Arc::new(shard));
        self.policies.fetch_add(1, Relaxed);
        self.bytes.fetch_add(policy.code_size(), Relaxed);
        if self.len() > self.bounds.policies || self.bytes() > self.bounds.bytes {
            self.shrink(digest);
        }
        policy
    }

    pub(super) fn remove(&self, digest: Digest) -> Option<Arc<Policy>> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        self.take(digest)
    }

    fn take(&self, digest: Digest) -> Option<Arc<Policy>> {
        let mut shard = Shard::clone(&self.shard(digest).load());
        let entry = shard.remove(&digest)?;
        self.shard(digest).store(Arc::new(shard));
        self.policies.fetch_sub(1, Relaxed);
        self.bytes.fetch_sub(entry.policy.code_size(), Relaxed);
        Some(Arc::clone(&entry.policy))
    }

    /// Lets the least recently asked go, all but the newest.
    fn shrink(&self, newest: Digest) {
        let most = |bound: usize| bound - bound / SLACK;
        let shards: Vec<_> = self.shards.iter().map(ArcSwap::load).collect();
        let entries = shards.iter().flat_map(|shard| shard.iter());
        let mut oldest: Vec<_> = entries.map(|(digest, entry)| (entry.used.load(Relaxed), *digest)).collect();
        oldest.sort_unstable();
        for (_, digest) in oldest {
            if self.len() <= most(self.bounds.policies) && self.bytes() <= most(self.bounds.bytes) {
                break;
            }
            if digest != newest {
                self.take(digest);
            }
        }
    }
}
