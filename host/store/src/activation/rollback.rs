//! Activations that took another one back.

use crate::activation::{self, Activation};
use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::vals;
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{ActivationId, PartyId};

/// How an activation took another one back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollback {
    /// Whose they are.
    pub party: PartyId,
    /// What judges again: the earlier version, with its settings.
    pub activation: ActivationId,
    /// What judges no more.
    pub taken_back: ActivationId,
    /// Whose version and settings judge again.
    pub earlier: ActivationId,
    /// Why.
    pub reason: String,
    /// Who did it.
    pub made_by: String,
    /// When.
    pub created_at: Timestamp,
}

pub(crate) const TABLE: Table = Table {
    name: "activation_rollback",
    columns: &["party_id", "activation_id", "taken_back", "earlier", "reason", "made_by", "created_at"],
    conflict: "",
};

statements! {
    LIST = "SELECT party_id, activation_id, taken_back, earlier, reason, made_by, created_at \
        FROM activation_rollback WHERE party_id = $1";
}

record!(Rollback {
    party = "party_id",
    activation = "activation_id",
    taken_back,
    earlier,
    reason,
    made_by,
    created_at,
});

/// Takes an activation back: `again` comes into force, the other ends where that begins.
///
/// [`StoreError::Stale`] when the party's activations are not `known` any more, latest made first;
/// [`StoreError::Duplicate`] when it was taken back already.
pub async fn insert(
    conn: &mut Conn,
    known: &[Activation],
    again: &Activation,
    rollback: &Rollback,
) -> Result<(), StoreError> {
    let now = activation::list(conn, rollback.party).await?;
    if now != known {
        return Err(StoreError::Stale);
    }
    activation::insert(conn, again).await?;
    let values = vals![
        rollback.party,
        rollback.activation,
        rollback.taken_back,
        rollback.earlier,
        &rollback.reason,
        &rollback.made_by,
        rollback.created_at,
    ];
    conn.execute(TABLE.insert(1), values).await?;
    let (party, taken_back) = (rollback.party, rollback.taken_back);
    activation::retire(conn, party, taken_back, again.valid_from, rollback.created_at).await.map(drop)
}

/// All that a party took back, in no order.
pub async fn list(conn: &mut Conn, party: PartyId) -> Result<Vec<Rollback>, StoreError> {
    conn.all(LIST, vals![party]).await
}
