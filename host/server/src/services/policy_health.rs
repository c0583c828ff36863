//! How policy versions fare on live calls: counted in memory, added to the database every few seconds, read
//! back over all hosts.

pub mod guard;
pub mod histogram;
mod read;
mod returning;

pub use read::{Hours, brief, show};
pub use returning::{watch, watch_all};

use crate::app::App;
use crate::services::tickets::tape::word;
use histogram::Histogram;
use sanbao_domain::failure::FailureKind;
use sanbao_domain::ids::{ActivationId, PartyId, PolicyId};
use sanbao_domain::time::Timestamp;
use sanbao_policy::contract::Interface;
use sanbao_store::policy_health::{self as store, Amount, Counted};
use sanbao_store::{Scope, StoreError};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// How many threads count without waiting for one another.
const SHARDS: usize = 16;
/// Seconds of an hour.
const HOUR: i64 = 3600;

/// What one call is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// Whose policy it is.
    pub owner: PartyId,
    /// The version.
    pub policy: PolicyId,
    /// The activation that it judges by.
    pub activation: ActivationId,
    /// What was asked.
    pub interface: Interface,
}

/// One call.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// How it failed.
    pub failure: Option<FailureKind>,
    /// Whether it answered that a person decides.
    pub referred: bool,
    /// Fuel used.
    pub fuel: u64,
    /// Wall time in nanoseconds, with the wait for its turn.
    pub took_ns: u64,
}

#[derive(Debug, Default)]
struct Tally {
    calls: u64,
    referred: u64,
    failures: Vec<(FailureKind, u64)>,
    fuel: Histogram,
    took: Histogram,
    fuel_max: u64,
    took_max: u64,
}

impl Tally {
    fn count(&mut self, call: Call) {
        self.calls += 1;
        self.referred += u64::from(call.referred);
        if let Some(kind) = call.failure {
            self.fail(kind, 1);
        }
        self.fuel.count(call.fuel);
        self.took.count(call.took_ns);
        self.fuel_max = self.fuel_max.max(call.fuel);
        self.took_max = self.took_max.max(call.took_ns);
    }

    fn fail(&mut self, kind: FailureKind, times: u64) {
        match self.failures.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += times,
            None => self.failures.push((kind, times)),
        }
    }

    fn merge(&mut self, other: Self) {
        self.calls += other.calls;
        self.referred += other.referred;
        other.failures.into_iter().for_each(|(kind, times)| self.fail(kind, times));
        self.fuel.merge(&other.fuel);
        self.took.merge(&other.took);
        self.fuel_max = self.fuel_max.max(other.fuel_max);
        self.took_max = self.took_max.max(other.took_max);
    }
}

/// By subject and hour since 1970.
type Tallies = HashMap<(Subject, i64), Tally>;

/// What this host has counted and not yet added to the database.
pub struct Counters {
    shards: [Mutex<Tallies>; SHARDS],
    /// Held by whoever adds; what is in it was taken out of the shards and is not known to be added yet.
    adding: tokio::sync::Mutex<Option<Addition>>,
    /// Parties whose policies failed in what was added since somebody looked.
    failing: Mutex<BTreeSet<PartyId>>,
}

/// Counts on their way to the database, under a name by which it knows them again.
#[derive(Clone)]
struct Addition {
    id: Uuid,
    rows: Arc<(Vec<Counted>, Vec<Amount>)>,
}

impl Default for Counters {
    fn default() -> Self {
        Self {
            shards: std::array::from_fn(|_| Mutex::default()),
            adding: tokio::sync::Mutex::default(),
            failing: Mutex::default(),
        }
    }
}

impl Counters {
    /// Counts a call. Each thread has a part of the counters to itself, as long as there are few threads.
    pub fn count(&self, subject: Subject, at: Timestamp, call: Call) {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        thread_local! {
            static MINE: Cell<Option<usize>> = const { Cell::new(None) };
        }
        let mine = MINE.with(|mine| {
            mine.get().unwrap_or_else(|| {
                let next = NEXT.fetch_add(1, Ordering::Relaxed) % SHARDS;
                mine.set(Some(next));
                next
            })
        });
        let Some(shard) = self.shards.get(mine) else { return };
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        shard.entry((subject, at.as_second().div_euclid(HOUR))).or_default().count(call);
    }

