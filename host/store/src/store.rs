//! The store: opens either database, hands out read handles and runs writes to their end.

use crate::conn::{Conn, Link};
use crate::migrate::{MigrateError, migrate};
use crate::number::Numbers;
use crate::postgres::Postgres;
use crate::sqlite::Queue;
use crate::stats::{Stats, Totals};
use crate::{StoreError, postgres, sqlite};
use futures::future::BoxFuture;
use sanbao_domain::ids::PartyId;
use sqlx::SqlitePool;
use sqlx::postgres::PgConnectOptions;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::oneshot;

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Embedded, one file.
    Sqlite,
    /// Shared by many hosts.
    Postgres,
}

/// For whom a connection works. On PostgreSQL row level security holds it to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One party: its own rows, and the tickets that it has a claim in.
    Party(PartyId),
    /// The host itself: sign-in, workers, administration.
    Platform,
}

impl Scope {
    /// The setting's value; hexadecimal digits and hyphens only, or a star.
    pub(crate) fn word(self) -> String {
        match self {
            Self::Party(party) => party.0.to_string(),
            Self::Platform => "*".to_owned(),
        }
    }
}

impl From<PartyId> for Scope {
    fn from(party: PartyId) -> Self {
        Self::Party(party)
    }
}

/// Where the data is.
#[derive(Clone, Debug)]
pub struct StoreConfig {
    location: Location,
    connections: u32,
}

#[derive(Clone, Debug)]
enum Location {
    Sqlite(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is neither `sqlite:PATH` nor `postgres://…`.
    #[error("the database address is not `sqlite:PATH` or `postgres://USER@HOST/DATABASE`")]
    Address(#[source] Option<sqlx::Error>),
    /// The PostgreSQL role is a superuser or has BYPASSRLS, so row level security would not hold it.
    #[error("the PostgreSQL role bypasses row level security: use a role with NOSUPERUSER NOBYPASSRLS")]
    Privileged,
    /// The schema could not be brought up to date.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// The database cannot be reached, or failed while it was being opened.
    #[error("the database cannot be opened")]
    Store(#[from] StoreError),
}

impl StoreConfig {
    /// From `sqlite:PATH` or `postgres://USER[:PASSWORD]@HOST[:PORT]/DATABASE`. The PostgreSQL role
    /// owns the database's schema and must not bypass row level security.
    pub fn from_url(url: &str) -> Result<Self, OpenError> {
        let location = if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err(OpenError::Address(None));
            }
            Location::Sqlite(path.into())
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Location::Postgres(Box::new(url.parse().map_err(|error| OpenError::Address(Some(error)))?))
        } else {
            return Err(OpenError::Address(None));
        };
        let connections = match location {
            Location::Sqlite(_) => 8,
            Location::Postgres(_) => 32,
        };
        Ok(Self { location, connections })
    }

    /// How many connections to hold at most: readers on SQLite (8 by default), all on PostgreSQL (32).
    pub fn connections(mut self, most: u32) -> Self {
        self.connections = most.max(1);
        self
    }

    /// Which engine the address names.
    pub fn engine(&self) -> Engine {
        match self.location {
            Location::Sqlite(_) => Engine::Sqlite,
            Location::Postgres(_) => Engine::Postgres,
        }
    }
}

/// A handle to the open database; clones share it.
#[derive(Clone, Debug)]
pub struct Store {
    link: Database,
    stats: Arc<Stats>,
    pub(crate) numbers: Arc<Numbers>,
}

#[derive(Clone, Debug)]
enum Database {
    Sqlite { readers: SqlitePool, writer: Queue },
    Postgres(Postgres),
}

impl Store {
    /// Opens the database, creates what is missing and brings the schema up to date. Safe to run from
    /// several hosts at once.
    pub async fn open(config: StoreConfig) -> Result<Self, OpenError> {
        let stats = Arc::new(Stats::default());
        let link = match config.location {
            Location::Sqlite(path) => {
                let mut conn = sqlite::writer(&path, &stats).await?;
                migrate(&mut conn).await?;
                let readers = sqlite::readers(&path, config.connections).await?;
                Database::Sqlite { readers, writer: sqlite::start(conn) }
            }
            Location::Postgres(options) => {
                let pool = postgres::pool(*options, config.connections).await?;
                let mut conn = postgres::acquire(&pool, &stats).await?;
                if postgres::bypasses(&mut conn).await? {
                    return Err(OpenError::Privileged);
                }
                migrate(&mut conn).await?;
                Database::Postgres(Postgres::new(pool))
            }
        };
        Ok(Self { link, stats, numbers: Arc::default() })
    }

