//! Postings: added with what they change, and never touched again; the database refuses it.

use crate::batch::{Batch, Table};
use crate::record::record;
use crate::statements::statements;
use crate::value::{vals, word};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{PartDocumentId, PartyId, PostingId, RequisitionId};
use sanbao_domain::parts::{Condition, Movement, MovementKind, Place, Posting, Spot};
use uuid::Uuid;

pub(crate) const TABLE: Table = Table {
    name: "part_posting",
    columns: &[
        "party_id",
        "id",
        "part",
        "kind",
        "from_place",
        "from_condition",
        "to_place",
        "to_condition",
        "quantity",
        "requisition_id",
        "document_id",
        "reason",
        "actor",
        "at",
    ],
    conflict: "",
};

/// Rows of one statement, which may carry some thousand parameters.
const ROWS: usize = 100;

statements! {
    LIST = "SELECT party_id, id, part, kind, from_place, from_condition, to_place, to_condition, quantity, \
        requisition_id, document_id, reason, actor, at FROM part_posting \
        WHERE party_id = $1 AND (CAST($2 AS TEXT) IS NULL OR part = $2) AND id < $3 \
        ORDER BY id DESC LIMIT $4";
}

struct Row {
    owner: PartyId,
    id: PostingId,
    part: String,
    kind: MovementKind,
    from_place: Place,
    from_condition: Condition,
    to_place: Place,
    to_condition: Condition,
    quantity: u32,
    requisition: Option<RequisitionId>,
    document: Option<PartDocumentId>,
    reason: Option<String>,
    by: String,
    at: Timestamp,
}

record!(Row {
    owner = "party_id",
    id,
    part,
    kind as Word,
    from_place as Word,
    from_condition as Word,
    to_place as Word,
    to_condition as Word,
    quantity,
    requisition = "requisition_id",
    document = "document_id",
    reason,
    by = "actor",
    at,
});

impl From<Row> for Posting {
    fn from(row: Row) -> Self {
        let from = Spot::new(row.from_place, row.from_condition);
        let to = Spot::new(row.to_place, row.to_condition);
        Self {
            id: row.id,
            owner: row.owner,
            movement: Movement { kind: row.kind, part: row.part, from, to, quantity: row.quantity },
            requisition: row.requisition,
            document: row.document,
            reason: row.reason,
            by: row.by,
            at: row.at,
        }
    }
}

pub(super) async fn insert(conn: &mut Conn, postings: &[Posting]) -> Result<(), StoreError> {
    for some in postings.chunks(ROWS) {
        let mut values = Vec::with_capacity(some.len() * TABLE.columns.len());
        for posting in some {
            let movement = &posting.movement;
            values.extend(vals![
                posting.owner,
                posting.id,
                &movement.part,
                word(&movement.kind)?,
                movement.from.place.to_string(),
                movement.from.condition.as_str(),
                movement.to.place.to_string(),
                movement.to.condition.as_str(),
                movement.quantity,
                posting.requisition,
                posting.document,
                posting.reason.as_deref(),
                &posting.by,
                posting.at,
            ]);
        }
        conn.run(Batch::new(TABLE.insert(some.len()), values)).await?;
    }
    Ok(())
}

/// The owner's postings, of one part or of all, newest first, older than `after`.
pub async fn list(
    conn: &mut Conn,
    owner: PartyId,
    part: Option<&str>,
    after: Option<PostingId>,
    limit: u32,
) -> Result<Vec<Posting>, StoreError> {
    let after = after.map_or(Uuid::max(), |id| id.0);
    let rows = conn.all::<Row>(LIST, vals![owner, part, after, limit]).await?;
    Ok(rows.into_iter().map(Posting::from).collect())
}
