//! Tickets: the case file, what is searched for in it, and everything that is written with it.

use crate::batch::{Batch, Table};
use crate::idempotency::{self, Answer};
use crate::receipt::{self, Receipt};
use crate::record::record;
use crate::statements::statements;
use crate::value::{Val, json, vals, word};
use crate::{
    Conn, Entity, StoreError, claim, deadline, finding, follow_up, journal, message, money, upstream,
};
use jiff::Timestamp;
use sanbao_domain::case::Matter;
use sanbao_domain::claim::{Claim, StateName};
use sanbao_domain::ids::{PartyId, TicketId};
use sanbao_domain::journal::Entry;
use sanbao_domain::message::Message;
use sanbao_domain::ticket::{Ticket, TicketState};
use sanbao_domain::verdict::Ruling;
use uuid::Uuid;

/// A ticket as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The case file.
    pub ticket: Ticket,
    /// Its version, from 1: a write must name the version that it was decided on.
    pub version: i64,
    /// Last position in its journal; the next entry has the one after.
    pub entries: u64,
    /// Last position in its chain of receipts; 0 before the first.
    pub receipts: u64,
    /// Hash of its last receipt.
    pub receipt_head: Option<[u8; 32]>,
    /// When it was last written.
    pub updated_at: Timestamp,
}

/// A new state of a ticket and what led to it; stored as a whole or not at all.
#[derive(Clone, Debug)]
pub struct Change {
    /// The new state.
    pub ticket: Ticket,
    /// New journal entries, numbered on from the last. A claim whose state, judgement or deadlines
    /// changed has one; claims without an entry are not written apart from the case file.
    pub entries: Vec<Entry>,
    /// New receipts, chained on from the last.
    pub receipts: Vec<Receipt>,
    /// Messages that tell of it.
    pub messages: Vec<Message>,
    /// The answer to the request, where it carried an idempotency key.
    pub answer: Option<Answer>,
    /// When.
    pub now: Timestamp,
}

/// Which tickets to list. Conditions on claims are about one and the same claim.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this state.
    pub state: Option<TicketState>,
    /// With a claim in this state.
    pub claim_state: Option<StateName>,
    /// With a claim judged so.
    pub ruling: Option<Ruling>,
    /// With a claim that this party owes.
    pub respondent: Option<PartyId>,
    /// With a claim about this.
    pub matter: Option<Matter>,
    /// Handled by the viewer under this reference: one ticket at most.
    pub reference: Option<String>,
}

impl Filter {
    fn admits(&self, ticket: &Ticket) -> bool {
        self.state.is_none_or(|state| state == ticket.state())
            && ticket.claims.iter().any(|claim| {
                self.claim_state.is_none_or(|state| state == claim.state.name())
                    && self.ruling.is_none_or(|ruling| Some(ruling) == claim.verdict().map(|v| v.ruling))
                    && self.respondent.is_none_or(|respondent| respondent == claim.respondent)
                    && self.matter.is_none_or(|matter| matter == claim.matter)
            })
    }
}

pub(crate) const TABLE: Table = Table {
    name: "ticket",
    columns: &[
        "party_id",
        "id",
        "number",
        "reference",
        "unit_id",
        "state",
        "version",
        "entries",
        "receipts",
        "receipt_head",
        "doc",
        "opened_at",
        "updated_at",
        "next_due_at",
    ],
    conflict: "",
};

/// The handler of ticket `$2`, if party `$1` takes part in it. Each branch has its index.
macro_rules! handler {
    () => {
        "(SELECT c.party_id FROM claim c WHERE (c.party_id = $1 AND c.ticket_id = $2) \
        OR (c.respondent_id = $1 AND c.ticket_id = $2) OR (c.claimant_id = $1 AND c.ticket_id = $2) LIMIT 1)"
    };
}
pub(crate) use handler;

