//! The schema, brought up to date when a store opens.
//!
//! A migration is a text for both engines and, where they differ, a fragment for each (triggers, row
//! level security). All pending ones run in one transaction behind a lock, so hosts that start at the
//! same moment, and a host that is killed half-way, leave either the old schema or the new one.

use crate::conn::Conn;
use crate::record::record;
use crate::value::vals;
use crate::{Engine, StoreError};
use jiff::Timestamp;

struct Migration {
    version: i64,
    name: &'static str,
    shared: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($version:literal $name:literal),* $(,)?) => {
        &[$(Migration {
            version: $version,
            name: $name,
            shared: include_str!(concat!("../../../migrations/", $name, "/shared.sql")),
            sqlite: include_str!(concat!("../../../migrations/", $name, "/sqlite.sql")),
            postgres: include_str!(concat!("../../../migrations/", $name, "/postgres.sql")),
        }),*]
    };
}

/// Published migrations are never edited: a change is a new one.
const MIGRATIONS: &[Migration] = migrations![
    1 "0001_parties",
    2 "0002_policies",
    3 "0003_tickets",
    4 "0004_records",
    5 "0005_parts",
    6 "0006_notices",
    7 "0007_findings",
    8 "0008_upstream",
    9 "0009_floors",
    10 "0010_links",
    11 "0011_care",
    12 "0012_uploads",
    13 "0013_signing",
    14 "0014_receipt_keys",
    15 "0015_limits",
    16 "0016_back_tests",
    17 "0017_shadows",
    18 "0018_policy_health",
    19 "0019_versions",
    20 "0020_money",
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migration (\
    version BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at TIMESTAMPTZ NOT NULL)";
const APPLIED: &str = "SELECT version, name FROM schema_migration ORDER BY version";
const RECORD: &str = "INSERT INTO schema_migration (version, name, applied_at) VALUES ($1, $2, $3)";

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer host has been here: start that version instead.
    #[error("the database has schema version {found}, this host knows versions up to {known}")]
    Newer {
        /// The version found.
        found: i64,
        /// The newest that this host knows.
        known: i64,
    },
    /// The database's history differs from this host's.
    #[error("schema version {version} is {found:?} in the database and {expected:?} in this host")]
    Diverged {
        /// The version in question.
        version: i64,
        /// Its name in the database.
        found: String,
        /// Its name in this host.
        expected: &'static str,
    },
    /// The database failed.
    #[error("the schema could not be brought up to date")]
    Store(#[from] StoreError),
}

struct Applied {
    version: i64,
    name: String,
}
record!(Applied { version, name });

/// Brings the schema up to date; how many migrations ran.
pub(crate) async fn migrate(conn: &mut Conn) -> Result<usize, MigrateError> {
    conn.raw(
        match conn.engine() {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            // Any fixed number does, as long as every host uses the same.
            Engine::Postgres => "BEGIN READ WRITE; SELECT pg_advisory_xact_lock(3330330)",
        },
        1,
    )
    .await?;
    let result = pending(conn).await;
    conn.raw(if result.is_ok() { "COMMIT" } else { "ROLLBACK" }, 1).await?;
    result
}

async fn pending(conn: &mut Conn) -> Result<usize, MigrateError> {
    conn.raw(TABLE, 1).await?;
    let applied: Vec<Applied> = conn.all(APPLIED, vec![]).await?;
    for found in &applied {
        match MIGRATIONS.iter().find(|known| known.version == found.version) {
            None => {
                let known = MIGRATIONS.last().map_or(0, |last| last.version);
                return Err(MigrateError::Newer { found: found.version, known });
            }
            Some(known) if known.name != found.name => {
                return Err(MigrateError::Diverged {
                    version: known.version,
                    found: found.name.clone(),
                    expected: known.name,
                });
            }
            Some(_) => {}
        }
    }
    let mut ran = 0;
    for migration in MIGRATIONS {
        if applied.iter().any(|found| found.version == migration.version) {
            continue;
        }
        conn.raw(migration.shared, 1).await?;
        conn.raw(
            match conn.engine() {
                Engine::Sqlite => migration.sqlite,
                Engine::Postgres => migration.postgres,
            },
            1,
        )
        .await?;
        // Bookkeeping for operators: nothing is decided by this time.
        #[allow(clippy::disallowed_methods)]
        let now = Timestamp::now();
        conn.execute(RECORD, vals![migration.version, migration.name, now]).await?;
        ran += 1;
    }
    Ok(ran)
}
