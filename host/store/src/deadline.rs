//! Deadlines: written with their ticket, claimed by workers once they are due.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{Val, json, vals};
use crate::{Conn, Engine, StoreError};
use jiff::Timestamp;
use sanbao_domain::claim::Claim;
use sanbao_domain::deadline::{Deadline, DeadlineState};
use sanbao_domain::ids::{ClaimId, DeadlineId, PartyId, TicketId};
use uuid::Uuid;

/// A deadline and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The party that handles the ticket.
    pub party: PartyId,
    /// The ticket.
    pub ticket: TicketId,
    /// The claim.
    pub claim: ClaimId,
    /// Who owes.
    pub respondent: PartyId,
    /// What is due.
    pub deadline: Deadline,
}

pub(crate) const TABLE: Table = Table {
    name: "deadline",
    columns: &["party_id", "id", "ticket_id", "claim_id", "respondent_id", "state", "due_at", "doc"],
    conflict: " ON CONFLICT (party_id, id) DO UPDATE SET state = excluded.state, due_at = excluded.due_at, \
        leased_until = NULL, doc = excluded.doc WHERE deadline.doc <> excluded.doc",
};

/// The one place where the engines differ: PostgreSQL skips rows that another worker is just taking,
/// SQLite has one writer. MATERIALIZED, as PostgreSQL may otherwise run the inner query once for each
/// row and take more than the limit; the condition is repeated outside, as a row may have been taken
/// since the inner query saw it.
macro_rules! claim_due {
    ($lock:literal) => {
        concat!(
            "WITH due AS MATERIALIZED (\
                SELECT party_id, id FROM deadline WHERE state = 'running' AND due_at <= $1 \
                AND (leased_until IS NULL OR leased_until <= $1) ORDER BY due_at LIMIT $3",
            $lock,
            ") UPDATE deadline SET leased_until = $2 WHERE (party_id, id) IN (SELECT party_id, id FROM due) \
            AND state = 'running' AND due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1) \
            RETURNING party_id, ticket_id, claim_id, respondent_id, doc"
        )
    };
}

/// One page of the deadlines in which party `$1` has one role, earliest first.
macro_rules! page {
    ($role:literal) => {
        concat!(
            "SELECT * FROM (SELECT party_id, id FROM deadline WHERE ",
            $role,
            " = $1 AND (due_at, id) > ($2, $3) \
            AND (CAST($4 AS TEXT) IS NULL OR state = $4) \
            AND (CAST($5 AS TIMESTAMPTZ) IS NULL OR due_at < $5) \
            ORDER BY due_at, id LIMIT $6) AS ",
            $role
        )
    };
}

statements! {
    LIST = concat!(
        "SELECT d.party_id, d.ticket_id, d.claim_id, d.respondent_id, d.doc FROM deadline d JOIN (",
        page!("party_id"), " UNION ", page!("respondent_id"),
        ") AS page ON page.party_id = d.party_id AND page.id = d.id ORDER BY d.due_at, d.id LIMIT $6"
    );
}

record!(Due {
    party = "party_id",
    ticket = "ticket_id",
    claim = "claim_id",
    respondent = "respondent_id",
    deadline = "doc" as Json,
});

pub(crate) fn claim_due_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => claim_due!(""),
        Engine::Postgres => claim_due!(" FOR UPDATE SKIP LOCKED"),
    }
}

pub(crate) fn values(ticket: TicketId, claim: &Claim, deadline: &Deadline) -> Result<Vec<Val>, StoreError> {
    let state = match deadline.state {
        DeadlineState::Running => "running",
        DeadlineState::Met { .. } => "met",
        DeadlineState::Missed { .. } => "missed",
        DeadlineState::MetLate { .. } => "met-late",
        DeadlineState::Paused { .. } => "paused",
        DeadlineState::Dropped => "dropped",
    };
    Ok(vals![
        claim.handler,
        deadline.id,
        ticket,
        claim.id,
        claim.respondent,
        state,
        deadline.due_at,
        json(deadline)?,
    ])
}

/// Takes running deadlines that have passed, for one worker until `lease_until`; after that others may
/// take them again. Needs [`Scope::Platform`](crate::Scope) and a write.
pub async fn claim_due(
    conn: &mut Conn,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> Result<Vec<Due>, StoreError> {
    conn.all(claim_due_sql(conn.engine()), vals![now, lease_until, limit]).await
}

/// Which deadlines to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this state: `running`, `met`, `missed`, `met-late`, `paused`, `dropped`.
    pub state: Option<String>,
    /// Due before this instant.
    pub before: Option<Timestamp>,
    /// After this one in the list.
    pub after: Option<(Timestamp, DeadlineId)>,
}

/// The deadlines of the tickets that `viewer` handles and of the claims that it owes, earliest first.
pub async fn list(
    conn: &mut Conn,
    viewer: PartyId,
    filter: &Filter,
    limit: u32,
) -> Result<Vec<Due>, StoreError> {
    // Nothing falls due before 1970.
    let (at, id) = filter.after.map_or((Timestamp::UNIX_EPOCH, Uuid::nil()), |(at, id)| (at, id.0));
    let values = vals![viewer, at, id, filter.state.as_deref(), filter.before, limit];
    conn.all(LIST, values).await
}
