//! What lies in object storage: noted before it is put there, so that what nothing refers to can be found.
//! All of this needs [`Scope::Platform`](crate::Scope).

use crate::record::{Single, record};
use crate::statements::statements;
use crate::value::vals;
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::PartyId;

/// The bytes of a component that an older version of the host kept in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Whose it is.
    pub party: PartyId,
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
    /// The bytes.
    pub bytes: Vec<u8>,
}

statements! {
    NOTE = "INSERT INTO artifact (digest, put_at) VALUES ($1, $2) \
        ON CONFLICT (digest) DO UPDATE SET put_at = excluded.put_at";
    UNUSED = "SELECT digest AS value FROM artifact a WHERE put_at < $1 \
        AND NOT EXISTS (SELECT 1 FROM upload u WHERE u.digest = a.digest) \
        AND NOT EXISTS (SELECT 1 FROM component c WHERE c.digest = a.digest) ORDER BY put_at LIMIT $2";
    FORGET = "DELETE FROM artifact WHERE digest = $1 AND put_at < $2 \
        AND NOT EXISTS (SELECT 1 FROM upload u WHERE u.digest = artifact.digest) \
        AND NOT EXISTS (SELECT 1 FROM component c WHERE c.digest = artifact.digest)";
    KEPT = "SELECT party_id, digest, bytes FROM component_bytes ORDER BY party_id, digest LIMIT 1";
    MOVED = "DELETE FROM component_bytes WHERE party_id = $1 AND digest = $2";
}

record!(Kept { party = "party_id", digest, bytes });

/// Notes that bytes are about to be put into object storage, where they may lie already.
pub async fn note(conn: &mut Conn, digest: [u8; 32], now: Timestamp) -> Result<(), StoreError> {
    conn.execute(NOTE, vals![digest, now]).await.map(drop)
}

/// Digests of what was last put there before an instant and that no upload and no component refers to.
pub async fn unused(conn: &mut Conn, before: Timestamp, limit: u32) -> Result<Vec<[u8; 32]>, StoreError> {
    let found = conn.all::<Single<[u8; 32]>>(UNUSED, vals![before, limit]).await?;
    Ok(found.into_iter().map(|digest| digest.0).collect())
}

/// Takes the note back; false when somebody has put or used the bytes since.
pub async fn forget(conn: &mut Conn, digest: [u8; 32], before: Timestamp) -> Result<bool, StoreError> {
    Ok(conn.execute(FORGET, vals![digest, before]).await? > 0)
}

/// A component whose bytes are still in the database.
pub async fn kept(conn: &mut Conn) -> Result<Option<Kept>, StoreError> {
    conn.optional(KEPT, vec![]).await
}

/// Removes bytes from the database.
pub async fn moved(conn: &mut Conn, party: PartyId, digest: [u8; 32]) -> Result<(), StoreError> {
    conn.execute(MOVED, vals![party, digest]).await.map(drop)
}
