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

/// Calls after which an instance is replaced: what a policy's allocator never gives back must not add up.
const CALLS: u32 = 4096;

/// An instance and the limits that it was made under.
pub(super) struct Warm {
    store: Store<Guest>,
    limits: Limits,
    calls: u32,
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
                Self { store, limits: *limits, calls: 0, _running: running }
            }
        };
        let answer = used.again(policy, prepared)?;
        if used.calls < CALLS {
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
        policy.checked::<Q>(outcome.flatten())
    }
}
