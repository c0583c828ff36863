//! The journal of a ticket: entries are added by the writes of [`ticket`](crate::ticket) and never
//! change; the database refuses it.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::ticket::handler;
use crate::value::{Val, json, vals};
use crate::{Conn, StoreError};
use sanbao_domain::ids::{PartyId, TicketId};
use sanbao_domain::journal::Entry;

pub(crate) const TABLE: Table = Table {
    name: "journal",
    columns: &["party_id", "ticket_id", "seq", "claim_id", "at", "actor", "event"],
    conflict: "",
};

statements! {
    LIST = concat!(
        "SELECT seq, claim_id, at, actor, event FROM journal WHERE party_id = ", handler!(),
        " AND ticket_id = $2 AND seq > $3 ORDER BY seq LIMIT $4"
    );
}

record!(Entry { seq, at, actor as Json, claim = "claim_id", event as Json });

pub(crate) fn values(party: PartyId, ticket: TicketId, entry: &Entry) -> Result<Vec<Val>, StoreError> {
    Ok(vals![party, ticket, entry.seq, entry.claim, entry.at, json(&entry.actor)?, json(&entry.event)?,])
}

/// The entries of a ticket that `viewer` takes part in, in order, after position `after` (0 for all).
pub async fn list(
    conn: &mut Conn,
    viewer: PartyId,
    ticket: TicketId,
    after: u64,
    limit: u32,
) -> Result<Vec<Entry>, StoreError> {
    conn.all(LIST, vals![viewer, ticket, after, limit]).await
}
