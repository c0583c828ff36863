//! Which version a new one of the same name would follow.

use crate::record::Single;
use crate::statements::statements;
use crate::value::vals;
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{PartyId, PolicyId};
use uuid::Uuid;

statements! {
    FIND = "SELECT p.id AS value FROM policy p WHERE p.party_id = $1 AND p.name = $2 AND p.id < $3 \
        AND p.status <> 'retired' ORDER BY (SELECT max(a.created_at) FROM activation a \
        WHERE a.party_id = p.party_id AND a.policy_id = p.id AND a.valid_from <= $4 \
        AND (a.valid_to IS NULL OR a.valid_to > $4)) DESC NULLS LAST, p.id DESC LIMIT 1";
}

/// Of the party's versions of this name that came before `before`: the one in force at an instant, else the
/// latest. Of several in force, the one whose activation was made last.
pub async fn find(
    conn: &mut Conn,
    owner: PartyId,
    name: &str,
    before: Option<PolicyId>,
    at: Timestamp,
) -> Result<Option<PolicyId>, StoreError> {
    let before = before.map_or(Uuid::max(), |id| id.0);
    let found = conn.optional::<Single<PolicyId>>(FIND, vals![owner, name, before, at]).await?;
    Ok(found.map(|id| id.0))
}
