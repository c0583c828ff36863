//! How far a movable clock has been moved.

use crate::record::Single;
use crate::statements::statements;
use crate::value::vals;
use crate::{Conn, StoreError};

statements! {
    GET = "SELECT offset_us AS value FROM clock WHERE id = 1";
    SET = "INSERT INTO clock (id, offset_us) VALUES (1, $1) \
        ON CONFLICT (id) DO UPDATE SET offset_us = excluded.offset_us";
}

/// Microseconds ahead of real time; 0 where nobody moved it.
pub async fn offset(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(conn.optional::<Single<i64>>(GET, vec![]).await?.map_or(0, |found| found.0))
}

/// Sets how many microseconds the clock is ahead of real time.
pub async fn set_offset(conn: &mut Conn, micros: i64) -> Result<(), StoreError> {
    conn.execute(SET, vals![micros]).await.map(drop)
}
