//! Disposal: old parts every month (BUS-48), and spares once nobody need keep them (LGT-43).

use super::book::{posting, rehearse};
use super::refused::refused;
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::ask::Found;
use crate::services::parties;
use crate::views::parts::{DisposalView, DisposedView, OldPartsView, PostingView};
use axum::http::StatusCode;
use sanbao_domain::ids::RequisitionId;
use sanbao_domain::parts::disposal::may_scrap_spare;
use sanbao_domain::parts::requisition::Command;
use sanbao_domain::parts::{Condition, Movement, MovementKind, Part, Place, Spot};
use sanbao_domain::retention::Keeping;
use sanbao_domain::text::Text;
use sanbao_domain::time::{Date, Timestamp};
use sanbao_store::parts::document::{Document, DocumentKind};
use sanbao_store::parts::requisition::Saved;
use sanbao_store::parts::{Booking, book, requisition};
use serde::Serialize;

/// Requisitions looked at in one disposal; a further one takes the rest.
const MOST: u32 = 500;

/// What is due this month, and what retention keeps back (BUS-48).
///
/// # Errors
/// The database.
pub async fn due(app: &App, caller: &Caller) -> Result<DisposalView, Problem> {
    let today = caller.party.calendar.day(app.now());
    let rows = with_old_parts(app, caller).await?;
    Ok(DisposalView::new(today, rows.iter().flat_map(|saved| OldPartsView::of(&saved.requisition, today))))
}

async fn with_old_parts(app: &App, caller: &Caller) -> Result<Vec<Saved>, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    Ok(requisition::with_old_parts(&mut conn, caller.party.id, MOST).await?)
}

/// What was thrown away, as it is kept.
#[derive(Debug, Serialize)]
struct Sheet<'s> {
    today: Date,
    note: Option<&'s str>,
    requisitions: Vec<RequisitionId>,
}

/// Throws old parts away: those of the requisitions named, or all that are due.
///
/// # Errors
/// 409 for named ones that must stay, or when nothing is due; 404 for requisitions that are none of the
/// caller's or have no old parts.
pub async fn dispose(
    app: &App,
    caller: &Caller,
    once: &Once,
    named: Option<Vec<RequisitionId>>,
    note: Option<String>,
) -> Answer {
    let mut checks = Checks::new();
    checks.optional("note", note.as_deref(), 1..=1000).done()?;
    let (me, actor, now) = (caller.party.id, caller.actor(), app.now());
    let today = caller.party.calendar.day(now);
    let mut rows = with_old_parts(app, caller).await?;
    if let Some(named) = &named {
        let all = named.iter().all(|id| rows.iter().any(|saved| saved.requisition.id == *id));
        if !all {
            return Err(Problem::not_found().field("requisitions"));
        }
        rows.retain(|saved| named.contains(&saved.requisition.id));
    }
    let document = Document {
        id: app.id(),
        kind: DocumentKind::Disposal,
        number: None,
        doc: String::new(),
        by: caller.name.clone(),
        at: now,
    };
    let (mut changed, mut postings) = (Vec::new(), Vec::new());
    for Saved { requisition: mut one, version } in rows {
        let events = match one.handle(&actor, Command::Scrap { today }, now) {
            Ok(events) => events,
            Err(_) if named.is_none() => continue,
            Err(refusal) => return Err(refused(&refusal)),
        };
        for event in events {
            if let Some(movement) = event.movement(&one).map_err(|refusal| refused(&refusal))? {
                let mut posting = posting(app, caller, movement, note.clone(), now);
                posting.requisition = Some(one.id);
                posting.document = Some(document.id);
                postings.push(posting);
            }
            one.apply(&event, now);
        }
        changed.push((Some(version), one));
    }
    if changed.is_empty() {
        return Err(nothing_due());
    }
    let movements: Vec<Movement> = postings.iter().map(|posting| posting.movement.clone()).collect();
    rehearse(&mut app.store().read(me).await?, caller, &movements).await?;
    let requisitions = changed.iter().map(|(_, one)| one.id).collect();
    let doc = serde_json::to_string(&Sheet { today, note: note.as_deref(), requisitions })?;
    let reply = Reply::json(StatusCode::CREATED, &DisposedView::new(document.id, today, &postings))?;
    let booking = Booking {
        document: Some(Document { doc, ..document }),
        requisitions: changed,
        postings,
        ..Booking::new(me, now)
    };
    once.commit(app, me, reply, move |conn| Box::pin(book(conn, booking))).await
}

