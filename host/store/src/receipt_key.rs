//! Public keys that hosts sign receipts with; never changed, never removed.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::vals;
use crate::{Conn, StoreError};
use jiff::Timestamp;

/// A public key. It was in use until the key that replaces it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptKey {
    /// Its name: 16 hexadecimal digits.
    pub id: String,
    /// The 32 bytes of an Ed25519 public key.
    pub public_key: [u8; 32],
    /// The key of the same host that it replaces.
    pub replaces: Option<String>,
    /// From when on.
    pub from: Timestamp,
    /// Until when; still in use, where nothing is said.
    pub until: Option<Timestamp>,
}

pub(crate) const TABLE: Table = Table {
    name: "receipt_key",
    columns: &["id", "public_key", "replaces", "from_at"],
    conflict: " ON CONFLICT (id) DO NOTHING",
};

macro_rules! columns {
    () => {
        "SELECT k.id, k.public_key, k.replaces, k.from_at, n.from_at AS until_at \
        FROM receipt_key k LEFT JOIN receipt_key n ON n.replaces = k.id "
    };
}

statements! {
    LIST = concat!(columns!(), "ORDER BY k.from_at, k.id");
    FIND = concat!(columns!(), "WHERE k.id = $1");
}

record!(ReceiptKey {
    id,
    public_key,
    replaces,
    from = "from_at",
    until = "until_at",
});

/// Adds a key, unless it is there. Needs [`Scope::Platform`](crate::Scope).
pub async fn insert(conn: &mut Conn, key: &ReceiptKey) -> Result<(), StoreError> {
    let values = vals![&key.id, key.public_key, key.replaces.clone(), key.from];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// All keys of all hosts, oldest first. Needs [`Scope::Platform`](crate::Scope).
pub async fn list(conn: &mut Conn) -> Result<Vec<ReceiptKey>, StoreError> {
    conn.all(LIST, vec![]).await
}

/// One key. Needs [`Scope::Platform`](crate::Scope).
pub async fn find(conn: &mut Conn, id: &str) -> Result<Option<ReceiptKey>, StoreError> {
    conn.optional(FIND, vals![id]).await
}
