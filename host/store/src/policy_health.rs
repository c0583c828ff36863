//! How policy versions fare: calls, failures, fuel and time, added up over all hosts.

pub mod guard;

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{Val, vals};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{ActivationId, PartyId, PolicyId};
use uuid::Uuid;

/// What a host counted of one activation's calls of one interface within an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Whose policy it is.
    pub party: PartyId,
    /// The version.
    pub policy: PolicyId,
    /// The activation that it judged by.
    pub activation: ActivationId,
    /// The interface.
    pub interface: String,
    /// First instant of the hour.
    pub hour: Timestamp,
    /// Calls.
    pub calls: u64,
    /// Of these, failed by the policy's fault.
    pub failed: u64,
    /// Failed by the host's.
    pub unavailable: u64,
    /// Answered that a person decides.
    pub referred: u64,
    /// Most fuel of one call.
    pub fuel_max: u64,
    /// Longest call, in nanoseconds.
    pub took_max: u64,
}

/// What a host counted of a version beside that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Whose policy it is.
    pub party: PartyId,
    /// The version.
    pub policy: PolicyId,
    /// The interface.
    pub interface: String,
    /// First instant of the hour.
    pub hour: Timestamp,
    /// `fuel`, `took`, or the kind of a failure.
    pub figure: String,
    /// Step of the distribution; 0 for failures.
    pub bucket: u64,
    /// How many calls.
    pub amount: u64,
}

/// One hour of a version's calls of one interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hour {
    /// The interface.
    pub interface: String,
    /// Its first instant.
    pub hour: Timestamp,
    /// Calls.
    pub calls: u64,
    /// Failed by the policy's fault.
    pub failed: u64,
    /// Failed by the host's.
    pub unavailable: u64,
    /// Answered that a person decides.
    pub referred: u64,
    /// Most fuel of one call.
    pub fuel_max: u64,
    /// Longest call, in nanoseconds.
    pub took_max: u64,
}
record!(Hour { interface, hour, calls, failed, unavailable, referred, fuel_max, took_max });

/// A part of a distribution, or the failures of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The interface.
    pub interface: String,
    /// `fuel`, `took`, or the kind of a failure.
    pub figure: String,
    /// Step of the distribution; 0 for failures.
    pub bucket: u64,
    /// How many calls.
    pub amount: u64,
}
record!(Part { interface, figure, bucket, amount });

pub(crate) const HOURS: Table = Table {
    name: "policy_health",
    columns: &[
        "party_id",
        "policy_id",
        "hour",
        "activation_id",
        "interface",
        "calls",
        "failed",
        "unavailable",
        "referred",
        "fuel_max",
        "took_max",
    ],
    conflict: " ON CONFLICT (party_id, policy_id, hour, activation_id, interface) DO UPDATE SET \
        calls = policy_health.calls + excluded.calls, failed = policy_health.failed + excluded.failed, \
        unavailable = policy_health.unavailable + excluded.unavailable, \
        referred = policy_health.referred + excluded.referred, \
        fuel_max = CASE WHEN excluded.fuel_max > policy_health.fuel_max \
            THEN excluded.fuel_max ELSE policy_health.fuel_max END, \
        took_max = CASE WHEN excluded.took_max > policy_health.took_max \
            THEN excluded.took_max ELSE policy_health.took_max END",
};

pub(crate) const COUNTS: Table = Table {
    name: "policy_health_count",
    columns: &["party_id", "policy_id", "hour", "interface", "figure", "bucket", "amount"],
    conflict: " ON CONFLICT (party_id, policy_id, hour, interface, figure, bucket) DO UPDATE SET \
        amount = policy_health_count.amount + excluded.amount",
};

macro_rules! within {
    () => {
        " WHERE party_id = $1 AND policy_id = $2 AND hour >= $3 AND hour < $4 \
        AND (CAST($5 AS TEXT) IS NULL OR interface = $5) "
    };
}

