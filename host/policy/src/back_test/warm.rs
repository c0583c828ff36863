//! An instance that answers many calls, one after the other.

use crate::call::{classify, open, ticks};
use crate::contract::Prepared;
use crate::failure::Failure;
use crate::guest::Guest;
use crate::limits::Limits;
use crate::policy::Policy;
use crate::question::Ask;
use crate::ticker::KeepsRunning;
use sanbao_domain::calendar::Calendar;
use std::sync::Arc;
use wasmtime::Store;

/// Calls after which an instance is replaced in any case.
const CALLS: u32 = 4096;
/// Calls for which an instance is worth its making, whatever it takes.
const WORTH: u32 = 64;
/// Bytes by which an instance may grow after its first call before it is replaced: the allocators of small
/// policies never give anything back, and memory that was not used before is the dearest.
const GROWTH: usize = 256 << 10;

/// An instance and the limits that it was made under.
pub(super) struct Warm {
    store: Store<Guest>,
    limits: Limits,
    calls: u32,
    /// Bytes that it might still grow by after its first call.
    left: usize,
    _running: KeepsRunning,
}

impl Warm {
    /// Asks `warm`, or a new instance that is put there. Nothing is left there that failed or is used up.
    pub(super) fn ask<Q: Ask>(
        warm: &mut Option<Self>,
        policy: &Policy,
        calendar: &Arc<Calendar>,
        limits: &Limits,
        prepared: &Prepared<Q>,
    ) -> Result<Q::Answer, Failure> {
        let mut used = match warm.take().filter(|warm| warm.limits == *limits) {
            Some(warm) => warm,
            None => {
                let running = policy.engine().ticker().keeps_running();
                let mut store = open(policy.engine(), limits, limits.deadline, Arc::clone(calendar))?;
                store.data_mut().keep_instance();
                Self { store, limits: *limits, calls: 0, left: 0, _running: running }
            }
        };
        let answer = used.again(policy, prepared)?;
        if !used.is_used_up() {
            *warm = Some(used);
        }
        Ok(answer)
    }

    fn again<Q: Ask>(&mut self, policy: &Policy, prepared: &Prepared<Q>) -> Result<Q::Answer, Failure> {
        self.calls += 1;
        if self.calls > 1 {
            let limits = &self.limits;
            self.store
                .set_fuel(limits.fuel)
                .map_err(|error| Failure::Unavailable { what: error.to_string() })?;
            self.store.set_epoch_deadline(ticks(limits.deadline));
            self.store.data_mut().forget_log();
        }
        let asked = policy.bound().ask(prepared, &mut self.store);
        let outcome = asked.map_err(|error| {
            let limits = &self.limits;
            classify(&error, self.store.data(), limits, limits.deadline)
        });
        if self.calls == 1 {
            self.left = self.store.data().limiter.memory_left();
        }
        policy.checked::<Q>(outcome.flatten())
    }

    fn is_used_up(&self) -> bool {
        let grown = self.left.saturating_sub(self.store.data().limiter.memory_left());
        self.calls >= CALLS || self.calls >= WORTH && grown > GROWTH
    }
}
