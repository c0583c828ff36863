//! Stock: what comes in, what moves between places, what is counted, and what is where.

use super::book::{known, posting, rehearse, station};
use super::refused::refused;
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::views::parts::{BalanceView, CountedView, HeldView, PostingView, ReceivedView};
use sanbao_domain::ids::{PartDocumentId, PostingId};
use sanbao_domain::parts::{
    Account, Condition, Ledger, Movement, MovementKind, Place, ReceivingForm, Spot, StockTake,
};
use sanbao_domain::text::Text;
use sanbao_store::StoreError;
use sanbao_store::parts::document::{Document, DocumentKind};
use sanbao_store::parts::{Booking, balance, book, document};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Lines of one form.
const MOST_LINES: usize = 200;
/// Rows of a list that comes on one page.
const MOST_ROWS: u32 = 1000;

/// A movement by hand.
#[derive(Clone, Debug)]
pub struct ByHand {
    /// `transferred` or `sold`.
    pub kind: MovementKind,
    /// Part number.
    pub part: String,
    /// Condition, which stays.
    pub condition: Condition,
    /// Pieces.
    pub quantity: u32,
    /// From where.
    pub from: Place,
    /// To where; the customer when it is sold.
    pub to: Option<Place>,
    /// Why.
    pub reason: Option<String>,
}

/// Moves parts between shelves and stations (BUS-49), or books a sale.
///
/// # Errors
/// 422 for places that are none, 409 where there are fewer, or for the sale of a repaired part (LGT-47).
pub async fn move_by_hand(app: &App, caller: &Caller, once: &Once, hand: ByHand) -> Answer {
    let mut checks = Checks::new();
    checks.optional("reason", hand.reason.as_deref(), 1..=1000);
    checks.that(
        matches!(hand.kind, MovementKind::Transferred | MovementKind::Sold),
        "kind",
        Text::new("只能是 transferred 或 sold", "only transferred and sold are booked by hand"),
        Text::new(
            "入库、盘点、领料和报废有各自的地址。",
            "Receipts, stock-takes, requisitions and disposals have addresses of their own.",
        ),
    );
    checks.that(
        hand.to.is_some() || hand.kind == MovementKind::Sold,
        "to",
        Text::new("没有目的地", "the destination is missing"),
        Text::new("填 store:名称 或 station:编号。", "Give store:NAME or station:PARTY."),
    );
    checks.done()?;
    let now = app.now();
    let to = hand.to.unwrap_or(Place::Customer);
    let movement = {
        let mut conn = app.store().read(caller.party.id).await?;
        known(&mut conn, &mut checks, caller, vec![("part".to_owned(), hand.part.clone())]).await?;
        station(&mut conn, &mut checks, caller, "to", &to).await?;
        checks.done()?;
        let (from, to) = (Spot::new(hand.from, hand.condition), Spot::new(to, hand.condition));
        let movement = Movement::new(hand.kind, hand.part, from, to, hand.quantity);
        let movement = movement.map_err(|refusal| refused(&refusal))?;
        rehearse(&mut conn, caller, std::slice::from_ref(&movement)).await?;
        movement
    };
    let posting = posting(app, caller, movement, hand.reason, now);
    let reply = Reply::json(axum::http::StatusCode::CREATED, &PostingView::from(&posting))?;
    let booking = Booking { postings: vec![posting], ..Booking::new(caller.party.id, now) };
    once.commit(app, caller.party.id, reply, move |conn| Box::pin(book(conn, booking))).await
}

