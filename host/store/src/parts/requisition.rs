//! Requisitions, stored as a whole and changed by version.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{json, vals};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{PartyId, RequisitionId, TicketId};
use sanbao_domain::parts::Requisition;
use sanbao_domain::parts::requisition::StateName;
use uuid::Uuid;

/// A requisition as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The requisition.
    pub requisition: Requisition,
    /// Its version, from 1: a write must name the version that it was decided on.
    pub version: i64,
}

/// Which requisitions to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this state.
    pub state: Option<StateName>,
    /// For this ticket.
    pub ticket: Option<TicketId>,
}

pub(crate) const TABLE: Table = Table {
    name: "requisition",
    columns: &[
        "party_id",
        "id",
        "part",
        "ticket_id",
        "claim_id",
        "state",
        "version",
        "old_parts",
        "doc",
        "created_at",
        "updated_at",
    ],
    conflict: "",
};

statements! {
    UPDATE = "UPDATE requisition SET state = $4, version = version + 1, old_parts = $5, doc = $6, \
        updated_at = $7 WHERE party_id = $1 AND id = $2 AND version = $3";
    FIND = "SELECT doc, version FROM requisition WHERE party_id = $1 AND id = $2";
    LIST = "SELECT doc, version FROM requisition WHERE party_id = $1 \
        AND (CAST($2 AS TEXT) IS NULL OR state = $2) AND (CAST($3 AS UUID) IS NULL OR ticket_id = $3) \
        AND id < $4 ORDER BY id DESC LIMIT $5";
    WITH_OLD_PARTS = "SELECT doc, version FROM requisition WHERE party_id = $1 AND old_parts > 0 \
        ORDER BY id LIMIT $2";
}

record!(Saved { requisition = "doc" as Json, version });

fn old_parts(requisition: &Requisition) -> u32 {
    requisition.old.iter().map(|lot| lot.left()).sum()
}

pub(super) async fn insert(conn: &mut Conn, one: &Requisition, now: Timestamp) -> Result<(), StoreError> {
    let values = vals![
        one.owner,
        one.id,
        &one.part,
        one.ticket,
        one.claim,
        one.state.name().as_str(),
        1_i64,
        old_parts(one),
        json(one)?,
        one.proposed_at,
        now,
    ];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

pub(super) async fn save(
    conn: &mut Conn,
    read: i64,
    one: &Requisition,
    now: Timestamp,
) -> Result<(), StoreError> {
    let values = vals![one.owner, one.id, read, one.state.name().as_str(), old_parts(one), json(one)?, now];
    match conn.execute(UPDATE, values).await? {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// A requisition of the owner's.
pub async fn find(conn: &mut Conn, owner: PartyId, id: RequisitionId) -> Result<Option<Saved>, StoreError> {
    conn.optional(FIND, vals![owner, id]).await
}

/// The owner's requisitions, newest first, older than `after`.
pub async fn list(
    conn: &mut Conn,
    owner: PartyId,
    filter: &Filter,
    after: Option<RequisitionId>,
    limit: u32,
) -> Result<Vec<Saved>, StoreError> {
    let state = filter.state.map(StateName::as_str);
    let values = vals![owner, state, filter.ticket, after.map_or(Uuid::max(), |id| id.0), limit];
    conn.all(LIST, values).await
}

/// The owner's requisitions whose old parts are back and still there, oldest first (BUS-48).
pub async fn with_old_parts(conn: &mut Conn, owner: PartyId, limit: u32) -> Result<Vec<Saved>, StoreError> {
    conn.all(WITH_OLD_PARTS, vals![owner, limit]).await
}
