//! SQLite: many readers and one writer. The writer is a task that owns the only writing connection
//! and commits everything that waits for it together, so that one flush to disk serves many commands.

use crate::StoreError;
use crate::conn::{Conn, Link};
use crate::stats::Stats;
use crate::store::Command;
use futures::FutureExt;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqlitePool};
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Notify, mpsc};
use tokio::task::JoinHandle;

/// Commands that one transaction carries at most: bounds the wait of the first one in it.
const GROUP: usize = 128;
/// Commands that may wait for the writer before callers have to.
const QUEUE: usize = 1024;

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(256)
        .disable_statement_logging()
}

/// Opens the file, or creates it, for writing.
pub(crate) async fn writer(path: &Path, stats: &Arc<Stats>) -> Result<Conn, StoreError> {
    let options = options(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL flushes the log at every commit: what was answered survives a power cut.
        .synchronous(SqliteSynchronous::Full);
    let mut attempts = 0;
    loop {
        match options.connect().await.map_err(|error| StoreError::from_sqlx(error, "")) {
            Ok(link) => return Ok(Conn::new(Link::Writer(link), stats)),
            // Changing to the write-ahead log does not wait for another host that is doing the same.
            Err(StoreError::Contention) if attempts < 500 => {
                attempts += 1;
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Connections that can only read; the file is there and in its final mode.
pub(crate) async fn readers(path: &Path, most: u32) -> Result<SqlitePool, StoreError> {
    SqlitePoolOptions::new()
        .max_connections(most)
        .test_before_acquire(false)
        .connect_with(options(path).read_only(true))
        .await
        .map_err(|error| StoreError::from_sqlx(error, ""))
}

/// The way to the writer's task.
#[derive(Clone, Debug)]
pub(crate) struct Queue {
    commands: mpsc::Sender<Command>,
    closing: Arc<Notify>,
    task: Arc<Mutex<Option<JoinHandle<Conn>>>>,
}

impl Queue {
    /// Hands a command over; it runs whether or not the caller keeps waiting.
    pub(crate) async fn push(&self, command: Command) -> Result<(), StoreError> {
        self.commands.send(command).await.map_err(|_| StoreError::Interrupted)
    }

    /// Takes no more commands, waits until the accepted ones have ended, then closes the readers and the
    /// writer last: SQLite's last connection brings what is in the log into the file, which a reader cannot.
    pub(crate) async fn close(&self, readers: &SqlitePool) {
        self.closing.notify_one();
        let task = self.task.lock().await.take();
        // A writer that has failed has nothing left to end.
        let writer = match task {
            Some(task) => task.await.ok(),
            None => None,
        };
        readers.close().await;
        if let Some(Conn { link: Link::Writer(link), .. }) = writer
            && let Err(error) = link.close().await
        {
            tracing::warn!(%error, "the write-ahead log stays beside the file");
        }
    }
}

/// Starts the writer. It ends when it is closed or every queue handle is gone.
pub(crate) fn start(mut conn: Conn) -> Queue {
    let (commands, mut waiting) = mpsc::channel::<Command>(QUEUE);
    let closing = Arc::new(Notify::new());
    let closed = closing.clone();
    let task = tokio::spawn(async move {
        loop {
            tokio::select! {
                biased;
                command = waiting.recv() => match command {
                    Some(first) => group(&mut conn, first, &mut waiting).await,
                    None => break,
                },
                // What was accepted can still be received.
                () = closed.notified() => waiting.close(),
            }
        }
        conn
    });
    Queue { commands, closing, task: Arc::new(Mutex::new(Some(task))) }
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
