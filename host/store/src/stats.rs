//! What the store has asked of its database, for benchmarks and metrics.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Running totals since the store was opened; subtract two snapshots to measure a piece of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// SQL statements, transaction control included.
    pub statements: u64,
    /// Messages sent and awaited: network round trips on PostgreSQL, hand-overs to the connection's
    /// thread on SQLite. Several statements may share one; the first use of a statement on a
    /// PostgreSQL connection costs one more, which is not counted.
    pub round_trips: u64,
    /// Units of work: reads and writes that callers asked for.
    pub units: u64,
    /// Transactions committed, each one flush to disk. Below the number of writes where SQLite's
    /// writer committed several together.
    pub commits: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Stats {
    statements: AtomicU64,
    round_trips: AtomicU64,
    units: AtomicU64,
    commits: AtomicU64,
}

impl Stats {
    /// One round trip that carried `statements` statements.
    pub(crate) fn trip(&self, statements: u64) {
        self.statements.fetch_add(statements, Relaxed);
        self.round_trips.fetch_add(1, Relaxed);
    }

    pub(crate) fn unit(&self) {
        self.units.fetch_add(1, Relaxed);
    }

    pub(crate) fn commit(&self) {
        self.commits.fetch_add(1, Relaxed);
    }

    pub(crate) fn totals(&self) -> Totals {
        Totals {
            statements: self.statements.load(Relaxed),
            round_trips: self.round_trips.load(Relaxed),
            units: self.units.load(Relaxed),
            commits: self.commits.load(Relaxed),
        }
    }
}
