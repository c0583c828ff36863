//! PostgreSQL: one pool. Every write is a transaction in a task of its own; every connection says for
//! which party it works before it does anything, so that row level security can stand behind the
//! queries.

use crate::conn::{Conn, Link};
use crate::record::record;
use crate::stats::Stats;
use crate::store::Command;
use crate::{Scope, StoreError};
use futures::FutureExt;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgPool};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

pub(crate) async fn pool(options: PgConnectOptions, most: u32) -> Result<PgPool, StoreError> {
    let options =
        options.application_name("sanbao").statement_cache_capacity(256).disable_statement_logging();
    PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(Duration::from_secs(10))
        // A dead connection shows at its first statement; asking before every use costs a round trip.
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(|error| StoreError::from_sqlx(error, ""))
}

/// A connection that works for nobody yet.
pub(crate) async fn acquire(pool: &PgPool, stats: &Arc<Stats>) -> Result<Conn, StoreError> {
    let link = pool.acquire().await.map_err(|error| StoreError::from_sqlx(error, ""))?;
    Ok(Conn::new(Link::Postgres(link), stats))
}

struct Privilege {
    bypasses: bool,
}
record!(Privilege { bypasses });

/// Whether the role would pass row level security unseen.
pub(crate) async fn bypasses(conn: &mut Conn) -> Result<bool, StoreError> {
    const SQL: &str =
        "SELECT rolsuper OR rolbypassrls AS bypasses FROM pg_roles WHERE rolname = current_user";
    Ok(conn.optional::<Privilege>(SQL, vec![]).await?.is_some_and(|role| role.bypasses))
}

/// A connection that reads for `scope` and cannot write.
pub(crate) async fn reader(pool: &PgPool, stats: &Arc<Stats>, scope: Scope) -> Result<Conn, StoreError> {
    let mut conn = acquire(pool, stats).await?;
    let sql = format!("SET default_transaction_read_only = on; SET sanbao.party = '{}'", scope.word());
    conn.raw(sql, 2).await?;
    Ok(conn)
}

/// The pool, and how many writes are under way.
#[derive(Clone, Debug)]
pub(crate) struct Postgres {
    pub(crate) pool: PgPool,
    writes: Arc<Semaphore>,
}

/// Writes that may be under way or wait for a connection.
const WRITES: u32 = 1 << 16;

impl Postgres {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self { pool, writes: Arc::new(Semaphore::new(WRITES as usize)) }
    }

    /// Runs a command in a task of its own, to its end whether or not the caller keeps waiting.
    pub(crate) async fn spawn(
        &self,
        stats: &Arc<Stats>,
        scope: Scope,
        command: Command,
    ) -> Result<(), StoreError> {
        let permit = self.writes.clone().acquire_owned().await.map_err(|_| StoreError::Interrupted)?;
        let (pool, stats) = (self.pool.clone(), stats.clone());
        let task = tokio::spawn(async move {
            let result = transaction(pool, stats, scope, command).await;
            drop(permit);
            result
        });
        task.await.unwrap_or(Err(StoreError::Interrupted))
    }

    /// Takes no more writes, waits until the accepted ones have ended, and closes the pool.
    pub(crate) async fn close(&self) {
        let all = self.writes.acquire_many(WRITES).await;
        self.writes.close();
        drop(all);
        self.pool.close().await;
    }
}

/// Runs a command in a transaction and answers its caller.
/// Where no connection or no transaction can be had, the command is dropped and that error answered.
async fn transaction(
    pool: PgPool,
    stats: Arc<Stats>,
    scope: Scope,
    command: Command,
) -> Result<(), StoreError> {
    let mut held = Held { conn: acquire(&pool, &stats).await?, ended: false };
    let begin = format!("BEGIN READ WRITE; SELECT set_config('sanbao.party', '{}', true)", scope.word());
    held.conn.raw(begin, 2).await?;
    // A panic drops the answer, and with it tells the caller.
    let outcome = AssertUnwindSafe(command(&mut held.conn)).catch_unwind().await;
    let keep = outcome.as_ref().is_ok_and(|outcome| outcome.keep);
    let ended = if keep && !held.conn.failed {
        held.conn.raw("COMMIT", 1).await.inspect(|()| stats.commit())
    } else {
        held.conn.raw("ROLLBACK", 1).await
    };
    held.ended = ended.is_ok();
    let ended = if keep && held.conn.failed { ended.and(Err(StoreError::Interrupted)) } else { ended };
    drop(held);
    if let Ok(outcome) = outcome {
        (outcome.answer)(ended);
    }
    Ok(())
}

/// Closes its connection instead of returning it to the pool, unless the transaction is known to
/// have ended: a connection with an open transaction would carry it into somebody else's work.
struct Held {
    conn: Conn,
    ended: bool,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let (false, Link::Postgres(link)) = (self.ended, &mut self.conn.link) {
            link.close_on_drop();
        }
    }
}
