//! Past which share of failures a party's version is taken back by itself, and which were.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{json, vals};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{ActivationId, PartyId, PolicyId};
use serde::{Deserialize, Serialize};

/// When a version is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guard {
    /// From this share of failures on, in percent.
    pub failures_percent: u32,
    /// Not before so many calls.
    pub min_calls: u32,
    /// Looking at the running hour and those before it, so many in all.
    pub window_hours: u32,
}
record!(Guard { failures_percent, min_calls, window_hours });

/// A party and its guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guarded {
    /// The party.
    pub party: PartyId,
    /// From this share of failures on, in percent.
    pub failures_percent: u32,
    /// Not before so many calls.
    pub min_calls: u32,
    /// Looking at so many hours.
    pub window_hours: u32,
}
record!(Guarded { party = "party_id", failures_percent, min_calls, window_hours });

impl Guarded {
    /// The guard alone.
    pub fn guard(&self) -> Guard {
        let Self { failures_percent, min_calls, window_hours, .. } = *self;
        Guard { failures_percent, min_calls, window_hours }
    }
}

/// How an activation has fared lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Faring {
    /// The activation.
    pub activation: ActivationId,
    /// Its version.
    pub policy: PolicyId,
    /// Calls that the host could make.
    pub calls: u64,
    /// Of these, failed by the policy's fault.
    pub failed: u64,
}
record!(Faring { activation = "activation_id", policy = "policy_id", calls, failed });

/// An activation that passed its party's guard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// The party.
    pub party: PartyId,
    /// What failed.
    pub activation: ActivationId,
    /// Its version.
    pub policy: PolicyId,
    /// What judges instead; absent: there was nothing to return to.
    pub again: Option<ActivationId>,
    /// Calls.
    pub calls: u64,
    /// Of these, failed.
    pub failed: u64,
    /// The figures that it passed.
    pub guard: Guard,
    /// When.
    pub at: Timestamp,
}
record!(Return {
    party = "party_id",
    activation = "activation_id",
    policy = "policy_id",
    again,
    calls,
    failed,
    guard as Json,
    at,
});

pub(crate) const TABLE: Table = Table {
    name: "policy_guard",
    columns: &["party_id", "failures_percent", "min_calls", "window_hours", "updated_at"],
    conflict: " ON CONFLICT (party_id) DO UPDATE SET failures_percent = excluded.failures_percent, \
        min_calls = excluded.min_calls, window_hours = excluded.window_hours, \
        updated_at = excluded.updated_at",
};

pub(crate) const RETURNS: Table = Table {
    name: "policy_return",
    columns: &["party_id", "activation_id", "policy_id", "again", "calls", "failed", "guard", "at"],
    conflict: " ON CONFLICT (party_id, activation_id) DO NOTHING",
};

statements! {
    FIND = "SELECT failures_percent, min_calls, window_hours FROM policy_guard WHERE party_id = $1";
    ALL = "SELECT party_id, failures_percent, min_calls, window_hours FROM policy_guard";
    REMOVE = "DELETE FROM policy_guard WHERE party_id = $1";
    FARING = "SELECT h.activation_id, h.policy_id, CAST(sum(h.calls - h.unavailable) AS BIGINT) AS calls, \
        CAST(sum(h.failed) AS BIGINT) AS failed FROM policy_health h \
        WHERE h.party_id = $1 AND h.hour >= $2 AND NOT EXISTS (SELECT 1 FROM policy_return r \
            WHERE r.party_id = h.party_id AND r.activation_id = h.activation_id) \
        GROUP BY h.activation_id, h.policy_id ORDER BY h.activation_id";
    RETURNED = "SELECT party_id, activation_id, policy_id, again, calls, failed, guard, at FROM policy_return \
        WHERE party_id = $1 ORDER BY at DESC, activation_id DESC";
}

/// A party's guard.
pub async fn find(conn: &mut Conn, party: PartyId) -> Result<Option<Guard>, StoreError> {
    conn.optional(FIND, vals![party]).await
}

/// Every party's. Needs [`Scope::Platform`](crate::Scope).
pub async fn all(conn: &mut Conn) -> Result<Vec<Guarded>, StoreError> {
    conn.all(ALL, vec![]).await
}

/// Sets a party's guard.
pub async fn put(conn: &mut Conn, party: PartyId, guard: Guard, now: Timestamp) -> Result<(), StoreError> {
    let values = vals![party, guard.failures_percent, guard.min_calls, guard.window_hours, now];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// Takes a party's guard away; whether there was one.
pub async fn remove(conn: &mut Conn, party: PartyId) -> Result<bool, StoreError> {
    Ok(conn.execute(REMOVE, vals![party]).await? > 0)
}

/// How a party's activations have fared since an hour, but for those that passed the guard already.
pub async fn faring(conn: &mut Conn, party: PartyId, since: Timestamp) -> Result<Vec<Faring>, StoreError> {
    conn.all(FARING, vals![party, since]).await
}

/// Takes down that an activation passed the guard; false where somebody did so before.
pub async fn passed(conn: &mut Conn, row: &Return) -> Result<bool, StoreError> {
    let values = vals![
        row.party,
        row.activation,
        row.policy,
        row.again,
        row.calls,
        row.failed,
        json(&row.guard)?,
        row.at,
    ];
    Ok(conn.execute(RETURNS.insert(1), values).await? > 0)
}

/// What passed a party's guard, latest first.
pub async fn returned(conn: &mut Conn, party: PartyId) -> Result<Vec<Return>, StoreError> {
    conn.all(RETURNED, vals![party]).await
}