/// Books a receiving form in (BUS-45, 46).
///
/// # Errors
/// 409 for a form that is booked already, 422 for what is wrong with it.
pub async fn receive(app: &App, caller: &Caller, once: &Once, form: ReceivingForm) -> Answer {
    let mut checks = Checks::new();
    checks.text("number", &form.number, 1..=100);
    checks.text("delivered_by", &form.delivered_by, 1..=200);
    checks.text("received_by", &form.received_by, 1..=200);
    checks.optional("voucher", form.voucher.as_deref(), 1..=200);
    lines(&mut checks, "lines", form.lines.len());
    checks.done()?;
    let movements = form.movements().map_err(|refusal| refused(&refusal))?;
    {
        let mut conn = app.store().read(caller.party.id).await?;
        let named = form.lines.iter().enumerate();
        let named = named.map(|(index, line)| (format!("lines[{index}].part"), line.part.clone())).collect();
        known(&mut conn, &mut checks, caller, named).await?;
        station(&mut conn, &mut checks, caller, "place", &form.place).await?;
        checks.done()?;
    }
    let now = app.now();
    let document = Document {
        id: app.id(),
        kind: DocumentKind::Receipt,
        number: Some(form.number.clone()),
        doc: serde_json::to_string(&form)?,
        by: caller.name.clone(),
        at: now,
    };
    let postings = movements.into_iter().map(|movement| {
        let mut posting = posting(app, caller, movement, form.voucher.clone(), now);
        posting.document = Some(document.id);
        posting
    });
    let postings = postings.collect();
    let reply = Reply::json(axum::http::StatusCode::CREATED, &ReceivedView::new(&document, form))?;
    let booking = Booking { document: Some(document), postings, ..Booking::new(caller.party.id, now) };
    once.commit(app, caller.party.id, reply, move |conn| Box::pin(book(conn, booking))).await
}

/// What a stock-take found, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Counted {
    /// The sheet.
    #[serde(flatten)]
    pub sheet: StockTake,
    /// Where it was not what the book said.
    pub differences: Vec<sanbao_domain::parts::Difference>,
}

/// Books a stock-take: afterwards the book equals the stock, with the reason of every difference (BUS-44).
///
/// # Errors
/// 422 for a sheet that is not complete or does not explain itself, 409 when something moved meanwhile.
pub async fn count(app: &App, caller: &Caller, once: &Once, sheet: StockTake) -> Answer {
    let mut checks = Checks::new();
    checks.text("counted_by", &sheet.counted_by, 1..=200);
    lines(&mut checks, "counts", sheet.counts.len());
    for (index, count) in sheet.counts.iter().enumerate() {
        checks.optional(format!("counts[{index}].reason"), count.reason.as_deref(), 0..=1000);
    }
    checks.done()?;
    let me = caller.party.id;
    let differences = {
        let mut conn = app.store().read(me).await?;
        let named = sheet.counts.iter().enumerate();
        let named =
            named.map(|(index, count)| (format!("counts[{index}].part"), count.part.clone())).collect();
        let parts = known(&mut conn, &mut checks, caller, named).await?;
        checks.done()?;
        let mut balances = BTreeMap::new();
        for part in parts.into_keys() {
            for condition in Condition::EVERY {
                let account = Account::new(part.clone(), sheet.place.clone(), condition);
                let quantity = balance::one(&mut conn, me, &account).await?;
                balances.insert(account, quantity);
            }
        }
        sheet.differences(&Ledger::with(balances)).map_err(|refusal| refused(&refusal))?
    };
    let now = app.now();
    let counted = Counted { sheet, differences };
    let document = Document {
        id: app.id(),
        kind: DocumentKind::StockTake,
        number: None,
        doc: serde_json::to_string(&counted)?,
        by: caller.name.clone(),
        at: now,
    };
    let mut postings = Vec::new();
    for difference in &counted.differences {
        let movement = difference.movement(&counted.sheet.place).map_err(|refusal| refused(&refusal))?;
        let mut posting = posting(app, caller, movement, Some(difference.reason.clone()), now);
        posting.document = Some(document.id);
        postings.push(posting);
    }
    let reply = Reply::json(axum::http::StatusCode::CREATED, &CountedView::new(&document, counted.clone()))?;
    let booking = Booking { document: Some(document), postings, ..Booking::new(me, now) };
    once.commit(app, me, reply, move |conn| {
        Box::pin(async move {
            book(conn, booking).await?;
            for count in counted.sheet.counts {
                let account = Account::new(count.part, counted.sheet.place.clone(), count.condition);
                if balance::one(conn, me, &account).await? != i64::from(count.counted) {
                    return Err(StoreError::Stale);
                }
            }
            Ok(())
        })
    })
    .await
}

