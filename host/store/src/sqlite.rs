//! SQLite: many readers and one writer. The writer is a task that owns the only writing connection
//! and commits everything that waits for it together, so that one flush to disk serves many commands.

use crate::StoreError;
use crate::conn::{Conn, Link};
use crate::stats::Stats;
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqlitePool};
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Commands that one transaction carries at most: bounds the wait of the first one in it.
const GROUP: usize = 128;
/// Commands that may wait for the writer before callers have to.
const QUEUE: usize = 1024;

/// A queued command: runs on the writer's connection and leaves what to do once its fate is known.
pub(crate) type Command = Box<dyn for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Outcome> + Send>;

/// What a command left behind.
pub(crate) struct Outcome {
    /// Whether its changes stay.
    pub(crate) keep: bool,
    /// Answers the caller, after the group's COMMIT or with its failure.
    pub(crate) answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

pub(crate) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL flushes the log at every commit: what was answered survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(256)
        .disable_statement_logging()
}

pub(crate) async fn writer(path: &Path, stats: &Arc<Stats>) -> Result<Conn, sqlx::Error> {
    let link = options(path).connect().await?;
    Ok(Conn::new(Link::Writer(link), stats))
}

pub(crate) async fn readers(path: &Path, most: u32) -> Result<SqlitePool, sqlx::Error> {
    SqlitePoolOptions::new()
        .max_connections(most)
        .test_before_acquire(false)
        .connect_with(options(path).create_if_missing(false).read_only(true))
        .await
}

/// The way to the writer's task.
#[derive(Clone, Debug)]
pub(crate) struct Queue(mpsc::Sender<Command>);

impl Queue {
    /// Hands a command over; it runs whether or not the caller keeps waiting.
    pub(crate) async fn push(&self, command: Command) -> Result<(), StoreError> {
        self.0.send(command).await.map_err(|_| StoreError::Interrupted)
    }
}

/// Starts the writer. It ends when every queue handle is gone and the last command is answered.
pub(crate) fn start(mut conn: Conn) -> (Queue, JoinHandle<()>) {
    let (sender, mut receiver) = mpsc::channel::<Command>(QUEUE);
    let task = tokio::spawn(async move {
        while let Some(first) = receiver.recv().await {
            group(&mut conn, first, &mut receiver).await;
        }
        if let Link::Writer(link) = conn.link {
            let _ = sqlx::Connection::close(link).await;
        }
    });
    (Queue(sender), task)
}

/// Runs one command and all that wait behind it in one transaction, each in a savepoint of its own.
async fn group(conn: &mut Conn, first: Command, waiting: &mut mpsc::Receiver<Command>) {
    // Dropping a command answers it: its caller sees `Interrupted`.
    if let Err(error) = conn.raw("BEGIN IMMEDIATE; SAVEPOINT command", 2).await {
        tracing::error!(%error, "no transaction could be begun");
        return;
    }
    let mut answers = Vec::new();
    let mut next = Some(first);
    let mut sound = true;
    while let Some(command) = next.take() {
        conn.failed = false;
        // A panic drops the answer, and with it tells the caller.
        let outcome = AssertUnwindSafe(command(conn)).catch_unwind().await;
        let keep = outcome.as_ref().is_ok_and(|outcome| outcome.keep && !conn.failed);
        if let Ok(outcome) = outcome {
            answers.push((outcome.answer, outcome.keep && !keep));
        }
        if answers.len() < GROUP {
            next = waiting.try_recv().ok();
        }
        // After ROLLBACK TO the savepoint stays open for the next command.
        let closed = match (keep, next.is_some()) {
            (true, true) => conn.raw("RELEASE command; SAVEPOINT command", 2).await,
            (true, false) => Ok(()),
            (false, _) => conn.raw("ROLLBACK TO command", 1).await,
        };
        if let Err(error) = closed {
            tracing::error!(%error, "a command could not be closed; its group is rolled back");
            sound = false;
            break;
        }
    }
    let committed = if sound { conn.raw("COMMIT", 1).await } else { Err(StoreError::Interrupted) };
    if committed.is_ok() {
        conn.stats.commit();
    } else {
        // Without an open transaction this fails, which is what is wanted.
        let _ = conn.raw("ROLLBACK", 1).await;
    }
    for (answer, refused) in answers {
        answer(match &committed {
            Ok(()) if refused => Err(StoreError::Interrupted),
            Ok(()) => Ok(()),
            Err(StoreError::Contention) => Err(StoreError::Contention),
            Err(_) => Err(StoreError::Interrupted),
        });
    }
}
