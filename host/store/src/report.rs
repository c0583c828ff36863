//! What reports add up. The database counts over indexed columns; no case file is read for a figure.
//!
//! Every figure is about the claims that `viewer` handles or owes, each counted once, within `[from, until)`.

use crate::record::record;
use crate::statements::statements;
use crate::value::vals;
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{ClaimId, PartyId};
use sanbao_domain::ticket::Ticket;
use uuid::Uuid;

/// How many of a kind one store has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The party that handles them.
    pub store: PartyId,
    /// Of what kind; absent where there is none.
    pub kind: Option<String>,
    /// How many.
    pub count: i64,
}
record!(Tally { store = "party_id", kind, count = "amount" });

/// A sum of one kind of money in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The party that handles the tickets.
    pub store: PartyId,
    /// Of what kind: see [`money`](crate::money).
    pub kind: String,
    /// ISO 4217.
    pub currency: String,
    /// Minor units.
    pub amount: i64,
}
record!(Sum { store = "party_id", kind, currency, amount });

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: i64,
    /// The whole.
    pub whole: i64,
}
record!(Share { part, whole });

/// Complaints of one cause that one department must put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseTally {
    /// The cause; absent where it is not found yet.
    pub cause: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// How many.
    pub complaints: i64,
    /// How many are at their end.
    pub resolved: i64,
    /// In how many the service was at fault.
    pub justified: i64,
}
record!(CauseTally { cause, department, complaints, resolved, justified });

/// A customer who complained.
#[derive(Clone, Debug, PartialEq)]
pub struct Complainant {
    /// The claim.
    pub claim: ClaimId,
    /// When.
    pub complained_at: Timestamp,
    /// The case file, with the customer.
    pub ticket: Ticket,
}
record!(Complainant { claim = "id", complained_at, ticket = "doc" as Json });

/// The rows of a table that are about party `$1`, with `time` within `[$2, $3)`: handled, or owed and handled
/// by another.
macro_rules! mine {
    ($table:literal, $columns:literal, $time:literal, $more:literal) => {
        concat!(
            "(SELECT ",
            $columns,
            " FROM ",
            $table,
            " WHERE party_id = $1 AND ",
            $time,
            " >= $2 AND ",
            $time,
            " < $3",
            $more,
            " UNION ALL SELECT ",
            $columns,
            " FROM ",
            $table,
            " WHERE respondent_id = $1 AND party_id <> $1 AND ",
            $time,
            " >= $2 AND ",
            $time,
            " < $3",
            $more,
            ") AS mine"
        )
    };
}

macro_rules! tally {
    ($table:literal, $kind:literal, $time:literal, $more:literal) => {
        concat!(
            "SELECT party_id, kind, count(*) AS amount FROM ",
            mine!($table, $kind, $time, $more),
            " GROUP BY party_id, kind ORDER BY party_id, kind"
        )
    };
}

macro_rules! share {
    ($part:literal, $from:expr) => {
        concat!(
            "SELECT CAST(coalesce(sum(CASE WHEN ",
            $part,
            " THEN 1 ELSE 0 END), 0) AS BIGINT) AS part, count(*) AS whole FROM ",
            $from
        )
    };
}

/// One page of the complaints in which party `$1` has one role, latest first.
macro_rules! roster {
    ($role:literal) => {
        concat!(
            "SELECT * FROM (SELECT party_id, ticket_id, id, complained_at FROM claim WHERE ",
            $role,
            " = $1 AND complained_at >= $2 AND complained_at < $3 AND (complained_at, id) < ($4, $5) \
            ORDER BY complained_at DESC, id DESC LIMIT $6) AS ",
            $role
        )
    };
}

