//! Links to the customer's page. Only a hash of the secret is kept.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{vals, word};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{LinkId, PartyId, TicketId};
use sanbao_domain::text::Language;

/// A link to the customer's page of one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// The party that handles the ticket.
    pub party: PartyId,
    /// The ticket.
    pub ticket: TicketId,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
    /// The language of the page.
    pub language: Language,
    /// Name of the key that made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it leads nowhere.
    pub expires_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

pub(crate) const TABLE: Table = Table {
    name: "link",
    columns: &[
        "party_id",
        "id",
        "ticket_id",
        "hash",
        "language",
        "created_by",
        "created_at",
        "expires_at",
        "revoked_at",
    ],
    conflict: "",
};

statements! {
    BY_HASH = "SELECT party_id, id, ticket_id, hash, language, created_by, created_at, expires_at, revoked_at \
        FROM link WHERE hash = $1";
    LIST = "SELECT party_id, id, ticket_id, hash, language, created_by, created_at, expires_at, revoked_at \
        FROM link WHERE party_id = $1 AND ticket_id = $2 ORDER BY id DESC";
    REVOKE = "UPDATE link SET revoked_at = $4 \
        WHERE party_id = $1 AND ticket_id = $2 AND id = $3 AND revoked_at IS NULL";
}

record!(Link {
    id,
    party = "party_id",
    ticket = "ticket_id",
    hash,
    language as Word,
    created_by,
    created_at,
    expires_at,
    revoked_at,
});

/// Adds a link.
pub async fn insert(conn: &mut Conn, link: &Link) -> Result<(), StoreError> {
    let values = vals![
        link.party,
        link.id,
        link.ticket,
        link.hash,
        word(&link.language)?,
        &link.created_by,
        link.created_at,
        link.expires_at,
        link.revoked_at,
    ];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// The link with this hash, expired and revoked ones included. Needs [`Scope::Platform`](crate::Scope).
pub async fn by_hash(conn: &mut Conn, hash: &[u8; 32]) -> Result<Option<Link>, StoreError> {
    conn.optional(BY_HASH, vals![*hash]).await
}

/// All links to a ticket that `party` handles, newest first.
pub async fn list(conn: &mut Conn, party: PartyId, ticket: TicketId) -> Result<Vec<Link>, StoreError> {
    conn.all(LIST, vals![party, ticket]).await
}

/// Revokes a link; false when the party's ticket has no such link that is not revoked.
pub async fn revoke(
    conn: &mut Conn,
    party: PartyId,
    (ticket, link): (TicketId, LinkId),
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(conn.execute(REVOKE, vals![party, ticket, link, at]).await? > 0)
}
