//! Claims that wait for a time: the instant is written with their ticket, and a worker takes those whose
//! time has come.

use crate::record::record;
use crate::value::vals;
use crate::{Conn, Engine, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{ClaimId, PartyId, TicketId};

/// A claim whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sleeper {
    /// The party that handles the ticket.
    pub party: PartyId,
    /// The ticket.
    pub ticket: TicketId,
    /// The claim.
    pub claim: ClaimId,
}

record!(Sleeper { party = "party_id", ticket = "ticket_id", claim = "id" });

/// As for deadlines: PostgreSQL skips rows that another worker is just taking, and the condition is
/// repeated outside.
macro_rules! claim_due {
    ($lock:literal) => {
        concat!(
            "WITH due AS MATERIALIZED (\
                SELECT party_id, ticket_id, id FROM claim WHERE wake_at <= $1 \
                AND (wake_leased_until IS NULL OR wake_leased_until <= $1) ORDER BY wake_at LIMIT $3",
            $lock,
            ") UPDATE claim SET wake_leased_until = $2 \
            WHERE (party_id, ticket_id, id) IN (SELECT party_id, ticket_id, id FROM due) AND wake_at <= $1 \
            AND (wake_leased_until IS NULL OR wake_leased_until <= $1) RETURNING party_id, ticket_id, id"
        )
    };
}

pub(crate) fn claim_due_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => claim_due!(""),
        Engine::Postgres => claim_due!(" FOR UPDATE SKIP LOCKED"),
    }
}

/// Takes claims whose time has come, for one worker until `lease_until`; after that others may take them
/// again. Whatever moves a claim's time ends the lease. Needs [`Scope::Platform`](crate::Scope) and a
/// write.
pub async fn claim_due(
    conn: &mut Conn,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> Result<Vec<Sleeper>, StoreError> {
    conn.all(claim_due_sql(conn.engine()), vals![now, lease_until, limit]).await
}
