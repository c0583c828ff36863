//! What can go wrong between the store and its caller, told apart by type and never by text.

use sqlx::error::ErrorKind;

/// Why a read or a write did not happen.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A row with the same key is there already; the transaction was rolled back.
    #[error("{0:?} exists already")]
    Duplicate(Entity),
    /// The row changed since it was read: read again, decide again.
    #[error("the record changed since it was read")]
    Stale,
    /// A place holds fewer parts than are to be taken from it.
    #[error("there are fewer parts than are to be taken")]
    Short,
    /// A row that this one refers to is missing.
    #[error("the record refers to one that does not exist")]
    Dangling,
    /// Journal, receipts and postings accept new rows only.
    #[error("the journal and the receipts accept new entries only")]
    AppendOnly,
    /// The database refused: another party's row, or a write through a read handle.
    #[error("the database refused access to this record")]
    Refused,
    /// Another transaction stood in the way (deadlock, serialization, lock time-out): try again.
    #[error("the database was busy with a conflicting transaction")]
    Contention,
    /// No connection could be had in time.
    #[error("no database connection is available")]
    Unavailable(#[source] sqlx::Error),
    /// The command panicked, or the store was closed, before its transaction ended. The transaction
    /// was rolled back, unless its COMMIT was already under way.
    #[error("the transaction was interrupted")]
    Interrupted,
    /// A value could not be stored or read back as its type.
    #[error("a stored value does not fit its type")]
    Value(#[source] serde_json::Error),
    /// Anything else from the database; for logs, never for clients.
    #[error("database error")]
    Database(#[source] sqlx::Error),
}

/// What a [`StoreError::Duplicate`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entity {
    /// A party id.
    Party,
    /// An API key with this hash.
    ApiKey,
    /// This dealer deals for this brand already.
    Dealership,
    /// The party registered this serial number already.
    Unit,
    /// The party uploaded this name and version already.
    Policy,
    /// An activation id.
    Activation,
    /// The party imported this external reference already.
    Ticket,
    /// A claim id.
    Claim,
    /// A deadline id.
    Deadline,
    /// A position in a ticket's journal.
    Entry,
    /// A position in a ticket's chain of receipts, or a receipt id.
    Receipt,
    /// The idempotency key was used, or its first use has just committed.
    Idempotency,
    /// The party lists a part with this number already.
    Part,
    /// The party booked a receiving form with this number already.
    PartDocument,
    /// What a claim cost is recovered already.
    Upstream,
    /// The party registered this signing key already.
    SigningKey,
    /// Any other table.
    Other,
}

impl Entity {
    pub(crate) fn of(table: &str) -> Self {
        match table {
            "party" => Self::Party,
            "api_key" => Self::ApiKey,
            "dealership" => Self::Dealership,
            "unit" => Self::Unit,
            "policy" => Self::Policy,
            "activation" => Self::Activation,
            "ticket" => Self::Ticket,
            "claim" => Self::Claim,
            "deadline" => Self::Deadline,
            "journal" => Self::Entry,
            "receipt" => Self::Receipt,
            "idempotency" => Self::Idempotency,
            "part" => Self::Part,
            "part_document" => Self::PartDocument,
            "upstream" => Self::Upstream,
            "signing_key" => Self::SigningKey,
            _ => Self::Other,
        }
    }
}

/// SQLSTATE that the append-only triggers raise on PostgreSQL.
const PG_APPEND_ONLY: &str = "SB001";
/// Extended result code of a trigger's RAISE on SQLite; only the append-only triggers raise.
const SQLITE_TRIGGER: &str = "1811";

impl StoreError {
    /// Whether the same work may succeed when run again.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Contention)
    }

    /// Classifies a driver error. `sql` is the statement that failed: SQLite does not tell the table,
    /// so it is taken from our own text.
    pub(crate) fn from_sqlx(error: sqlx::Error, sql: &str) -> Self {
        let Some(database) = error.as_database_error() else {
            return match error {
                sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => {
                    Self::Unavailable(error)
                }
                other => Self::Database(other),
            };
        };
        let code = database.code();
        let code = code.as_deref().unwrap_or_default();
        match (database.kind(), code) {
            (ErrorKind::UniqueViolation, _) => {
                Self::Duplicate(Entity::of(database.table().unwrap_or_else(|| target(sql))))
            }
            (ErrorKind::ForeignKeyViolation, _) => Self::Dangling,
            (_, PG_APPEND_ONLY | SQLITE_TRIGGER) => Self::AppendOnly,
            // Insufficient privilege, read-only transaction; SQLITE_READONLY.
            (_, "42501" | "25006" | "8") => Self::Refused,
            // Serialization, deadlock, lock not available; SQLITE_BUSY and its extended forms.
            (_, "40001" | "40P01" | "55P03" | "5" | "261" | "517") => Self::Contention,
            _ => Self::Database(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Value(error)
    }
}

/// The table of an `INSERT INTO table …` or `UPDATE table …`.
fn target(sql: &str) -> &str {
    let mut words = sql.split_whitespace();
    match words.next() {
        Some("INSERT") => words.nth(1).unwrap_or_default(),
        Some("UPDATE") => words.next().unwrap_or_default(),
        _ => "",
    }
}