fn lines(checks: &mut Checks, field: &str, count: usize) {
    checks.that(
        (1..=MOST_LINES).contains(&count),
        field,
        Text::new("行数不合要求", "there are too few or too many lines"),
        Text::new(format!("1 至 {MOST_LINES} 行。"), format!("Give 1 to {MOST_LINES} lines.")),
    );
}

/// Where a part is: shelves, stations, people, and outside; all of it adds up to nothing.
///
/// # Errors
/// 404.
pub async fn of_part(app: &App, caller: &Caller, number: &str) -> Result<Listed<BalanceView>, Problem> {
    super::catalogue::find(app, caller, number).await?;
    let mut conn = app.store().read(caller.party.id).await?;
    let rows = balance::of_part(&mut conn, caller.party.id, number).await?;
    Ok(Listed::all(rows.into_iter().map(BalanceView::from).collect()))
}

/// What is at a place.
///
/// # Errors
/// The database.
pub async fn at_place(app: &App, caller: &Caller, place: &Place) -> Result<Listed<BalanceView>, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    let rows = balance::at_place(&mut conn, caller.party.id, place, MOST_ROWS).await?;
    Ok(Listed::all(rows.into_iter().map(BalanceView::from).collect()))
}

/// What the caller holds for others, in accounts apart (BUS-49).
///
/// # Errors
/// The database.
pub async fn held(app: &App, caller: &Caller) -> Result<Listed<HeldView>, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    let rows = balance::held(&mut conn, caller.party.id, MOST_ROWS).await?;
    Ok(Listed::all(rows.into_iter().map(HeldView::from).collect()))
}

/// The caller's postings, newest first.
///
/// # Errors
/// The database.
pub async fn postings(
    app: &App,
    caller: &Caller,
    part: Option<&str>,
    page: Page<PostingId>,
) -> Result<Listed<PostingView>, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    let rows = sanbao_store::parts::posting::list(&mut conn, caller.party.id, part, page.after, page.fetch())
        .await?;
    Ok(page.list(rows, |posting| posting.id, |posting| PostingView::from(&posting)))
}

/// The caller's receiving forms, newest first.
///
/// # Errors
/// The database, or a form that this build cannot read.
pub async fn receipts(
    app: &App,
    caller: &Caller,
    page: Page<PartDocumentId>,
) -> Result<Listed<ReceivedView>, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    let kind = DocumentKind::Receipt;
    let rows = document::list(&mut conn, caller.party.id, kind, page.after, page.fetch()).await?;
    let read = |row: Document| Ok((serde_json::from_str(&row.doc)?, row));
    let rows: Vec<(ReceivingForm, Document)> = rows.into_iter().map(read).collect::<Result<_, Problem>>()?;
    Ok(page.list(rows, |(_, row)| row.id, |(form, row)| ReceivedView::new(&row, form)))
}

/// The caller's stock-takes, newest first.
///
/// # Errors
/// As [`receipts`].
pub async fn stock_takes(
    app: &App,
    caller: &Caller,
    page: Page<PartDocumentId>,
) -> Result<Listed<CountedView>, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    let kind = DocumentKind::StockTake;
    let rows = document::list(&mut conn, caller.party.id, kind, page.after, page.fetch()).await?;
    let read = |row: Document| Ok((serde_json::from_str(&row.doc)?, row));
    let rows: Vec<(Counted, Document)> = rows.into_iter().map(read).collect::<Result<_, Problem>>()?;
    Ok(page.list(rows, |(_, row)| row.id, |(counted, row)| CountedView::new(&row, counted)))
}