/// Spares to throw away.
#[derive(Clone, Debug)]
pub struct Spares {
    /// From which shelf or station.
    pub place: Place,
    /// Good, or of the after-sales pool.
    pub condition: Condition,
    /// Pieces.
    pub quantity: u32,
    /// Why.
    pub reason: String,
}

/// Throws spares away, once the term after the discontinuation of their model has passed (LGT-43). Whose
/// part it is says how long that is.
///
/// # Errors
/// 404 for a part that is none of the caller's, 409 while it must be kept or where there are fewer.
pub async fn scrap(app: &App, caller: &Caller, once: &Once, number: &str, spares: Spares) -> Answer {
    let part = super::catalogue::find(app, caller, number).await?;
    let mut checks = Checks::new();
    checks.text("reason", &spares.reason, 1..=1000);
    checks.that(
        spares.condition.is_usable(),
        "condition",
        Text::new("只能是 good 或 after-sales", "only good and after-sales are spares"),
        Text::new("旧件用 POST /v1/parts/disposals。", "Old parts go with POST /v1/parts/disposals."),
    );
    checks.done()?;
    let now = app.now();
    let keeping = keeping(app, caller, &part, spares.condition == Condition::AfterSales, now).await?;
    let today = caller.party.calendar.day(now);
    may_scrap_spare(&part, keeping.as_ref(), today, &caller.party.calendar)
        .map_err(|refusal| refused(&refusal))?;
    let from = Spot::new(spares.place, spares.condition);
    let to = Spot::new(Place::Scrap, Condition::Scrapped);
    let movement = Movement::new(MovementKind::Scrapped, number, from, to, spares.quantity);
    let movement = movement.map_err(|refusal| refused(&refusal))?;
    let me = caller.party.id;
    rehearse(&mut app.store().read(me).await?, caller, std::slice::from_ref(&movement)).await?;
    let posting = posting(app, caller, movement, Some(spares.reason), now);
    let reply = Reply::json(StatusCode::CREATED, &PostingView::from(&posting))?;
    let booking = Booking { postings: vec![posting], ..Booking::new(me, now) };
    once.commit(app, me, reply, move |conn| Box::pin(book(conn, booking))).await
}

async fn keeping(
    app: &App,
    caller: &Caller,
    part: &Part,
    repaired: bool,
    now: Timestamp,
) -> Result<Option<Keeping>, Problem> {
    let maker = match part.brand {
        Some(brand) => parties::known(app, brand).await?.ok_or_else(Problem::not_found)?,
        None => caller.party.clone(),
    };
    let found = {
        let mut conn = app.store().read(caller.party.id).await?;
        let today = maker.calendar.day(now);
        Found::on(&mut conn, maker, today).await?
    };
    match found.load(app).await?.policy {
        Some(policy) => {
            let answered = policy.keeping(app, &caller.party, part, repaired, now).await;
            answered.map_err(super::required::no_answer)
        }
        None => Ok(None),
    }
}

fn nothing_due() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "nothing-due",
        Text::new("目前没有可以处理的旧件", "No old parts may be disposed of now"),
    )
    .rule("BUS-48")
    .fix(Text::new("用 GET /v1/parts/disposals 查看。", "Look at GET /v1/parts/disposals."))
}
