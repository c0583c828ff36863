//! How many calls of a party begin in a second. A call over it waits for its turn behind those that came
//! before it.

use governor::clock::Clock;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use sanbao_domain::ids::PartyId;
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Mutex as Line;

/// Parties whose pace is remembered before those that nobody waits for are forgotten.
const REMEMBERED: usize = 10_000;

/// The paces of all parties.
#[derive(Default)]
pub(super) struct Paces(Mutex<HashMap<PartyId, Arc<Pace>>>);

/// The pace of one party.
pub(super) struct Pace {
    per_second: NonZeroU32,
    limiter: DefaultDirectRateLimiter,
    /// Held by the call that is next; the others wait for it, in the order in which they came.
    line: Line<()>,
}

impl Paces {
    /// The party's pace; another one when its figure has changed.
    pub(super) fn of(&self, party: PartyId, per_second: NonZeroU32) -> Arc<Pace> {
        let mut paces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pace) = paces.get(&party)
            && pace.per_second == per_second
        {
            return Arc::clone(pace);
        }
        if paces.len() >= REMEMBERED {
            paces.retain(|_, pace| Arc::strong_count(pace) > 1);
        }
        let limiter = RateLimiter::direct(Quota::per_second(per_second));
        let pace = Arc::new(Pace { per_second, limiter, line: Line::new(()) });
        paces.insert(party, Arc::clone(&pace));
        pace
    }
}

impl Pace {
    /// Whether a call may begin at once.
    pub(super) fn at_once(&self) -> bool {
        // Somebody who waits comes first.
        self.line.try_lock().is_ok() && self.limiter.check().is_ok()
    }

    /// Waits until a call may begin.
    pub(super) async fn wait(&self) {
        let _first = self.line.lock().await;
        while let Err(early) = self.limiter.check() {
            tokio::time::sleep(early.wait_time_from(self.limiter.clock().now())).await;
        }
    }
}