statements! {
    OPENED = tally!("claim", "party_id, matter AS kind", "opened_at", "");
    VERDICTS = tally!("claim", "party_id, ruling AS kind", "opened_at", " AND ruling IS NOT NULL");
    ENDED = tally!("claim", "party_id, state AS kind", "ended_at", "");
    REMEDIES = tally!("claim", "party_id, remedy AS kind", "ended_at", " AND remedy IS NOT NULL");
    MISSED = tally!(
        "deadline", "party_id, CAST(NULL AS TEXT) AS kind", "due_at",
        " AND (state IN ('missed', 'met-late') OR (state = 'running' AND due_at <= $4))"
    );
    MONEY = concat!(
        "SELECT party_id, kind, currency, CAST(sum(amount) AS BIGINT) AS amount FROM ",
        mine!("money", "party_id, kind, currency, amount", "at", ""),
        " GROUP BY party_id, kind, currency ORDER BY party_id, kind, currency"
    );
    TIMELINESS = share!("state = 'met'", mine!(
        "deadline", "state", "due_at",
        " AND (state IN ('met', 'met-late', 'missed') OR (state = 'running' AND due_at <= $4))"
    ));
    SATISFACTION = share!("satisfied", mine!("claim", "satisfied", "surveyed_at", ""));
    JUSTIFIED = share!("justified", mine!("claim", "justified", "complained_at", ""));
    CLOSED = share!("state = 'closed'", mine!("claim", "state", "ended_at", " AND matter <> 'complaint'"));
    CAUSES = concat!(
        "SELECT cause, department, count(*) AS complaints, \
        CAST(sum(CASE WHEN resolved_at IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS resolved, \
        CAST(sum(CASE WHEN justified THEN 1 ELSE 0 END) AS BIGINT) AS justified FROM ",
        mine!("claim", "cause, department, resolved_at, justified", "complained_at", ""),
        " GROUP BY cause, department ORDER BY complaints DESC, cause, department"
    );
    ROSTER = concat!(
        "SELECT page.id, page.complained_at, t.doc FROM (",
        roster!("party_id"), " UNION ", roster!("respondent_id"),
        ") AS page JOIN ticket t ON t.party_id = page.party_id AND t.id = page.ticket_id \
        ORDER BY page.complained_at DESC, page.id DESC LIMIT $6"
    );
}

/// A period: from the first instant until before the second.
pub type Period = (Timestamp, Timestamp);

/// A day's business of the stores (STO-22).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Claims opened, by matter.
    pub opened: Vec<Tally>,
    /// Claims opened and judged, by ruling.
    pub verdicts: Vec<Tally>,
    /// Claims ended, by state: closed or cancelled.
    pub ended: Vec<Tally>,
    /// Claims closed, by remedy.
    pub remedies: Vec<Tally>,
    /// Deadlines that passed without being fulfilled in time.
    pub missed: Vec<Tally>,
    /// Money agreed on, collected, granted or imposed.
    pub money: Vec<Sum>,
}

/// What happened within a period, by store.
pub async fn day(
    conn: &mut Conn,
    viewer: PartyId,
    (from, until): Period,
    now: Timestamp,
) -> Result<Day, StoreError> {
    Ok(Day {
        opened: conn.all(OPENED, vals![viewer, from, until]).await?,
        verdicts: conn.all(VERDICTS, vals![viewer, from, until]).await?,
        ended: conn.all(ENDED, vals![viewer, from, until]).await?,
        remedies: conn.all(REMEDIES, vals![viewer, from, until]).await?,
        missed: conn.all(MISSED, vals![viewer, from, until, now]).await?,
        money: conn.all(MONEY, vals![viewer, from, until]).await?,
    })
}

/// The figures that targets are set for (BUS-03…05).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Milestones met in time, of those that fell due.
    pub timeliness: Share,
    /// Satisfied answers, of those given.
    pub satisfaction: Share,
    /// Complaints in which the service was at fault, of all.
    pub complaints: Share,
    /// Claims closed, of those ended; complaints apart.
    pub served: Share,
}

/// The figures of a period.
pub async fn figures(
    conn: &mut Conn,
    viewer: PartyId,
    (from, until): Period,
    now: Timestamp,
) -> Result<Figures, StoreError> {
    let within = || vals![viewer, from, until];
    Ok(Figures {
        timeliness: one(conn.optional(TIMELINESS, vals![viewer, from, until, now]).await?),
        satisfaction: one(conn.optional(SATISFACTION, within()).await?),
        complaints: one(conn.optional(JUSTIFIED, within()).await?),
        served: one(conn.optional(CLOSED, within()).await?),
    })
}

fn one(share: Option<Share>) -> Share {
    share.unwrap_or_default()
}

/// Complaints by cause and responsible department, most frequent first.
pub async fn causes(
    conn: &mut Conn,
    viewer: PartyId,
    (from, until): Period,
) -> Result<Vec<CauseTally>, StoreError> {
    conn.all(CAUSES, vals![viewer, from, until]).await
}

/// The roster of customers who complained, latest first (CTL-12).
pub async fn complainants(
    conn: &mut Conn,
    viewer: PartyId,
    (from, until): Period,
    after: Option<(Timestamp, ClaimId)>,
    limit: u32,
) -> Result<Vec<Complainant>, StoreError> {
    let (at, id) = after.map_or((until, Uuid::max()), |(at, id)| (at, id.0));
    conn.all(ROSTER, vals![viewer, from, until, at, id, limit]).await
}
