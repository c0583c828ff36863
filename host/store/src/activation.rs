//! Activations: when which policy version is in force.

pub mod rollback;

use crate::batch::Table;
use crate::policy::Policy;
use crate::record::{Record, record};
use crate::statements::statements;
use crate::value::vals;
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::activation::Period;
use sanbao_domain::ids::{ActivationId, PartyId, PolicyId};

/// A period in which a policy version judges what its party owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activation {
    /// Its id.
    pub id: ActivationId,
    /// The party.
    pub party: PartyId,
    /// The version.
    pub policy: PolicyId,
    /// First instant.
    pub valid_from: Timestamp,
    /// First instant after it; open when absent.
    pub valid_to: Option<Timestamp>,
    /// The policy's settings, JSON.
    pub settings: String,
    /// When it was made: of several that cover an instant, the latest made is in force.
    pub created_at: Timestamp,
    /// When it was given an early end.
    pub retired_at: Option<Timestamp>,
    /// The jurisdiction whose statutory floor it is; absent: it judges what its party owes.
    pub floor: Option<String>,
}

/// What judges at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The activation.
    pub activation: ActivationId,
    /// Its settings, JSON.
    pub settings: String,
    /// The version.
    pub policy: Policy,
}

/// What judges at an instant, without the long texts of the version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judging {
    /// The activation.
    pub activation: ActivationId,
    /// Its settings, JSON.
    pub settings: String,
    /// The version.
    pub policy: PolicyId,
    /// Name in its manifest.
    pub name: String,
    /// Version in its manifest.
    pub version: String,
    /// SHA-256 of the component.
    pub digest: [u8; 32],
}

pub(crate) const TABLE: Table = Table {
    name: "activation",
    columns: &[
        "party_id",
        "id",
        "policy_id",
        "valid_from",
        "valid_to",
        "settings",
        "created_at",
        "retired_at",
        "floor",
    ],
    conflict: "",
};

statements! {
    LIST = "SELECT party_id, id, policy_id, valid_from, valid_to, settings, created_at, retired_at, floor \
        FROM activation WHERE party_id = $1 ORDER BY created_at DESC, id DESC";
    IN_FORCE = "SELECT a.id AS activation_id, a.settings, p.party_id, p.id, p.name, p.version, p.digest, \
        p.contract, p.status, p.manifest, p.report, p.created_at, p.retired_at, p.signed_by \
        FROM activation a JOIN policy p ON p.party_id = a.party_id AND p.id = a.policy_id \
        WHERE a.party_id = $1 AND a.valid_from <= $2 AND (a.valid_to IS NULL OR a.valid_to > $2) \
          AND p.status = 'checked' AND a.floor IS NULL \
        ORDER BY a.created_at DESC, a.id DESC LIMIT 1";
    JUDGING = "SELECT a.id AS activation_id, a.settings, p.id, p.name, p.version, p.digest \
        FROM activation a JOIN policy p ON p.party_id = a.party_id AND p.id = a.policy_id \
        WHERE a.party_id = $1 AND a.valid_from <= $2 AND (a.valid_to IS NULL OR a.valid_to > $2) \
          AND p.status = 'checked' AND a.floor IS NULL \
        ORDER BY a.created_at DESC, a.id DESC LIMIT 1";
    FLOOR = "SELECT a.party_id AS owner_id, a.id AS activation_id, a.settings, p.id, p.name, p.version, p.digest \
        FROM activation a JOIN policy p ON p.party_id = a.party_id AND p.id = a.policy_id \
        WHERE (a.floor = $1 OR a.floor = $2) AND a.valid_from <= $3 AND (a.valid_to IS NULL OR a.valid_to > $3) \
          AND p.status = 'checked' \
        ORDER BY length(a.floor) DESC, a.created_at DESC, a.id DESC LIMIT 1";
    PERIODS = "SELECT a.id, a.policy_id, a.valid_from, a.valid_to, a.created_at, a.floor, \
        p.status = 'retired' AS retired \
        FROM activation a JOIN policy p ON p.party_id = a.party_id AND p.id = a.policy_id WHERE a.party_id = $1";
    NEEDED = "SELECT DISTINCT p.party_id, p.id, p.digest \
        FROM activation a JOIN policy p ON p.party_id = a.party_id AND p.id = a.policy_id \
        WHERE a.valid_from <= $1 AND (a.valid_to IS NULL OR a.valid_to > $2) AND p.status = 'checked' \
          AND (a.created_at > $3 OR a.valid_from > $4)";
    RETIRE = "UPDATE activation SET valid_to = $3, retired_at = $4 \
        WHERE party_id = $1 AND id = $2 AND (valid_to IS NULL OR valid_to > $3)";
}

record!(Activation {
    id,
    party = "party_id",
    policy = "policy_id",
    valid_from,
    valid_to,
    settings,
    created_at,
    retired_at,
    floor,
});

record!(Judging { activation = "activation_id", settings, policy = "id", name, version, digest });

