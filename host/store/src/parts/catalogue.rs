//! Which parts a party keeps.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{vals, word};
use crate::{Conn, StoreError};
use sanbao_domain::ids::PartyId;
use sanbao_domain::parts::Part;
use sanbao_domain::time::Date;

pub(crate) const TABLE: Table = Table {
    name: "part",
    columns: &[
        "party_id",
        "number",
        "kind",
        "title",
        "category",
        "model",
        "brand_id",
        "discontinued_on",
        "created_at",
    ],
    conflict: "",
};

statements! {
    FIND = "SELECT party_id, number, kind, title, category, model, brand_id, discontinued_on, created_at FROM part \
        WHERE party_id = $1 AND number = $2";
    LIST = "SELECT party_id, number, kind, title, category, model, brand_id, discontinued_on, created_at FROM part \
        WHERE party_id = $1 AND number > $2 ORDER BY number LIMIT $3";
    DISCONTINUE = "UPDATE part SET discontinued_on = $3 WHERE party_id = $1 AND number = $2";
}

record!(Part {
    owner = "party_id",
    number,
    kind,
    title,
    category,
    model,
    brand = "brand_id",
    discontinued_on as MaybeWord,
    created_at,
});

/// Lists a part; [`StoreError::Duplicate`] when its owner has the number already.
pub async fn insert(conn: &mut Conn, part: &Part) -> Result<(), StoreError> {
    let values = vals![
        part.owner,
        &part.number,
        &part.kind,
        &part.title,
        part.category.as_deref(),
        part.model.as_deref(),
        part.brand,
        word(&part.discontinued_on)?,
        part.created_at,
    ];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// A part of the owner's.
pub async fn find(conn: &mut Conn, owner: PartyId, number: &str) -> Result<Option<Part>, StoreError> {
    conn.optional(FIND, vals![owner, number]).await
}

/// The owner's parts in the order of their numbers, after one.
pub async fn list(
    conn: &mut Conn,
    owner: PartyId,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<Part>, StoreError> {
    conn.all(LIST, vals![owner, after.unwrap_or_default(), limit]).await
}

/// Says since when the model is no longer made, or that it is again; false when there is no such part.
pub async fn discontinue(
    conn: &mut Conn,
    owner: PartyId,
    number: &str,
    on: Option<Date>,
) -> Result<bool, StoreError> {
    Ok(conn.execute(DISCONTINUE, vals![owner, number, word(&on)?]).await? > 0)
}
