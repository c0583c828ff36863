//! A fresh database of either engine for each test, and the macro that runs a test on both.

use crate::postgres::{Cluster, Durability, PgError};
pub use sanbao_store::Engine;
use sanbao_store::{OpenError, Store, StoreConfig};
use sqlx::{Connection, Executor};
use std::io;
use std::path::PathBuf;
use std::sync::OnceLock;
use tempfile::TempDir;

/// Why there is no database.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// No PostgreSQL.
    #[error(transparent)]
    Postgres(#[from] PgError),
    /// The same for a later test of the process.
    #[error("{0}")]
    NoCluster(&'static str),
    /// No store.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// No directory.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// An empty database with the current schema; gone when dropped, or when the process ends.
#[derive(Debug)]
pub struct Database {
    url: String,
    engine: Engine,
    dir: TempDir,
}

impl Database {
    /// A database of its own for one test.
    pub async fn new(engine: Engine) -> Result<Self, DatabaseError> {
        match engine {
            Engine::Sqlite => {
                let dir = TempDir::new()?;
                let url = format!("sqlite:{}", dir.path().join("sanbao.sqlite").display());
                Ok(Self { url, engine, dir })
            }
            Engine::Postgres => {
                let name = cluster()?.database(migrate).await?;
                Ok(Self { url: cluster()?.url(&name), engine, dir: TempDir::new()? })
            }
        }
    }

    /// A database without a schema.
    pub async fn empty(engine: Engine) -> Result<Self, DatabaseError> {
        match engine {
            // A file that is not there has no schema either.
            Engine::Sqlite => Self::new(engine).await,
            Engine::Postgres => {
                let name = cluster()?.empty_database().await?;
                Ok(Self { url: cluster()?.url(&name), engine, dir: TempDir::new()? })
            }
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A folder for what hosts keep beside it; gone with it.
    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// Its engine.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Runs SQL past the store, as the host's own role and for the host itself; how many rows it was about.
    ///
    /// # Errors
    /// The database's.
    pub async fn execute(&self, sql: &str) -> Result<u64, sqlx::Error> {
        self.execute_as("*", sql).await
    }

    /// As [`Database::execute`], for a party; on SQLite there is no such thing.
    ///
    /// # Errors
    /// The database's.
    pub async fn execute_as(&self, party: &str, sql: &str) -> Result<u64, sqlx::Error> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match self.engine {
            Engine::Sqlite => {
                let url = self.url.replacen("sqlite:", "sqlite://", 1);
                let mut conn = sqlx::SqliteConnection::connect(&format!("{url}?mode=rwc")).await?;
                conn.execute(sqlx::raw_sql(sql)).await.map(|done| done.rows_affected())
            }
            Engine::Postgres => {
                let mut conn = sqlx::PgConnection::connect(&self.url).await?;
                let set = format!("SET sanbao.party = '{party}'");
                conn.execute(sqlx::AssertSqlSafe(set)).await?;
                conn.execute(sqlx::raw_sql(sql)).await.map(|done| done.rows_affected())
            }
        }
    }

    /// Opens a store on it; several may be open at once.
    pub async fn store(&self) -> Result<Store, DatabaseError> {
        // Every test has its own pool, and all of them share one server.
        Ok(Store::open(StoreConfig::from_url(&self.url)?.connections(8)).await?)
    }
}

async fn migrate(url: String) -> Result<(), DatabaseError> {
    Store::open(StoreConfig::from_url(&url)?.connections(1)).await?.close().await;
    Ok(())
}

/// The cluster of this process, started when it is first needed.
pub fn cluster() -> Result<&'static Cluster, DatabaseError> {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    CLUSTER
        .get_or_init(|| Cluster::start(Durability::Relaxed).map_err(|error| error.to_string()))
        .as_ref()
        .map_err(|error| DatabaseError::NoCluster(error))
}

/// Runs tests of the form `async fn name(database: Database)` on both engines, as `sqlite::name` and
/// `postgres::name`.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$attribute:meta])* $name:ident),* $(,)?) => {
        mod sqlite {
            $($crate::on_both_engines!(@test Sqlite $name $(#[$attribute])*);)*
        }
        mod postgres {
            $($crate::on_both_engines!(@test Postgres $name $(#[$attribute])*);)*
        }
    };
    (@test $engine:ident $name:ident $(#[$attribute:meta])*) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        $(#[$attribute])*
        async fn $name() {
            let database = $crate::database::Database::new($crate::database::Engine::$engine).await;
            super::$name(database.expect("a database")).await;
        }
    };
}
