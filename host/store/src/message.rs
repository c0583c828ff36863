//! Messages: written with their ticket, taken by workers when they are due, listed for people.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{Val, json, vals};
use crate::{Conn, Engine, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{MessageId, PartyId, TicketId};
use sanbao_domain::message::{Message, MessageState};
use uuid::Uuid;

pub(crate) const TABLE: Table = Table {
    name: "message",
    columns: &[
        "party_id",
        "id",
        "ticket_id",
        "claim_id",
        "to_party",
        "state",
        "attempts",
        "next_attempt_at",
        "doc",
    ],
    conflict: "",
};

/// As for deadlines: PostgreSQL skips rows that another worker is just taking, and the condition is
/// repeated outside.
macro_rules! claim_due {
    ($lock:literal) => {
        concat!(
            "WITH due AS MATERIALIZED (\
                SELECT party_id, id FROM message WHERE state = 'queued' AND next_attempt_at <= $1 \
                AND (leased_until IS NULL OR leased_until <= $1) ORDER BY next_attempt_at LIMIT $3",
            $lock,
            ") UPDATE message SET leased_until = $2 WHERE (party_id, id) IN (SELECT party_id, id FROM due) \
            AND state = 'queued' AND next_attempt_at <= $1 AND (leased_until IS NULL OR leased_until <= $1) \
            RETURNING doc"
        )
    };
}

/// One page of the messages in which party `$1` has one role, newest first.
macro_rules! page {
    ($role:literal) => {
        concat!(
            "SELECT * FROM (SELECT party_id, id FROM message WHERE ",
            $role,
            " = $1 AND id < $2 AND (CAST($4 AS TEXT) IS NULL OR state = $4) ORDER BY id DESC LIMIT $3) AS ",
            $role
        )
    };
}

statements! {
    SETTLE = "UPDATE message SET state = $5, attempts = $6, next_attempt_at = $7, leased_until = NULL, \
        doc = $8 WHERE party_id = $1 AND id = $2 AND state = $3 AND attempts = $4";
    FIND = "SELECT doc FROM message WHERE (party_id = $1 OR to_party = $1) AND id = $2";
    LIST = concat!(
        "SELECT m.doc FROM message m JOIN (",
        page!("party_id"), " UNION ", page!("to_party"),
        ") AS page ON page.party_id = m.party_id AND page.id = m.id ORDER BY m.id DESC LIMIT $3"
    );
    OF_TICKET = "SELECT doc FROM message WHERE (party_id = $1 OR to_party = $1) AND ticket_id = $2 \
        AND id > $3 ORDER BY id LIMIT $4";
}

struct Row {
    message: Message,
}
record!(Row { message = "doc" as Json });

pub(crate) fn claim_due_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => claim_due!(""),
        Engine::Postgres => claim_due!(" FOR UPDATE SKIP LOCKED"),
    }
}

pub(crate) fn values(message: &Message) -> Result<Vec<Val>, StoreError> {
    Ok(vals![
        message.handler,
        message.id,
        message.ticket,
        message.claim,
        message.addressee.party(),
        message.state.as_str(),
        message.attempts,
        message.next_attempt_at,
        json(message)?,
    ])
}

/// Writes a message that belongs to no ticket; those of tickets are written with them.
pub async fn insert(conn: &mut Conn, message: &Message) -> Result<(), StoreError> {
    conn.execute(TABLE.insert(1), values(message)?).await.map(drop)
}

/// Takes queued messages whose time has come, for one worker until `lease_until`; after that others may
/// take them again. Needs [`Scope::Platform`](crate::Scope) and a write.
pub async fn claim_due(
    conn: &mut Conn,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> Result<Vec<Message>, StoreError> {
    let rows: Vec<Row> = conn.all(claim_due_sql(conn.engine()), vals![now, lease_until, limit]).await?;
    Ok(rows.into_iter().map(|row| row.message).collect())
}

/// Stores what became of a message since it was read as `read`; whether nobody else changed it meanwhile.
pub async fn settle(conn: &mut Conn, read: &Message, now: &Message) -> Result<bool, StoreError> {
    let values = vals![
        read.handler,
        read.id,
        read.state.as_str(),
        read.attempts,
        now.state.as_str(),
        now.attempts,
        now.next_attempt_at,
        json(now)?,
    ];
    Ok(conn.execute(SETTLE, values).await? == 1)
}

/// A message on a ticket that `viewer` handles, or addressed to it.
pub async fn find(conn: &mut Conn, viewer: PartyId, id: MessageId) -> Result<Option<Message>, StoreError> {
    Ok(conn.optional::<Row>(FIND, vals![viewer, id]).await?.map(|row| row.message))
}

/// The messages on the tickets that `viewer` handles and those addressed to it, newest first, older than
/// `after`.
pub async fn list(
    conn: &mut Conn,
    viewer: PartyId,
    state: Option<MessageState>,
    after: Option<MessageId>,
    limit: u32,
) -> Result<Vec<Message>, StoreError> {
    let after = after.map_or(Uuid::max(), |id| id.0);
    let rows: Vec<Row> = conn.all(LIST, vals![viewer, after, limit, state.map(MessageState::as_str)]).await?;
    Ok(rows.into_iter().map(|row| row.message).collect())
}

/// The same of one ticket, in the order in which they were written, after `after`.
pub async fn of_ticket(
    conn: &mut Conn,
    viewer: PartyId,
    ticket: TicketId,
    after: Option<MessageId>,
    limit: u32,
) -> Result<Vec<Message>, StoreError> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    let rows: Vec<Row> = conn.all(OF_TICKET, vals![viewer, ticket, after, limit]).await?;
    Ok(rows.into_iter().map(|row| row.message).collect())
}