    /// The engine behind this store.
    pub fn engine(&self) -> Engine {
        match self.link {
            Database::Sqlite { .. } => Engine::Sqlite,
            Database::Postgres(_) => Engine::Postgres,
        }
    }

    /// Totals of statements, round trips and commits since the store was opened.
    pub fn stats(&self) -> Totals {
        self.stats.totals()
    }

    /// A connection that can only read. Give it back (drop it) before a policy is asked: no
    /// connection is held while one runs.
    pub async fn read(&self, scope: impl Into<Scope>) -> Result<Conn, StoreError> {
        self.stats.unit();
        match &self.link {
            Database::Sqlite { readers, .. } => {
                let link = readers.acquire().await.map_err(|error| StoreError::from_sqlx(error, ""))?;
                Ok(Conn::new(Link::Reader(link), &self.stats))
            }
            Database::Postgres(postgres) => postgres::reader(&postgres.pool, &self.stats, scope.into()).await,
        }
    }

    /// Runs `work` in a transaction that goes on to its end even when the caller stops waiting.
    ///
    /// `Ok` commits and is answered once the changes are on disk; `Err` rolls back. A statement that
    /// fails fails the transaction: an `Ok` after that is answered with [`StoreError::Interrupted`].
    /// On SQLite other callers' commands share the transaction, so `work` must do nothing but talk to
    /// its connection.
    pub async fn write<T, E, F>(&self, scope: impl Into<Scope>, work: F) -> Result<T, E>
    where
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.stats.unit();
        let (sender, answer) = oneshot::channel();
        let command = command(work, sender);
        match &self.link {
            Database::Sqlite { writer, .. } => writer.push(command).await?,
            Database::Postgres(postgres) => postgres.spawn(&self.stats, scope.into(), command).await?,
        }
        answer.await.unwrap_or_else(|_| Err(StoreError::Interrupted.into()))
    }

    /// As [`Store::write`], run again up to `times` times when another transaction stood in the way.
    pub async fn write_again<T, F>(
        &self,
        times: u32,
        scope: impl Into<Scope>,
        work: F,
    ) -> Result<T, StoreError>
    where
        F: for<'c> Fn(&'c mut Conn) -> BoxFuture<'c, Result<T, StoreError>> + Send + Sync + 'static,
        T: Send + 'static,
    {
        let scope = scope.into();
        let work = Arc::new(work);
        for _ in 0..times {
            let work = work.clone();
            match self.write(scope, move |conn| work(conn)).await {
                Err(error) if error.is_transient() => {}
                other => return other,
            }
        }
        self.write(scope, move |conn| work(conn)).await
    }

    /// Ends the writes that were accepted, then closes, also for all clones of this handle: their
    /// later writes are [`StoreError::Interrupted`], their reads [`StoreError::Unavailable`].
    pub async fn close(self) {
        match &self.link {
            Database::Sqlite { readers, writer } => writer.close(readers).await,
            Database::Postgres(postgres) => postgres.close().await,
        }
    }
}

/// A caller's work: runs on a connection and leaves what to do once its transaction's fate is known.
pub(crate) type Command = Box<dyn for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Outcome> + Send>;

/// What a command left behind.
pub(crate) struct Outcome {
    /// Whether its changes stay.
    pub(crate) keep: bool,
    /// Answers the caller, after the COMMIT or with its failure.
    pub(crate) answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

/// Wraps a caller's work: run it, keep its result until the transaction's fate is known, answer.
fn command<T, E, F>(work: F, sender: oneshot::Sender<Result<T, E>>) -> Command
where
    F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    Box::new(move |conn| {
        Box::pin(async move {
            let result = work(conn).await;
            Outcome {
                keep: result.is_ok(),
                answer: Box::new(move |ended| {
                    let answer = match (result, ended) {
                        (Ok(_), Err(error)) => Err(error.into()),
                        (result, _) => result,
                    };
                    // Nobody may be waiting any more.
                    let _ = sender.send(answer);
                }),
            }
        })
    })
}