    /// The parties whose policies failed since this was asked last.
    pub fn failing(&self) -> BTreeSet<PartyId> {
        std::mem::take(&mut *self.failing.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn added(&self, addition: &Addition) {
        let failed = addition.rows.0.iter().filter(|row| row.failed > 0).map(|row| row.party);
        self.failing.lock().unwrap_or_else(PoisonError::into_inner).extend(failed);
    }

    fn take(&self) -> BTreeMap<(Subject, i64), Tally> {
        let mut all: BTreeMap<(Subject, i64), Tally> = BTreeMap::new();
        for shard in &self.shards {
            let taken = std::mem::take(&mut *shard.lock().unwrap_or_else(PoisonError::into_inner));
            for (key, tally) in taken {
                all.entry(key).or_default().merge(tally);
            }
        }
        all
    }
}

/// First instant of an hour.
fn hour_start(hour: i64) -> Timestamp {
    Timestamp::from_second(hour.saturating_mul(HOUR)).unwrap_or(Timestamp::MIN)
}

/// The rows of what was counted, each once and in an order that is the same on every host.
fn rows(all: BTreeMap<(Subject, i64), Tally>) -> (Vec<Counted>, Vec<Amount>) {
    let mut counted = Vec::with_capacity(all.len());
    let mut amounts: BTreeMap<(PartyId, PolicyId, i64, Interface, String, u64), u64> = BTreeMap::new();
    for ((subject, hour), tally) in all {
        let Subject { owner, policy, activation, interface } = subject;
        let unavailable: u64 = tally
            .failures
            .iter()
            .filter(|(kind, _)| *kind == FailureKind::Unavailable)
            .map(|(_, times)| times)
            .sum();
        let failed: u64 = tally.failures.iter().map(|(_, times)| times).sum::<u64>() - unavailable;
        counted.push(Counted {
            party: owner,
            policy,
            activation,
            interface: interface.name().to_owned(),
            hour: hour_start(hour),
            calls: tally.calls,
            failed,
            unavailable,
            referred: tally.referred,
            fuel_max: tally.fuel_max,
            took_max: tally.took_max,
        });
        let mut add = |figure: &str, bucket: u64, amount: u64| {
            *amounts.entry((owner, policy, hour, interface, figure.to_owned(), bucket)).or_default() +=
                amount;
        };
        tally.failures.iter().for_each(|(kind, times)| add(&word(kind), 0, *times));
        tally.fuel.steps().iter().for_each(|(step, amount)| add("fuel", u64::from(*step), *amount));
        tally.took.steps().iter().for_each(|(step, amount)| add("took", u64::from(*step), *amount));
    }
    let amounts = amounts.into_iter().map(|((party, policy, hour, interface, figure, bucket), amount)| {
        let interface = interface.name().to_owned();
        Amount { party, policy, interface, hour: hour_start(hour), figure, bucket, amount }
    });
    (counted, amounts.collect())
}

/// Adds what this host has counted to the database.
///
/// An addition whose end this host does not learn, as the connection broke or it stopped waiting, is made
/// again under the same name, and the database knows whether it has it already: nothing is counted twice, and
/// nothing is lost but with the host itself.
///
/// # Errors
/// The database; the counts are kept for the next time.
pub async fn flush(app: &App) -> Result<(), StoreError> {
    let counters = app.health();
    let mut adding = counters.adding.lock().await;
    if let Some(left) = adding.as_ref() {
        add(app, left.clone()).await?;
        counters.added(left);
        *adding = None;
    }
    let taken = counters.take();
    if taken.is_empty() {
        return Ok(());
    }
    let addition = Addition { id: app.id(), rows: Arc::new(rows(taken)) };
    *adding = Some(addition.clone());
    add(app, addition.clone()).await?;
    *adding = None;
    counters.added(&addition);
    Ok(())
}

async fn add(app: &App, addition: Addition) -> Result<(), StoreError> {
    let now = app.now();
    app.store()
        .write_again(3, Scope::Platform, move |conn| {
            let Addition { id, rows } = addition.clone();
            Box::pin(async move {
                if store::begin(conn, id, now).await? {
                    store::add(conn, &rows.0, &rows.1).await?;
                }
                Ok(())
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(policy: u128, interface: Interface) -> Subject {
        let id = Uuid::from_u128;
        Subject { owner: id(1).into(), policy: id(policy).into(), activation: id(9).into(), interface }
    }

    #[test]
    fn many_threads_count_everything_once() {
        let counters = Counters::default();
        let at = Timestamp::from_second(7200).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..24_u64 {
                let counters = &counters;
                scope.spawn(move || {
                    for n in 0..500_u64 {
                        let failure = match n % 10 {
                            0 => Some(FailureKind::Trap),
                            1 => Some(FailureKind::Unavailable),
                            _ => None,
                        };
                        let call = Call { failure, referred: n % 10 == 2, fuel: n, took_ns: thread };
                        counters.count(subject(u128::from(n % 2) + 2, Interface::Coverage), at, call);
                    }
                });
            }
        });
        let (counted, amounts) = rows(counters.take());
        assert_eq!(counted.len(), 2);
        let sum = |figure: fn(&Counted) -> u64| counted.iter().map(figure).sum::<u64>();
        assert_eq!(sum(|row| row.calls), 24 * 500);
        assert_eq!(
            (sum(|row| row.failed), sum(|row| row.unavailable), sum(|row| row.referred)),
            (1200, 1200, 1200)
        );
        assert_eq!(counted.iter().map(|row| (row.fuel_max, row.took_max)).max(), Some((499, 23)));
        for figure in ["fuel", "took"] {
            let total: u64 = amounts.iter().filter(|row| row.figure == figure).map(|row| row.amount).sum();
            assert_eq!(total, 24 * 500, "{figure}");
        }
        assert!(counters.take().is_empty());
    }
}
