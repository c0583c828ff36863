//! Balances: written with the postings that change them, and never below nothing where they can be counted.

use crate::record::{Single, record};
use crate::statements::statements;
use crate::value::{Val, vals, word};
use crate::{Conn, StoreError};
use sanbao_domain::ids::PartyId;
use sanbao_domain::parts::{Account, Condition, Place, Posting, Spot};
use std::collections::BTreeMap;

/// How much of a part is where, in what condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Whose ledger.
    pub owner: PartyId,
    /// Part number.
    pub part: String,
    /// Where.
    pub place: Place,
    /// In what condition.
    pub condition: Condition,
    /// Pieces; below nothing outside only, where parts come from.
    pub quantity: i64,
}

/// Pieces of one kind.
struct OfKind {
    kind: String,
    quantity: i64,
}

statements! {
    ADD = "INSERT INTO part_balance (party_id, part, place, condition, holder_id, brand_id, counted, quantity) \
        VALUES ($1, $2, $3, $4, $5, (SELECT brand_id FROM part WHERE party_id = $1 AND number = $2), $6, $7) \
        ON CONFLICT (party_id, part, place, condition) \
        DO UPDATE SET quantity = part_balance.quantity + excluded.quantity";
    TAKE = "UPDATE part_balance SET quantity = quantity - $5 \
        WHERE party_id = $1 AND part = $2 AND place = $3 AND condition = $4 AND quantity >= $5";
    ONE = "SELECT quantity AS value FROM part_balance \
        WHERE party_id = $1 AND part = $2 AND place = $3 AND condition = $4";
    OF_PART = "SELECT party_id, part, place, condition, quantity FROM part_balance \
        WHERE party_id = $1 AND part = $2 AND quantity <> 0 ORDER BY place, condition";
    AT_PLACE = "SELECT party_id, part, place, condition, quantity FROM part_balance \
        WHERE party_id = $1 AND place = $2 AND quantity <> 0 ORDER BY part, condition LIMIT $3";
    HELD = "SELECT party_id, part, place, condition, quantity FROM part_balance \
        WHERE holder_id = $1 AND quantity <> 0 ORDER BY party_id, part, condition LIMIT $2";
    STOCK = "SELECT p.kind, CAST(sum(b.quantity) AS BIGINT) AS quantity FROM part p \
        JOIN part_balance b ON b.party_id = p.party_id AND b.part = p.number \
        WHERE p.party_id = $1 AND p.brand_id = $2 AND b.place LIKE 'store:%' \
        AND b.condition IN ('good', 'after-sales') GROUP BY p.kind";
}

record!(Balance { owner = "party_id", part, place as Word, condition as Word, quantity });
record!(OfKind { kind, quantity });

/// Adds what the postings bring to each account. Accounts are taken in one order, so that two bookings wait
/// for one another at worst.
pub(super) async fn add(conn: &mut Conn, owner: PartyId, postings: &[Posting]) -> Result<(), StoreError> {
    let mut changes: BTreeMap<Account, i64> = BTreeMap::new();
    for posting in postings {
        let movement = &posting.movement;
        let quantity = i64::from(movement.quantity);
        for (spot, by) in [(&movement.from, -quantity), (&movement.to, quantity)] {
            let account = Account { part: movement.part.clone(), spot: spot.clone() };
            *changes.entry(account).or_default() += by;
        }
    }
    for (account, by) in changes {
        let Account { part, spot: Spot { place, condition } } = &account;
        let mut values = vals![owner, part, place.to_string(), condition.as_str()];
        if place.is_real() && by < 0 {
            values.push(Val::from(-by));
            if conn.execute(TAKE, values).await? == 0 {
                return Err(StoreError::Short);
            }
        } else if by != 0 {
            values.extend(vals![place.holder(), place.is_real(), by]);
            conn.execute(ADD, values).await?;
        }
    }
    Ok(())
}

/// Pieces at one account.
pub async fn one(conn: &mut Conn, owner: PartyId, account: &Account) -> Result<i64, StoreError> {
    let Account { part, spot: Spot { place, condition } } = account;
    let values = vals![owner, part, word(place)?, condition.as_str()];
    Ok(conn.optional::<Single<i64>>(ONE, values).await?.map_or(0, |single| single.0))
}

/// Where a part is, outside places included: all of it adds up to nothing.
pub async fn of_part(conn: &mut Conn, owner: PartyId, part: &str) -> Result<Vec<Balance>, StoreError> {
    conn.all(OF_PART, vals![owner, part]).await
}

/// What is at a place, by part number.
pub async fn at_place(
    conn: &mut Conn,
    owner: PartyId,
    place: &Place,
    limit: u32,
) -> Result<Vec<Balance>, StoreError> {
    conn.all(AT_PLACE, vals![owner, place.to_string(), limit]).await
}

/// What `holder` holds of others, in accounts apart (BUS-49).
pub async fn held(conn: &mut Conn, holder: PartyId, limit: u32) -> Result<Vec<Balance>, StoreError> {
    conn.all(HELD, vals![holder, limit]).await
}

/// What lies ready on the shelves of `owner` of another party's parts, by kind (LGT-44).
pub async fn stock(
    conn: &mut Conn,
    owner: PartyId,
    brand: PartyId,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let rows = conn.all::<OfKind>(STOCK, vals![owner, brand]).await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.quantity)).collect())
}
