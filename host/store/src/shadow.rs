//! Shadow runs: a candidate beside the version in force, what was counted and where the two differ.

use crate::batch::Table;
use crate::record::{Single, record};
use crate::statements::statements;
use crate::value::{Val, json, vals};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{PartyId, PolicyId, ReceiptId, ShadowId};
use uuid::Uuid;

/// A shadow run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shadow {
    /// Its id.
    pub id: ShadowId,
    /// Whose it is.
    pub party: PartyId,
    /// The version that is tried.
    pub candidate: PolicyId,
    /// Percent of the calls, 1 to 100.
    pub share: u32,
    /// The interfaces that are compared; all where none is named.
    pub interfaces: Vec<String>,
    /// The candidate's settings, JSON; absent: as the live call's.
    pub settings: Option<String>,
    /// It ends by itself at this instant.
    pub until: Timestamp,
    /// Name of the key that started it.
    pub created_by: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// `until`, `retired`, or the name of the key that ended it.
    pub ended_by: Option<String>,
    /// Divergences that are kept.
    pub kept: u64,
}
record!(Shadow {
    id,
    party = "party_id",
    candidate = "candidate_id",
    share,
    interfaces as Json,
    settings,
    until,
    created_by,
    created_at,
    ended_at,
    ended_by,
    kept,
});

/// A count of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What is counted.
    pub figure: String,
    /// Of what; empty where the figure says it all.
    pub subject: String,
    /// How many, or how much.
    pub amount: i64,
}
record!(Count { figure, subject, amount });

/// An answer of the candidate that differs from the live one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// Its id.
    pub id: Uuid,
    /// The live call's receipt.
    pub receipt: ReceiptId,
    /// The function that was asked.
    pub interface: String,
    /// What differs, JSON.
    pub doc: String,
    /// When the candidate was asked.
    pub at: Timestamp,
}
record!(Divergence { id, receipt = "receipt_id", interface, doc, at });

pub(crate) const TABLE: Table = Table {
    name: "shadow",
    columns: &[
        "party_id",
        "id",
        "candidate_id",
        "share",
        "interfaces",
        "settings",
        "until",
        "created_by",
        "created_at",
        "kept",
    ],
    conflict: "",
};

pub(crate) const COUNTS: Table = Table {
    name: "shadow_count",
    columns: &["party_id", "shadow_id", "figure", "subject", "amount"],
    conflict: " ON CONFLICT (party_id, shadow_id, figure, subject) DO UPDATE SET \
        amount = shadow_count.amount + excluded.amount",
};

pub(crate) const DIVERGENCES: Table = Table {
    name: "shadow_divergence",
    columns: &["party_id", "shadow_id", "id", "receipt_id", "interface", "doc", "at"],
    conflict: "",
};

macro_rules! columns {
    () => {
        "SELECT party_id, id, candidate_id, share, interfaces, settings, until, created_by, created_at, \
        ended_at, ended_by, kept FROM shadow "
    };
}

