//! Units: products by serial number or lot.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{Val, json, vals};
use crate::{Conn, StoreError};
use sanbao_domain::ids::{PartyId, UnitId};
use sanbao_domain::unit::Unit;
use uuid::Uuid;

pub(crate) const TABLE: Table = Table {
    name: "unit",
    columns: &[
        "party_id",
        "id",
        "brand_id",
        "category",
        "model",
        "serial",
        "lot",
        "quantity",
        "price",
        "dates",
        "history",
        "created_at",
    ],
    conflict: "",
};

statements! {
    FIND = "SELECT party_id, id, brand_id, category, model, serial, lot, quantity, price, dates, history, \
        created_at FROM unit WHERE id = $2 AND (party_id = $1 OR brand_id = $1)";
    BY_SERIAL = "SELECT party_id, id, brand_id, category, model, serial, lot, quantity, price, dates, \
        history, created_at FROM unit WHERE serial = $2 AND (party_id = $1 OR brand_id = $1) ORDER BY id DESC";
    LIST = "SELECT party_id, id, brand_id, category, model, serial, lot, quantity, price, dates, history, \
        created_at FROM unit WHERE (party_id = $1 OR brand_id = $1) AND id < $2 ORDER BY id DESC LIMIT $3";
}

record!(Unit {
    id,
    owner = "party_id",
    brand = "brand_id",
    category,
    model,
    serial,
    lot,
    quantity,
    price as MaybeJson,
    dates as Json,
    history as Json,
    created_at,
});

/// Registers a unit; [`StoreError::Duplicate`] when its owner has one with this serial number.
pub async fn insert(conn: &mut Conn, unit: &Unit) -> Result<(), StoreError> {
    let values = vals![
        unit.owner,
        unit.id,
        unit.brand,
        &unit.category,
        &unit.model,
        unit.serial.as_deref(),
        unit.lot.as_deref(),
        unit.quantity,
        unit.price.as_ref().map(json).transpose()?.unwrap_or(Val::Text(None)),
        json(&unit.dates)?,
        json(&unit.history)?,
        unit.created_at,
    ];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// A unit that `viewer` registered, or that is of its brand.
pub async fn find(conn: &mut Conn, viewer: PartyId, id: UnitId) -> Result<Option<Unit>, StoreError> {
    conn.optional(FIND, vals![viewer, id]).await
}

/// The units with this serial number that `viewer` may see: its own, and those of its brand.
pub async fn by_serial(conn: &mut Conn, viewer: PartyId, serial: &str) -> Result<Vec<Unit>, StoreError> {
    conn.all(BY_SERIAL, vals![viewer, serial]).await
}

/// The units that `viewer` may see, newest first, older than `after`.
pub async fn list(
    conn: &mut Conn,
    viewer: PartyId,
    after: Option<UnitId>,
    limit: u32,
) -> Result<Vec<Unit>, StoreError> {
    conn.all(LIST, vals![viewer, after.map_or(Uuid::max(), |id| id.0), limit]).await
}
