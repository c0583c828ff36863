//! One connection of either engine. Every statement of the store passes through the three methods
//! here, so they are counted and their errors classified in one place.

use crate::batch::{Batch, Step};
use crate::record::Record;
use crate::stats::Stats;
use crate::value::{Val, postgres_arguments, sqlite_arguments};
use crate::{Engine, StoreError};
use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Executor, Postgres, SqlSafeStr, Sqlite, SqliteConnection};
use std::borrow::Cow;
use std::sync::Arc;

/// A connection on which the functions of the aggregates run: inside the transaction of
/// [`Store::write`](crate::Store::write), or read-only from [`Store::read`](crate::Store::read).
#[derive(Debug)]
pub struct Conn {
    pub(crate) link: Link,
    pub(crate) stats: Arc<Stats>,
    /// A statement failed: PostgreSQL takes no more in such a transaction and will not commit it, so
    /// neither engine does. (SQLite may even have ended it, when the disk is full.)
    pub(crate) failed: bool,
}

#[derive(Debug)]
pub(crate) enum Link {
    Reader(PoolConnection<Sqlite>),
    Writer(SqliteConnection),
    Postgres(PoolConnection<Postgres>),
}

/// Runs the same expression on the driver's own connection type, whichever it is.
macro_rules! on {
    ($conn:expr, $values:ident, |$link:ident, $arguments:ident| $body:expr) => {
        match &mut $conn.link {
            Link::Reader($link) => {
                let $link = &mut **$link;
                let $arguments = sqlite_arguments($values).map_err(sqlx::Error::Encode);
                on!(@run $link, $arguments, $body)
            }
            Link::Writer($link) => {
                let $arguments = sqlite_arguments($values).map_err(sqlx::Error::Encode);
                on!(@run $link, $arguments, $body)
            }
            Link::Postgres($link) => {
                let $link = &mut **$link;
                let $arguments = postgres_arguments($values).map_err(sqlx::Error::Encode);
                on!(@run $link, $arguments, $body)
            }
        }
    };
    (@run $link:ident, $arguments:ident, $body:expr) => {
        match $arguments {
            Ok($arguments) => $body,
            Err(error) => Err(error),
        }
    };
}

type Text = Cow<'static, str>;

impl Conn {
    pub(crate) fn new(link: Link, stats: &Arc<Stats>) -> Self {
        Self { link, stats: stats.clone(), failed: false }
    }

    fn begin_statement(&self) -> Result<(), StoreError> {
        if self.failed {
            return Err(StoreError::Interrupted);
        }
        self.stats.trip(1);
        Ok(())
    }

    fn fail(&mut self, error: sqlx::Error, sql: &str) -> StoreError {
        self.failed = true;
        StoreError::from_sqlx(error, sql)
    }

    /// The engine behind this connection.
    pub fn engine(&self) -> Engine {
        match self.link {
            Link::Reader(_) | Link::Writer(_) => Engine::Sqlite,
            Link::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement; the number of rows it changed.
    pub(crate) async fn execute(
        &mut self,
        sql: impl Into<Text>,
        values: Vec<Val>,
    ) -> Result<u64, StoreError> {
        let sql = sql.into();
        self.begin_statement()?;
        let text = AssertSqlSafe(sql.clone());
        on!(self, values, |link, arguments| {
            link.execute(sqlx::query_with(text, arguments)).await.map(|done| done.rows_affected())
        })
        .map_err(|error| self.fail(error, &sql))
    }

    /// Runs a query; at most one row.
    pub(crate) async fn optional<T: Record>(
        &mut self,
        sql: impl Into<Text>,
        values: Vec<Val>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    /// Runs a query; all its rows.
    pub(crate) async fn all<T: Record>(
        &mut self,
        sql: impl Into<Text>,
        values: Vec<Val>,
    ) -> Result<Vec<T>, StoreError> {
        let sql = sql.into();
        self.begin_statement()?;
        let text = AssertSqlSafe(sql.clone());
        let rows = match &mut self.link {
            Link::Reader(link) => sqlite_rows(link, text, values).await,
            Link::Writer(link) => sqlite_rows(link, text, values).await,
            Link::Postgres(link) => match postgres_arguments(values) {
                Ok(arguments) => link
                    .fetch_all(sqlx::query_with(text, arguments))
                    .await
                    .and_then(|rows| rows.iter().map(T::from_postgres).collect()),
                Err(error) => Err(sqlx::Error::Encode(error)),
            },
        };
        rows.map_err(|error| self.fail(error, &sql))
    }

    /// Runs the steps of a batch. Answers how many rows its first step changed: when that is none,
    /// the caller must fail, which undoes whatever the other steps did.
    pub(crate) async fn run(&mut self, batch: Batch) -> Result<u64, StoreError> {
        match self.engine() {
            Engine::Postgres => {
                let Step { sql, values } = batch.into_one_statement();
                self.execute(sql, values).await
            }
            Engine::Sqlite => {
                let mut changed = None;
                for Step { sql, values } in batch.into_steps() {
                    let rows = self.execute(sql, values).await?;
                    if *changed.get_or_insert(rows) == 0 {
                        break;
                    }
                }
                Ok(changed.unwrap_or(0))
            }
        }
    }

    /// Has the database parse a statement.
    pub(crate) async fn prepare(&mut self, sql: Text) -> Result<(), StoreError> {
        let text = AssertSqlSafe(sql.clone()).into_sql_str();
        match &mut self.link {
            Link::Reader(link) => link.prepare(text).await.map(drop),
            Link::Writer(link) => link.prepare(text).await.map(drop),
            Link::Postgres(link) => link.prepare(text).await.map(drop),
        }
        .map_err(|error| self.fail(error, &sql))
    }

    /// Transaction control and the like: several statements in one message, without parameters.
    pub(crate) async fn raw(&mut self, sql: impl Into<Text>, statements: u64) -> Result<(), StoreError> {
        let sql = sql.into();
        self.stats.trip(statements);
        let text = sqlx::raw_sql(AssertSqlSafe(sql.clone()));
        match &mut self.link {
            Link::Reader(link) => link.execute(text).await.map(drop),
            Link::Writer(link) => link.execute(text).await.map(drop),
            Link::Postgres(link) => link.execute(text).await.map(drop),
        }
        .map_err(|error| self.fail(error, &sql))
    }
}

async fn sqlite_rows<T: Record>(
    link: &mut SqliteConnection,
    sql: AssertSqlSafe<Text>,
    values: Vec<Val>,
) -> Result<Vec<T>, sqlx::Error> {
    let arguments = sqlite_arguments(values).map_err(sqlx::Error::Encode)?;
    let rows = link.fetch_all(sqlx::query_with(sql, arguments)).await?;
    rows.iter().map(T::from_sqlite).collect()
}