/// An activation among those of its kind, without its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// When it judges if no later one does.
    pub period: Period,
    /// The jurisdiction whose floor it is.
    pub floor: Option<String>,
}

struct Bounds {
    id: ActivationId,
    policy: PolicyId,
    from: Timestamp,
    until: Option<Timestamp>,
    made: Timestamp,
    floor: Option<String>,
    retired: bool,
}
record!(Bounds {
    id,
    policy = "policy_id",
    from = "valid_from",
    until = "valid_to",
    made = "created_at",
    floor,
    retired,
});

/// A version that a host should have ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needed {
    /// Whose it is.
    pub party: PartyId,
    /// The version.
    pub policy: PolicyId,
    /// SHA-256 of the component.
    pub digest: [u8; 32],
}
record!(Needed { party = "party_id", policy = "id", digest });

/// The statutory floor in force at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Floor {
    /// Whoever put it in force.
    pub owner: PartyId,
    /// What judges.
    pub judging: Judging,
}

struct Owner {
    owner: PartyId,
}
record!(Owner { owner = "owner_id" });

impl Record for Floor {
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self { owner: Owner::from_sqlite(row)?.owner, judging: Judging::from_sqlite(row)? })
    }
    fn from_postgres(row: &sqlx::postgres::PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self { owner: Owner::from_postgres(row)?.owner, judging: Judging::from_postgres(row)? })
    }
}

struct Head {
    activation: ActivationId,
    settings: String,
}
record!(Head { activation = "activation_id", settings });

impl InForce {
    fn join(head: Head, policy: Policy) -> Self {
        Self { activation: head.activation, settings: head.settings, policy }
    }
}

impl Record for InForce {
    fn from_sqlite(row: &sqlx::sqlite::SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self::join(Head::from_sqlite(row)?, Policy::from_sqlite(row)?))
    }
    fn from_postgres(row: &sqlx::postgres::PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self::join(Head::from_postgres(row)?, Policy::from_postgres(row)?))
    }
}

/// Puts a version in force; [`StoreError::Dangling`] when the party has no such version.
pub async fn insert(conn: &mut Conn, activation: &Activation) -> Result<(), StoreError> {
    let values = vals![
        activation.party,
        activation.id,
        activation.policy,
        activation.valid_from,
        activation.valid_to,
        &activation.settings,
        activation.created_at,
        activation.retired_at,
        activation.floor.as_deref(),
    ];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// What judges the claims that `respondent` owes at an instant: of the activations that cover it, the
/// latest made whose version is not retired.
pub async fn in_force(
    conn: &mut Conn,
    respondent: PartyId,
    at: Timestamp,
) -> Result<Option<InForce>, StoreError> {
    conn.optional(IN_FORCE, vals![respondent, at]).await
}

/// As [`in_force`], without the manifest and the report: what every claim asks for.
pub async fn judging(
    conn: &mut Conn,
    respondent: PartyId,
    at: Timestamp,
) -> Result<Option<Judging>, StoreError> {
    conn.optional(JUDGING, vals![respondent, at]).await
}

/// The statutory floor of a jurisdiction at an instant: that of the part ("CN-FJ") before that of the whole
/// ("CN"), of several the latest made. Needs [`Scope::Platform`](crate::Scope).
pub async fn floor(conn: &mut Conn, jurisdiction: &str, at: Timestamp) -> Result<Option<Floor>, StoreError> {
    let country = jurisdiction.split('-').next().unwrap_or_default();
    conn.optional(FLOOR, vals![jurisdiction, country, at]).await
}

/// A party's activations, latest made first.
pub async fn list(conn: &mut Conn, owner: PartyId) -> Result<Vec<Activation>, StoreError> {
    conn.all(LIST, vals![owner]).await
}

/// Gives an activation an earlier end; false when the party has none that lasts beyond it.
pub async fn retire(
    conn: &mut Conn,
    owner: PartyId,
    id: ActivationId,
    ends: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(conn.execute(RETIRE, vals![owner, id, ends, now]).await? > 0)
}

/// A party's activations as they stand among each other, in no order.
pub async fn periods(conn: &mut Conn, owner: PartyId) -> Result<Vec<Placed>, StoreError> {
    let rows: Vec<Bounds> = conn.all(PERIODS, vals![owner]).await?;
    let placed = rows.into_iter().map(|row| {
        let Bounds { id, policy, from, until, made, floor, retired } = row;
        Placed { period: Period { id, policy, from, until, made, retired }, floor }
    });
    Ok(placed.collect())
}

/// What all parties have in force now or by `soon`, and was made after `made` or begins after `begins`.
/// Needs [`Scope::Platform`](crate::Scope).
pub async fn needed(
    conn: &mut Conn,
    (now, soon): (Timestamp, Timestamp),
    (made, begins): (Timestamp, Timestamp),
) -> Result<Vec<Needed>, StoreError> {
    conn.all(NEEDED, vals![soon, now, made, begins]).await
}
