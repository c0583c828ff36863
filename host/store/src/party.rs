//! Parties.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{json, vals, word};
use crate::{Conn, StoreError};
use sanbao_domain::ids::PartyId;
use sanbao_domain::party::Party;
use uuid::Uuid;

pub(crate) const TABLE: Table = Table {
    name: "party",
    columns: &["party_id", "kind", "name", "jurisdiction", "calendar", "created_at"],
    conflict: "",
};

statements! {
    FIND = "SELECT party_id, kind, name, jurisdiction, calendar, created_at FROM party WHERE party_id = $1";
    LIST = "SELECT party_id, kind, name, jurisdiction, calendar, created_at FROM party \
        WHERE party_id < $1 ORDER BY party_id DESC LIMIT $2";
    PARTNERS = "SELECT party_id, kind, name, jurisdiction, calendar, created_at FROM party \
        WHERE party_id = $1 \
           OR party_id IN (SELECT dealer_id FROM dealership WHERE party_id = $1) \
           OR party_id IN (SELECT party_id FROM dealership WHERE dealer_id = $1) \
        ORDER BY party_id DESC";
}

record!(Party { id = "party_id", kind as Word, name, jurisdiction, calendar as Json, created_at });

/// Adds a party.
pub async fn insert(conn: &mut Conn, party: &Party) -> Result<(), StoreError> {
    let values = vals![
        party.id,
        word(&party.kind)?,
        &party.name,
        &party.jurisdiction,
        json(&party.calendar)?,
        party.created_at,
    ];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// The party with this id; whether the caller may know of it is the caller's to check on SQLite.
pub async fn find(conn: &mut Conn, id: PartyId) -> Result<Option<Party>, StoreError> {
    conn.optional(FIND, vals![id]).await
}

/// All parties, newest first, older than `after`.
pub async fn list(conn: &mut Conn, after: Option<PartyId>, limit: u32) -> Result<Vec<Party>, StoreError> {
    conn.all(LIST, vals![after.map_or(Uuid::max(), |id| id.0), limit]).await
}

/// A party itself and all that it deals for or that deal for it, now or in the past; newest first.
pub async fn partners(conn: &mut Conn, me: PartyId) -> Result<Vec<Party>, StoreError> {
    conn.all(PARTNERS, vals![me]).await
}
