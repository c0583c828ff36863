//! Recorded decisions in the order of their ids, for replay: many at a time, few columns.
//!
//! A row of a driver costs more than what is read here: a page of hundreds of decisions therefore travels as one
//! text. Input and output are JSON, which holds no control characters, so two of these keep the parts apart.

use crate::record::{Single, record};
use crate::statements::statements;
use crate::value::vals;
use crate::{Conn, Engine, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{PartyId, ReceiptId};
use uuid::Uuid;

/// Between decisions. A `char`, as a text is searched for one many times faster than for another text.
const RECORD: char = '\u{1e}';
/// Between the id, the input and the output of one.
const FIELD: char = '\u{1f}';

/// Which decisions of a party's policies.
#[derive(Clone, Debug)]
pub struct Span {
    /// Whose policies decided.
    pub respondent: PartyId,
    /// The function that was asked.
    pub function: String,
    /// Only receipts with smaller ids.
    pub before: Uuid,
    /// Decided at this instant or later.
    pub from: Option<Timestamp>,
    /// Decided before this instant.
    pub until: Option<Timestamp>,
}

/// Some decisions, in the order of their ids.
#[derive(Debug, Default)]
pub struct Page {
    text: String,
}

/// One decision, as its receipt holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided<'a> {
    /// The receipt.
    pub receipt: ReceiptId,
    /// What was asked.
    pub input: &'a str,
    /// What was answered.
    pub output: &'a str,
}

impl Page {
    /// The decisions.
    pub fn decisions(&self) -> impl Iterator<Item = Decided<'_>> {
        self.text.split(RECORD).filter_map(|record| {
            let (id, rest) = record.split_once(FIELD)?;
            let (input, output) = rest.split_once(FIELD)?;
            Some(Decided { receipt: id.parse().ok()?, input, output })
        })
    }

    /// The greatest id; absent in an empty page.
    pub fn last(&self) -> Option<ReceiptId> {
        self.decisions().map(|one| one.receipt).max()
    }
}

struct Text {
    text: Option<String>,
}
record!(Text { text });

/// A party's own policies decided: a statutory floor, which is the platform's, is recorded with the respondent
/// too.
macro_rules! wanted {
    () => {
        "respondent_id = $1 AND interface = $2 AND id > $3 AND id < $4 \
         AND (CAST($5 AS TIMESTAMPTZ) IS NULL OR decided_at >= $5) \
         AND (CAST($6 AS TIMESTAMPTZ) IS NULL OR decided_at < $6) \
         AND policy_id IN (SELECT p.id FROM policy p WHERE p.party_id = $1)"
    };
}

/// An id as text is where the engines differ.
macro_rules! page {
    ($id:literal) => {
        concat!(
            "SELECT string_agg(one, CAST($8 AS TEXT)) AS text FROM (SELECT ",
            $id,
            " || CAST($9 AS TEXT) || input || CAST($9 AS TEXT) || output AS one FROM receipt WHERE ",
            wanted!(),
            " ORDER BY id LIMIT $7) AS page"
        )
    };
}

statements! {
    COUNT = concat!("SELECT count(*) AS value FROM receipt WHERE ", wanted!());
    SINCE = "SELECT count(*) AS value FROM (SELECT 1 FROM receipt WHERE respondent_id = $1 AND interface = $2 \
        AND id > $3 LIMIT $4) AS newer";
}

pub(crate) fn page_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => page!("hex(id)"),
        Engine::Postgres => page!("CAST(id AS TEXT)"),
    }
}

/// The next decisions of a span, at most `limit`.
pub async fn page(conn: &mut Conn, span: &Span, after: Uuid, limit: u32) -> Result<Page, StoreError> {
    let values = vals![
        span.respondent,
        &span.function,
        after,
        span.before,
        span.from,
        span.until,
        limit,
        RECORD.to_string(),
        FIELD.to_string(),
    ];
    let found = conn.optional::<Text>(page_sql(conn.engine()), values).await?;
    Ok(Page { text: found.and_then(|row| row.text).unwrap_or_default() })
}

/// How many decisions a span has.
pub async fn count(conn: &mut Conn, span: &Span) -> Result<u64, StoreError> {
    let values = vals![span.respondent, &span.function, Uuid::nil(), span.before, span.from, span.until];
    Ok(conn.optional::<Single<u64>>(COUNT, values).await?.map_or(0, |count| count.0))
}

/// How many decisions of a function came after an id, counted up to `most`.
pub async fn since(
    conn: &mut Conn,
    respondent: PartyId,
    function: &str,
    after: Uuid,
    most: u64,
) -> Result<u64, StoreError> {
    let found = conn.optional::<Single<u64>>(SINCE, vals![respondent, function, after, most]).await?;
    Ok(found.map_or(0, |count| count.0))
}