macro_rules! columns {
    () => {
        "SELECT t.doc, t.version, t.entries, t.receipts, t.receipt_head, t.updated_at FROM ticket t "
    };
}

/// One page of the tickets in which party `$1` has one role, newest first: read in the order of the
/// role's index, so that it costs the page and not the party's history.
macro_rules! page {
    ($role:literal) => {
        concat!(
            "SELECT * FROM (SELECT DISTINCT c.party_id, c.ticket_id FROM claim c WHERE c.",
            $role,
            " = $1 AND c.ticket_id < $2 \
            AND (CAST($4 AS TEXT) IS NULL OR $4 = (SELECT t.state FROM ticket t \
                WHERE t.party_id = c.party_id AND t.id = c.ticket_id)) \
            AND (CAST($5 AS TEXT) IS NULL OR c.state = $5) \
            AND (CAST($6 AS TEXT) IS NULL OR c.ruling = $6) \
            AND (CAST($7 AS UUID) IS NULL OR c.respondent_id = $7) \
            AND (CAST($8 AS TEXT) IS NULL OR c.matter = $8) \
            ORDER BY c.ticket_id DESC, c.party_id DESC LIMIT $3) AS ",
            $role
        )
    };
}

statements! {
    UPDATE = "UPDATE ticket SET state = $4, version = version + 1, entries = entries + $5, \
        receipts = receipts + $6, receipt_head = coalesce($7, receipt_head), doc = $8, updated_at = $9, \
        next_due_at = $10 WHERE party_id = $1 AND id = $2 AND version = $3";
    FIND = concat!(columns!(), "WHERE t.party_id = ", handler!(), " AND t.id = $2");
    BY_REFERENCE = concat!(columns!(), "WHERE t.party_id = $1 AND t.reference = $2");
    LIST = concat!(
        columns!(), "JOIN (",
        page!("party_id"), " UNION ", page!("respondent_id"), " UNION ", page!("claimant_id"),
        ") AS page ON page.party_id = t.party_id AND page.ticket_id = t.id ORDER BY t.id DESC LIMIT $3"
    );
}

record!(Saved { ticket = "doc" as Json, version, entries, receipts, receipt_head, updated_at });

/// Stores a new ticket with everything that belongs to it; its version. [`StoreError::Duplicate`] when
/// the handler's reference or the idempotency key is taken: look the key up first.
pub async fn open(conn: &mut Conn, change: Change) -> Result<i64, StoreError> {
    let ticket = &change.ticket;
    let first = vals![
        ticket.handler,
        ticket.id,
        ticket.number,
        ticket.reference.as_deref(),
        ticket.unit,
        word(&ticket.state())?,
        1_i64,
        change.entries.len() as u64,
        change.receipts.len() as u64,
        change.receipts.last().map(|receipt| receipt.hash),
        json(ticket)?,
        ticket.opened_at,
        change.now,
        ticket.next_due_at(),
    ];
    let mut first = Batch::new(TABLE.insert(1), first);
    upstream::follow(&mut first, ticket);
    let batch = with_parts(first, change)?;
    conn.run(batch).await?;
    Ok(1)
}

/// Stores a change that was decided on version `read`; the new version. [`StoreError::Stale`] when the
/// ticket changed meanwhile. Of two identical requests at once, the loser may see that, or
/// [`StoreError::Duplicate`] for the key: look the key up first.
pub async fn save(conn: &mut Conn, read: i64, change: Change) -> Result<i64, StoreError> {
    let ticket = &change.ticket;
    let first = vals![
        ticket.handler,
        ticket.id,
        read,
        word(&ticket.state())?,
        change.entries.len() as u64,
        change.receipts.len() as u64,
        change.receipts.last().map(|receipt| receipt.hash),
        json(ticket)?,
        change.now,
        ticket.next_due_at(),
    ];
    let batch = with_parts(Batch::new(UPDATE, first), change)?;
    match conn.run(batch).await {
        Ok(0) => Err(StoreError::Stale),
        Ok(_) => Ok(read + 1),
        // PostgreSQL runs all parts before it tells how many rows the first one changed: whoever
        // changed the ticket has taken these positions.
        Err(StoreError::Duplicate(Entity::Entry | Entity::Receipt)) => Err(StoreError::Stale),
        Err(error) => Err(error),
    }
}

