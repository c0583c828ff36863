//! One call of a policy: a fresh instance within limits, and what its failure means.

use crate::engine::Engine;
use crate::failure::Failure;
use crate::guest::{Guest, Log};
use crate::limits::Limits;
use sanbao_domain::calendar::{Calendar, CalendarError};
use std::sync::Arc;
use std::time::Duration;
use wasmtime::{Error, Store, Trap};

/// What a call came to, and what it cost.
pub(crate) struct Called<T> {
    pub(crate) outcome: Result<T, Failure>,
    pub(crate) fuel: u64,
    pub(crate) log: Log,
}

/// Runs `call` on a fresh store. The instance that it makes ends with the call: nothing is kept.
pub(crate) fn call<T>(
    engine: &Engine,
    limits: &Limits,
    deadline: Duration,
    calendar: Arc<Calendar>,
    call: impl FnOnce(&mut Store<Guest>) -> Result<T, Error>,
) -> Called<T> {
    let _running = engine.ticker().running();
    let mut store = match open(engine, limits, deadline, calendar) {
        Ok(store) => store,
        Err(failure) => return Called { outcome: Err(failure), fuel: 0, log: Log::default() },
    };
    let result = call(&mut store);
    let fuel = limits.fuel.saturating_sub(store.get_fuel().unwrap_or_default());
    let guest = store.into_data();
    let outcome = result.map_err(|error| classify(&error, &guest, limits, deadline));
    Called { outcome, fuel, log: guest.into_log() }
}

/// A store within limits, for an instance.
pub(crate) fn open(
    engine: &Engine,
    limits: &Limits,
    deadline: Duration,
    calendar: Arc<Calendar>,
) -> Result<Store<Guest>, Failure> {
    let mut store = Store::new(engine.wasmtime(), Guest::new(limits, calendar));
    store.limiter(|guest| &mut guest.limiter);
    store.set_hostcall_fuel(limits.result);
    store.set_epoch_deadline(ticks(deadline));
    store.set_fuel(limits.fuel).map_err(|error| Failure::Unavailable { what: error.to_string() })?;
    Ok(store)
}

/// The running tick counts as one, so that no call gets less than its time.
pub(crate) fn ticks(deadline: Duration) -> u64 {
    u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX).saturating_add(1)
}

pub(crate) fn classify(error: &Error, guest: &Guest, limits: &Limits, deadline: Duration) -> Failure {
    if let Some(refused) = guest.limiter.refused() {
        // A policy that is refused memory usually aborts: the trap is the consequence, not the cause.
        return refused.clone();
    }
    match error.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => Failure::OutOfFuel { limit: limits.fuel },
        Some(Trap::Interrupt) => {
            Failure::Deadline { millis: u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX) }
        }
        Some(Trap::StackOverflow) => Failure::StackOverflow,
        Some(trap) => Failure::Trap { what: trap.to_string() },
        None if error.is::<Refusal>() => Failure::Trap { what: error.root_cause().to_string() },
        None if error.is::<wasmtime::PoolConcurrencyLimitError>() => {
            Failure::Unavailable { what: error.to_string() }
        }
        None if is_hostcall_fuel(error) => Failure::ResultTooLarge { limit: limits.result },
        None => Failure::Malformed { what: error.root_cause().to_string() },
    }
}

/// Why an import did not answer: the policy asked what makes no sense.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error(transparent)]
    Calendar(CalendarError),
    #[error("{0} is no day")]
    NoDay(String),
}

/// wasmtime keeps the type of this error to itself; its name is all that tells it apart. A test with an
/// oversized answer guards the name.
fn is_hostcall_fuel(error: &Error) -> bool {
    format!("{:?}", error.root_cause()) == "HostcallFuelExhausted"
}
