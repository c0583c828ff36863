//! Receiving forms, stock-takes and disposals, as they were signed.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{vals, word};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{PartDocumentId, PartyId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// A receiving form (BUS-45).
    Receipt,
    /// A stock-take (BUS-44).
    StockTake,
    /// A disposal (BUS-48).
    Disposal,
}

/// A document behind postings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: PartDocumentId,
    /// What it is.
    pub kind: DocumentKind,
    /// Its number, unique for the owner and the kind.
    pub number: Option<String>,
    /// What it says, JSON.
    pub doc: String,
    /// Who booked it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

pub(crate) const TABLE: Table = Table {
    name: "part_document",
    columns: &["party_id", "id", "kind", "number", "doc", "actor", "at"],
    conflict: "",
};

statements! {
    LIST = "SELECT id, kind, number, doc, actor, at FROM part_document \
        WHERE party_id = $1 AND kind = $2 AND id < $3 ORDER BY id DESC LIMIT $4";
}

record!(Document { id, kind as Word, number, doc, by = "actor", at });

pub(super) async fn insert(conn: &mut Conn, owner: PartyId, document: &Document) -> Result<(), StoreError> {
    let values = vals![
        owner,
        document.id,
        word(&document.kind)?,
        document.number.as_deref(),
        &document.doc,
        &document.by,
        document.at,
    ];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// The owner's documents of a kind, newest first, older than `after`.
pub async fn list(
    conn: &mut Conn,
    owner: PartyId,
    kind: DocumentKind,
    after: Option<PartDocumentId>,
    limit: u32,
) -> Result<Vec<Document>, StoreError> {
    conn.all(LIST, vals![owner, word(&kind)?, after.map_or(Uuid::max(), |id| id.0), limit]).await
}