statements! {
    BEGIN = "INSERT INTO policy_flush (id, at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
    OF_VERSION = concat!(
        "SELECT interface, hour, CAST(sum(calls) AS BIGINT) AS calls, CAST(sum(failed) AS BIGINT) AS failed, \
        CAST(sum(unavailable) AS BIGINT) AS unavailable, CAST(sum(referred) AS BIGINT) AS referred, \
        max(fuel_max) AS fuel_max, max(took_max) AS took_max FROM policy_health",
        within!(),
        "GROUP BY hour, interface ORDER BY hour, interface"
    );
    PARTS = concat!(
        "SELECT interface, figure, bucket, CAST(sum(amount) AS BIGINT) AS amount FROM policy_health_count",
        within!(),
        "GROUP BY interface, figure, bucket ORDER BY interface, figure, bucket"
    );
    FORGET_HOURS = "DELETE FROM policy_health WHERE hour < $1";
    FORGET_COUNTS = "DELETE FROM policy_health_count WHERE hour < $1";
    FORGET_FLUSHES = "DELETE FROM policy_flush WHERE at < $1";
}

/// Rows in one statement.
const CHUNK: usize = 100;

/// Marks an addition as made; false where it was made before, and nothing is to be added again. In the same
/// transaction as what it adds. Needs [`Scope::Platform`](crate::Scope).
pub async fn begin(conn: &mut Conn, id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    Ok(conn.execute(BEGIN, vals![id, now]).await? > 0)
}

/// Adds what a host counted. Both lists name each row once, in an order that is the same on every host, so
/// that two of them never wait for each other.
pub async fn add(conn: &mut Conn, counted: &[Counted], amounts: &[Amount]) -> Result<(), StoreError> {
    for chunk in counted.chunks(CHUNK) {
        let values: Vec<Val> = chunk.iter().flat_map(counted_values).collect();
        conn.execute(HOURS.insert(chunk.len()), values).await?;
    }
    for chunk in amounts.chunks(CHUNK) {
        let values: Vec<Val> = chunk.iter().flat_map(amount_values).collect();
        conn.execute(COUNTS.insert(chunk.len()), values).await?;
    }
    Ok(())
}

fn counted_values(row: &Counted) -> Vec<Val> {
    vals![
        row.party,
        row.policy,
        row.hour,
        row.activation,
        &row.interface,
        row.calls,
        row.failed,
        row.unavailable,
        row.referred,
        row.fuel_max,
        row.took_max,
    ]
}

fn amount_values(row: &Amount) -> Vec<Val> {
    vals![row.party, row.policy, row.hour, &row.interface, &row.figure, row.bucket, row.amount]
}

/// Which hours of which version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whose policy it is.
    pub party: PartyId,
    /// The version.
    pub policy: PolicyId,
    /// The first hour.
    pub from: Timestamp,
    /// The first hour after them.
    pub until: Timestamp,
    /// One interface alone.
    pub interface: Option<String>,
}

impl Asked {
    fn values(&self) -> Vec<Val> {
        vals![self.party, self.policy, self.from, self.until, self.interface.as_deref()]
    }
}

/// A version's hours, earliest first.
pub async fn hours(conn: &mut Conn, asked: &Asked) -> Result<Vec<Hour>, StoreError> {
    conn.all(OF_VERSION, asked.values()).await
}

/// A version's distributions and failures over all those hours.
pub async fn parts(conn: &mut Conn, asked: &Asked) -> Result<Vec<Part>, StoreError> {
    conn.all(PARTS, asked.values()).await
}

/// Removes the hours before `hours` and the marks of additions before `flushes`; how many rows.
pub async fn forget(conn: &mut Conn, hours: Timestamp, flushes: Timestamp) -> Result<u64, StoreError> {
    let gone =
        conn.execute(FORGET_HOURS, vals![hours]).await? + conn.execute(FORGET_COUNTS, vals![hours]).await?;
    Ok(gone + conn.execute(FORGET_FLUSHES, vals![flushes]).await?)
}
