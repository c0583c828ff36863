//! How a party's versions stand: computed from its activations and the clock.

use crate::app::App;
use sanbao_domain::activation::{Period, Reign, Standing, reigns};
use sanbao_domain::ids::PartyId;
use sanbao_domain::time::Timestamp;
use sanbao_store::activation::{self, Placed};
use sanbao_store::policy::{Policy, PolicyStatus};
use sanbao_store::{Conn, Scope, StoreError};
use std::collections::BTreeMap;

/// What a party has in force when.
#[derive(Clone, Debug)]
pub struct Standings {
    reigns: Vec<Reign>,
    now: Timestamp,
}

impl Standings {
    /// Reads a party's activations.
    ///
    /// # Errors
    /// The database.
    pub async fn read(app: &App, owner: PartyId) -> Result<Self, StoreError> {
        let mut conn = app.store().read(Scope::Platform).await?;
        let placed = activation::periods(&mut conn, owner).await?;
        Ok(Self {
            reigns: kinds(&placed).values().flat_map(|periods| reigns(periods)).collect(),
            now: app.now(),
        })
    }

    /// How a version of the party stands now.
    pub fn of(&self, version: &Policy) -> Standing {
        match version.status {
            PolicyStatus::Retired => Standing::RETIRED,
            PolicyStatus::Checked => Standing::of(version.id, &self.reigns, self.now),
        }
    }
}

/// A party's activations of one kind: its own policy, or the floor of one jurisdiction.
///
/// # Errors
/// The database.
pub(super) async fn of_kind(
    conn: &mut Conn,
    owner: PartyId,
    floor: Option<&str>,
) -> Result<Vec<Period>, StoreError> {
    let placed = activation::periods(conn, owner).await?;
    Ok(kinds(&placed).remove(&floor).unwrap_or_default())
}

/// The activations by kind: those of one kind stand in one another's way.
pub(super) fn kinds(placed: &[Placed]) -> BTreeMap<Option<&str>, Vec<Period>> {
    let mut kinds: BTreeMap<Option<&str>, Vec<Period>> = BTreeMap::new();
    for one in placed {
        kinds.entry(one.floor.as_deref()).or_default().push(one.period);
    }
    kinds
}
