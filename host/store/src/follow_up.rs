//! Calls and visits after a service: written with their ticket, listed by the time at which they are due.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{Val, json, vals};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::claim::Claim;
use sanbao_domain::claim::follow_ups::FollowUp;
use sanbao_domain::ids::{ClaimId, FollowUpId, PartyId, TicketId};
use uuid::Uuid;

/// A follow-up and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The party that handles the ticket.
    pub party: PartyId,
    /// The ticket.
    pub ticket: TicketId,
    /// The claim.
    pub claim: ClaimId,
    /// Who calls or visits whom, about what.
    pub follow_up: FollowUp,
}

pub(crate) const TABLE: Table = Table {
    name: "follow_up",
    columns: &["party_id", "id", "ticket_id", "claim_id", "respondent_id", "state", "latest", "doc"],
    conflict: " ON CONFLICT (party_id, id) DO UPDATE SET state = excluded.state, doc = excluded.doc \
        WHERE follow_up.doc <> excluded.doc",
};

/// One page of the follow-ups in which party `$1` has one role, earliest first. Without a state named, those
/// that somebody still has to do.
macro_rules! page {
    ($role:literal) => {
        concat!(
            "SELECT * FROM (SELECT party_id, id FROM follow_up WHERE ",
            $role,
            " = $1 AND (latest, id) > ($2, $3) \
            AND ((CAST($4 AS TEXT) IS NULL AND state IN ('planned', 'overdue')) OR state = $4) \
            AND (CAST($5 AS TIMESTAMPTZ) IS NULL OR latest < $5) \
            ORDER BY latest, id LIMIT $6) AS ",
            $role
        )
    };
}

statements! {
    LIST = concat!(
        "SELECT f.party_id, f.ticket_id, f.claim_id, f.doc FROM follow_up f JOIN (",
        page!("party_id"), " UNION ", page!("respondent_id"),
        ") AS page ON page.party_id = f.party_id AND page.id = f.id ORDER BY f.latest, f.id LIMIT $6"
    );
}

record!(Owed { party = "party_id", ticket = "ticket_id", claim = "claim_id", follow_up = "doc" as Json });

pub(crate) fn values(ticket: TicketId, claim: &Claim, one: &FollowUp) -> Result<Vec<Val>, StoreError> {
    Ok(vals![
        claim.handler,
        one.id,
        ticket,
        claim.id,
        claim.respondent,
        one.state.as_str(),
        one.latest,
        json(one)?,
    ])
}

/// Which follow-ups to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this state: `planned`, `overdue`, `done`, `skipped`, `stopped`; planned and overdue when nothing is
    /// said.
    pub state: Option<String>,
    /// Due before this instant.
    pub due_before: Option<Timestamp>,
    /// After this one in the list.
    pub after: Option<(Timestamp, FollowUpId)>,
}

/// The follow-ups of the tickets that `viewer` handles and of the claims that it owes, earliest first.
pub async fn list(
    conn: &mut Conn,
    viewer: PartyId,
    filter: &Filter,
    limit: u32,
) -> Result<Vec<Owed>, StoreError> {
    // Nothing falls due before 1970.
    let (at, id) = filter.after.map_or((Timestamp::UNIX_EPOCH, Uuid::nil()), |(at, id)| (at, id.0));
    conn.all(LIST, vals![viewer, at, id, filter.state.as_deref(), filter.due_before, limit]).await
}
