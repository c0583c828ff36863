//! Who may open claims against whom.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{vals, word};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::PartyId;
use sanbao_domain::party::Dealership;

/// A dealership that had ended begins again.
pub(crate) const TABLE: Table = Table {
    name: "dealership",
    columns: &["party_id", "dealer_id", "kind", "standing", "grade", "created_at"],
    conflict: " ON CONFLICT (party_id, dealer_id) DO UPDATE SET kind = excluded.kind, \
        standing = excluded.standing, grade = excluded.grade, created_at = excluded.created_at, \
        ended_at = NULL, ended_by = NULL, ended_rule = NULL WHERE dealership.ended_at IS NOT NULL",
};

/// Ends it because of a measure, and says so; nothing where it has ended.
pub(crate) const CANCEL: &str = "UPDATE dealership SET ended_at = $3, ended_by = $4, ended_rule = $5 \
    WHERE party_id = $1 AND dealer_id = $2 AND ended_at IS NULL";
/// Lets it go on, if this very measure ended it.
pub(crate) const RESTORE: &str = "UPDATE dealership SET ended_at = NULL, ended_by = NULL, ended_rule = NULL \
    WHERE party_id = $1 AND dealer_id = $2 AND ended_by = $3";

statements! {
    CANCELLED = CANCEL;
    RESTORED = RESTORE;
    END = "UPDATE dealership SET ended_at = $3 WHERE party_id = $1 AND dealer_id = $2 AND ended_at IS NULL";
    FIND = "SELECT party_id, dealer_id, kind, standing, grade, created_at, ended_at, ended_rule FROM dealership \
        WHERE party_id = $1 AND dealer_id = $2";
    OF = "SELECT party_id, dealer_id, kind, standing, grade, created_at, ended_at, ended_rule FROM dealership \
        WHERE party_id = $1 OR dealer_id = $1 ORDER BY created_at DESC, party_id, dealer_id";
}

record!(Dealership {
    brand = "party_id",
    dealer = "dealer_id",
    kind as Word,
    standing,
    grade,
    created_at,
    ended_at,
    ended_rule,
});

/// Begins a dealership, or begins one again that had ended; [`StoreError::Duplicate`] while one lasts.
pub async fn insert(conn: &mut Conn, dealership: &Dealership) -> Result<(), StoreError> {
    let values = vals![
        dealership.brand,
        dealership.dealer,
        word(&dealership.kind)?,
        dealership.standing.as_deref(),
        dealership.grade.as_deref(),
        dealership.created_at,
    ];
    match conn.execute(TABLE.insert(1), values).await? {
        0 => Err(StoreError::Duplicate(crate::Entity::Dealership)),
        _ => Ok(()),
    }
}

/// Ends a dealership; false when there is none that lasts.
pub async fn end(
    conn: &mut Conn,
    brand: PartyId,
    dealer: PartyId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(conn.execute(END, vals![brand, dealer, at]).await? > 0)
}

/// The dealership between two parties, whether or not it has ended.
pub async fn find(
    conn: &mut Conn,
    brand: PartyId,
    dealer: PartyId,
) -> Result<Option<Dealership>, StoreError> {
    conn.optional(FIND, vals![brand, dealer]).await
}

/// All dealerships of a party, on either side, newest first.
pub async fn of(conn: &mut Conn, me: PartyId) -> Result<Vec<Dealership>, StoreError> {
    conn.all(OF, vals![me]).await
}