fn with_parts(mut batch: Batch, change: Change) -> Result<Batch, StoreError> {
    let Change { ticket, entries, receipts, messages, answer, now } = change;
    // Nothing happens to a claim without an entry, and a party may not write the claims of others.
    let touched = |claim: &&Claim| entries.iter().any(|entry| entry.claim == claim.id);
    batch.insert(&idempotency::TABLE, answer.iter().map(idempotency::values).collect());
    batch.insert(
        &claim::TABLE,
        ticket
            .claims
            .iter()
            .filter(touched)
            .map(|claim| claim::values(&ticket, claim, now))
            .collect::<Result<_, _>>()?,
    );
    batch.insert(
        &deadline::TABLE,
        ticket
            .claims
            .iter()
            .filter(touched)
            .flat_map(|claim| claim.deadlines.iter().map(move |deadline| (claim, deadline)))
            .map(|(claim, deadline)| deadline::values(ticket.id, claim, deadline))
            .collect::<Result<_, _>>()?,
    );
    batch.insert(
        &follow_up::TABLE,
        ticket
            .claims
            .iter()
            .filter(touched)
            .flat_map(|claim| claim.procedures.follow_ups.all.iter().map(move |one| (claim, one)))
            .map(|(claim, one)| follow_up::values(ticket.id, claim, one))
            .collect::<Result<_, _>>()?,
    );
    batch.insert(
        &journal::TABLE,
        entries
            .iter()
            .map(|entry| journal::values(ticket.handler, ticket.id, entry))
            .collect::<Result<_, _>>()?,
    );
    finding::follow(&mut batch, &ticket, &entries)?;
    money::follow(&mut batch, &ticket, &entries)?;
    batch.insert(&message::TABLE, messages.iter().map(message::values).collect::<Result<_, _>>()?);
    batch.insert(&receipt::TABLE, receipts.into_iter().map(receipt::values).collect());
    Ok(batch)
}

/// A ticket that `viewer` takes part in: handles, claims or owes.
pub async fn find(conn: &mut Conn, viewer: PartyId, id: TicketId) -> Result<Option<Saved>, StoreError> {
    conn.optional(FIND, vals![viewer, id]).await
}

/// The ticket that `handler` filed under a reference of its own.
pub async fn by_reference(
    conn: &mut Conn,
    handler: PartyId,
    reference: &str,
) -> Result<Option<Saved>, StoreError> {
    conn.optional(BY_REFERENCE, vals![handler, reference]).await
}

/// The tickets that `viewer` takes part in, newest first, older than `after`.
pub async fn list(
    conn: &mut Conn,
    viewer: PartyId,
    filter: &Filter,
    after: Option<TicketId>,
    limit: u32,
) -> Result<Vec<Saved>, StoreError> {
    if let Some(reference) = &filter.reference {
        let found = by_reference(conn, viewer, reference).await?.filter(|saved| {
            filter.admits(&saved.ticket) && after.is_none_or(|after| saved.ticket.id < after)
        });
        return Ok(found.into_iter().collect());
    }
    let values = vals![
        viewer,
        after.map_or(Uuid::max(), |id| id.0),
        limit,
        filter.state.as_ref().map(word).transpose()?.unwrap_or(Val::Text(None)),
        filter.claim_state.map(StateName::as_str),
        filter.ruling.as_ref().map(word).transpose()?.unwrap_or(Val::Text(None)),
        filter.respondent,
        filter.matter.as_ref().map(word).transpose()?.unwrap_or(Val::Text(None)),
    ];
    conn.all(LIST, values).await
}
