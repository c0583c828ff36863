//! Which claim recovers what another one cost (BUS-50).

use crate::batch::{Batch, Table};
use crate::record::record;
use crate::statements::statements;
use crate::value::vals;
use crate::{Conn, StoreError};
use sanbao_domain::ids::{ClaimId, PartyId, TicketId};
use sanbao_domain::ticket::Ticket;

/// A claim that recovers another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// The ticket of the recovering claim.
    pub ticket: TicketId,
    /// The recovering claim.
    pub claim: ClaimId,
    /// A finding of the decided claim, or empty for all of it.
    pub subject: String,
    /// Earlier ones of the same that were withdrawn.
    pub withdrawn: u32,
}

pub(crate) const TABLE: Table = Table {
    name: "upstream",
    columns: &[
        "party_id",
        "ticket_id",
        "claim_id",
        "origin_ticket_id",
        "origin_claim_id",
        "subject",
        "withdrawn",
    ],
    conflict: "",
};

statements! {
    OF = "SELECT ticket_id, claim_id, subject, withdrawn FROM upstream \
        WHERE party_id = $1 AND origin_claim_id = $2 AND origin_ticket_id = $3 \
        ORDER BY ticket_id, claim_id";
}

record!(Upstream { ticket = "ticket_id", claim = "claim_id", subject, withdrawn });

/// The claims by which `party` recovers a decided claim, oldest first.
pub async fn of(
    conn: &mut Conn,
    party: PartyId,
    (ticket, claim): (TicketId, ClaimId),
) -> Result<Vec<Upstream>, StoreError> {
    conn.all(OF, vals![party, claim, ticket]).await
}

/// Adds the rows of a new ticket's claims that recover another one; [`StoreError::Duplicate`] where that is
/// recovered already.
pub(crate) fn follow(batch: &mut Batch, ticket: &Ticket) {
    let rows = ticket.claims.iter().filter_map(|claim| {
        let origin = claim.upstream_of.as_ref()?;
        let subject = origin.finding.map(|id| id.to_string()).unwrap_or_default();
        let (handler, withdrawn) = (ticket.handler, origin.withdrawn);
        Some(vals![handler, ticket.id, claim.id, origin.ticket, origin.claim, subject, withdrawn])
    });
    batch.insert(&TABLE, rows.collect());
}
