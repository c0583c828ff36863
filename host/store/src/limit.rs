//! What a party may use, where the platform has set other figures than the usual ones.

use crate::batch::Table;
use crate::record::{Record, Single, record};
use crate::statements::statements;
use crate::value::vals;
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::allowance::Exceptions;
use sanbao_domain::ids::PartyId;

/// The figures of one party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The party.
    pub party: PartyId,
    /// What differs from the usual.
    pub figures: Exceptions,
    /// Who set them.
    pub set_by: String,
    /// When.
    pub set_at: Timestamp,
}

/// Tells whether any party's figures have changed: two answers differ then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    parties: u64,
    changes: u64,
}

/// What a party keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Versions that are not retired.
    pub policies: u64,
    /// Bytes of its largest component.
    pub largest: u64,
}

pub(crate) const TABLE: Table = Table {
    name: "party_limit",
    columns: &[
        "party_id",
        "policies",
        "component_bytes",
        "fuel_per_call",
        "calls_per_second",
        "concurrent_calls",
        "unfinished_uploads",
        "back_tests",
        "revision",
        "set_by",
        "set_at",
    ],
    conflict: " ON CONFLICT (party_id) DO UPDATE SET policies = excluded.policies, \
        component_bytes = excluded.component_bytes, fuel_per_call = excluded.fuel_per_call, \
        calls_per_second = excluded.calls_per_second, concurrent_calls = excluded.concurrent_calls, \
        unfinished_uploads = excluded.unfinished_uploads, back_tests = excluded.back_tests, \
        revision = party_limit.revision + 1, set_by = excluded.set_by, set_at = excluded.set_at",
};

statements! {
    FIND = "SELECT party_id, policies, component_bytes, fuel_per_call, calls_per_second, concurrent_calls, \
        unfinished_uploads, back_tests, set_by, set_at FROM party_limit WHERE party_id = $1";
    ALL = "SELECT party_id, policies, component_bytes, fuel_per_call, calls_per_second, concurrent_calls, \
        unfinished_uploads, back_tests, set_by, set_at FROM party_limit";
    EDITION = "SELECT COUNT(*) AS parties, CAST(COALESCE(SUM(revision), 0) AS BIGINT) AS changes FROM party_limit";
    POLICIES = "SELECT COUNT(*) AS value FROM policy WHERE party_id = $1 AND status = 'checked'";
    LARGEST = "SELECT COALESCE(MAX(size), 0) AS value FROM component WHERE party_id = $1";
}

record!(Edition { parties, changes });

struct Head {
    party: PartyId,
    set_by: String,
    set_at: Timestamp,
}
record!(Head { party = "party_id", set_by, set_at });

struct Figures(Exceptions);
macro_rules! figures {
    ($row:ident, $($field:ident),*) => {{
        use crate::record::Get;
        Ok(Self(Exceptions { $($field: $row.get_as::<crate::value::Plain, _>(stringify!($field))?),* }))
    }};
    ($row:ident) => {
        figures!($row, policies, component_bytes, fuel_per_call, calls_per_second, concurrent_calls, unfinished_uploads, back_tests)
    };
}

impl Record for Figures {
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow) -> Result<Self, sqlx::Error> {
        figures!(row)
    }
    fn from_postgres(row: &sqlx::postgres::PgRow) -> Result<Self, sqlx::Error> {
        figures!(row)
    }
}

impl Limit {
    fn join(Head { party, set_by, set_at }: Head, Figures(figures): Figures) -> Self {
        Self { party, figures, set_by, set_at }
    }
}

impl Record for Limit {
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self::join(Head::from_sqlite(row)?, Figures::from_sqlite(row)?))
    }
    fn from_postgres(row: &sqlx::postgres::PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self::join(Head::from_postgres(row)?, Figures::from_postgres(row)?))
    }
}

/// Sets a party's figures, in place of those that it had. Needs [`Scope::Platform`](crate::Scope).
pub async fn put(conn: &mut Conn, limit: &Limit) -> Result<(), StoreError> {
    let figures = &limit.figures;
    let values = vals![
        limit.party,
        figures.policies,
        figures.component_bytes,
        figures.fuel_per_call,
        figures.calls_per_second,
        figures.concurrent_calls,
        figures.unfinished_uploads,
        figures.back_tests,
        1_u32,
        &limit.set_by,
        limit.set_at,
    ];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// A party's own figures; nothing where all are as usual.
pub async fn find(conn: &mut Conn, party: PartyId) -> Result<Option<Limit>, StoreError> {
    conn.optional(FIND, vals![party]).await
}

/// Every party's figures. Needs [`Scope::Platform`](crate::Scope).
pub async fn all(conn: &mut Conn) -> Result<Vec<Limit>, StoreError> {
    conn.all(ALL, vec![]).await
}

/// The edition of all figures: another one after every change. Needs [`Scope::Platform`](crate::Scope).
pub async fn edition(conn: &mut Conn) -> Result<Edition, StoreError> {
    Ok(conn.optional(EDITION, vec![]).await?.unwrap_or_default())
}

/// What a party keeps.
pub async fn kept(conn: &mut Conn, party: PartyId) -> Result<Kept, StoreError> {
    let policies = conn.optional::<Single<u64>>(POLICIES, vals![party]).await?.map_or(0, |count| count.0);
    let largest = conn.optional::<Single<u64>>(LARGEST, vals![party]).await?.map_or(0, |size| size.0);
    Ok(Kept { policies, largest })
}