statements! {
    FIND = concat!(columns!(), "WHERE party_id = $1 AND id = $2");
    LIST = concat!(columns!(), "WHERE party_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    RUNNING = concat!(columns!(), "WHERE ended_at IS NULL ORDER BY party_id, id");
    RUNNING_OF = "SELECT count(*) AS value FROM shadow WHERE party_id = $1 AND ended_at IS NULL";
    END = "UPDATE shadow SET ended_at = $3, ended_by = $4 WHERE party_id = $1 AND id = $2 AND ended_at IS NULL";
    END_RETIRED = "UPDATE shadow SET ended_at = $1, ended_by = 'retired' WHERE ended_at IS NULL AND EXISTS \
        (SELECT 1 FROM policy p WHERE p.party_id = shadow.party_id AND p.id = shadow.candidate_id \
        AND p.status = 'retired')";
    END_PAST = "UPDATE shadow SET ended_at = until, ended_by = 'until' WHERE ended_at IS NULL AND until <= $1";
    DUE = "SELECT count(*) AS value FROM shadow WHERE ended_at IS NULL AND (until <= $1 OR EXISTS \
        (SELECT 1 FROM policy p WHERE p.party_id = shadow.party_id AND p.id = shadow.candidate_id \
        AND p.status = 'retired'))";
    COUNTS_OF = "SELECT figure, subject, amount FROM shadow_count WHERE party_id = $1 AND shadow_id = $2 \
        ORDER BY figure, subject";
    LOCK = "UPDATE shadow SET kept = kept + 0 WHERE party_id = $1 AND id = $2 RETURNING kept AS value";
    KEPT = "UPDATE shadow SET kept = kept + $3 WHERE party_id = $1 AND id = $2";
    DIVERGENCES_OF = "SELECT id, receipt_id, interface, doc, at FROM shadow_divergence \
        WHERE party_id = $1 AND shadow_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4";
}

/// Starts a run; [`StoreError::Dangling`] when the party has no such version.
pub async fn insert(conn: &mut Conn, shadow: &Shadow) -> Result<(), StoreError> {
    let values = vals![
        shadow.party,
        shadow.id,
        shadow.candidate,
        shadow.share,
        json(&shadow.interfaces)?,
        shadow.settings.as_deref(),
        shadow.until,
        &shadow.created_by,
        shadow.created_at,
        shadow.kept,
    ];
    conn.execute(TABLE.insert(1), values).await.map(drop)
}

/// One of a party's runs.
pub async fn find(conn: &mut Conn, party: PartyId, id: ShadowId) -> Result<Option<Shadow>, StoreError> {
    conn.optional(FIND, vals![party, id]).await
}

/// A party's runs, newest first, older than `after`.
pub async fn list(
    conn: &mut Conn,
    party: PartyId,
    after: Option<ShadowId>,
    limit: u32,
) -> Result<Vec<Shadow>, StoreError> {
    conn.all(LIST, vals![party, after.map_or(Uuid::max(), |id| id.0), limit]).await
}

/// Every run that has not ended. Needs [`Scope::Platform`](crate::Scope).
pub async fn running(conn: &mut Conn) -> Result<Vec<Shadow>, StoreError> {
    conn.all(RUNNING, vec![]).await
}

/// How many of a party's runs have not ended.
pub async fn running_of(conn: &mut Conn, party: PartyId) -> Result<u64, StoreError> {
    let count = conn.optional::<Single<u64>>(RUNNING_OF, vals![party]).await?;
    Ok(count.map_or(0, |count| count.0))
}

/// Ends a run; false when it has ended already.
pub async fn end(
    conn: &mut Conn,
    party: PartyId,
    id: ShadowId,
    by: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(conn.execute(END, vals![party, id, now, by]).await? > 0)
}

/// Whether there is anything for [`end_due`] to do. Needs [`Scope::Platform`](crate::Scope).
pub async fn any_due(conn: &mut Conn, now: Timestamp) -> Result<bool, StoreError> {
    let count = conn.optional::<Single<u64>>(DUE, vals![now]).await?;
    Ok(count.is_some_and(|count| count.0 > 0))
}

/// Ends the runs whose time is over and those whose candidate was retired; how many. Needs
/// [`Scope::Platform`](crate::Scope).
pub async fn end_due(conn: &mut Conn, now: Timestamp) -> Result<u64, StoreError> {
    Ok(conn.execute(END_PAST, vals![now]).await? + conn.execute(END_RETIRED, vals![now]).await?)
}

/// Adds to the counts of a run, each named once, and keeps divergences until `most` are kept. The run's row is
/// locked first, so that hosts that add at the same time keep no more than that.
pub async fn add(
    conn: &mut Conn,
    (party, id): (PartyId, ShadowId),
    counts: &[Count],
    divergences: &[Divergence],
    most: u64,
) -> Result<(), StoreError> {
    let Some(Single(kept)) = conn.optional::<Single<u64>>(LOCK, vals![party, id]).await? else {
        return Ok(());
    };
    if !counts.is_empty() {
        let values: Vec<Val> = counts
            .iter()
            .flat_map(|count| vals![party, id, &count.figure, &count.subject, count.amount])
            .collect();
        conn.execute(COUNTS.insert(counts.len()), values).await?;
    }
    let room = usize::try_from(most.saturating_sub(kept)).unwrap_or(usize::MAX);
    let keep = divergences.get(..divergences.len().min(room)).unwrap_or_default();
    if !keep.is_empty() {
        let values: Vec<Val> = keep
            .iter()
            .flat_map(|one| vals![party, id, one.id, one.receipt, &one.interface, &one.doc, one.at])
            .collect();
        conn.execute(DIVERGENCES.insert(keep.len()), values).await?;
        conn.execute(KEPT, vals![party, id, keep.len() as u64]).await?;
    }
    Ok(())
}

/// The counts of a run.
pub async fn counts(conn: &mut Conn, party: PartyId, id: ShadowId) -> Result<Vec<Count>, StoreError> {
    conn.all(COUNTS_OF, vals![party, id]).await
}

/// The divergences that are kept, latest first, before `after`.
pub async fn divergences(
    conn: &mut Conn,
    (party, id): (PartyId, ShadowId),
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<Divergence>, StoreError> {
    conn.all(DIVERGENCES_OF, vals![party, id, after.unwrap_or(Uuid::max()), limit]).await
}
