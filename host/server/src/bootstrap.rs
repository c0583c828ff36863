//! The first key of an empty database: without it nobody could sign in to make another.

use crate::app::App;
use crate::http::secret::Secret;
use crate::services::keys::Made;
use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::ids::PartyId;
use sanbao_domain::party::{Party, PartyKind};
use sanbao_store::{Entity, Scope, StoreError, key, party};
use uuid::Uuid;

/// The platform's own id, the same in every database, so that two hosts cannot both create it.
pub const PLATFORM: PartyId = PartyId(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001));

/// Creates the platform party and its first key when the database holds no key yet. Answers the key's
/// secret, which is kept nowhere; nothing when there are keys already.
pub async fn first_key(app: &App) -> Result<Option<Secret>, StoreError> {
    let fresh = {
        let mut conn = app.store().read(Scope::Platform).await?;
        !key::any(&mut conn).await?
    };
    if !fresh {
        return Ok(None);
    }
    let platform = Party {
        id: PLATFORM,
        kind: PartyKind::Platform,
        name: "Sanbao".to_owned(),
        jurisdiction: "CN".to_owned(),
        calendar: CalendarSpec::of_zone("UTC"),
        created_at: app.now(),
    };
    let Made { key: row, secret } = Made::full(app, PLATFORM, "first key", Secret::random());
    let made = app.store().write(Scope::Platform, move |conn| {
        Box::pin(async move {
            party::insert(conn, &platform).await?;
            key::insert(conn, &row).await
        })
    });
    match made.await {
        Ok(()) => Ok(Some(secret)),
        // Another host was first.
        Err(StoreError::Duplicate(Entity::Party)) => Ok(None),
        Err(error) => Err(error),
    }
}
