//! Requisitions: proposed, approved, issued, used or returned, written off (BUS-41…43, 47).

use super::book::{known, posting, rehearse};
use super::refused::refused;
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::ids::IfMatch;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::ask::Found;
use crate::services::parties::Known;
use crate::services::shadows::Noticed;
use crate::services::tickets::tape::Tape;
use crate::views::parts::RequisitionView;
use crate::views::ticket::concerns;
use sanbao_domain::claim::Claim;
use sanbao_domain::ids::RequisitionId;
use sanbao_domain::money::Money;
use sanbao_domain::parts::requisition::{Command, Proposal, ReportProof};
use sanbao_domain::parts::{Place, Requisition};
use sanbao_domain::text::Text;
use sanbao_domain::time::{SpanUnit, Timestamp};
use sanbao_store::Conn;
use sanbao_store::parts::requisition::{Filter, Saved};
use sanbao_store::parts::{Booking, book, requisition};
use sanbao_store::ticket::{self, Change};

/// What people ask of a requisition.
#[derive(Clone, Debug)]
#[allow(missing_docs)] // Explained at the domain's commands.
pub enum Order {
    Approve { note: Option<String> },
    Reject { reason: String },
    Issue,
    Use { quantity: u32 },
    Postage { amount: Money, voucher: String },
    ReturnUnused { quantity: u32 },
    OldPart { quantity: u32, to: Option<Place> },
    OldPartLost { quantity: u32, reason: String },
    WriteOff { note: Option<String> },
    Repair { quantity: u32 },
}

/// Asks for parts for a claim (BUS-41). The owner's policy says who approves, and what becomes of the old
/// parts; its receipts go to the ticket.
///
/// # Errors
/// 404 for a claim that does not concern the caller, 422 for what is wrong with the request.
pub async fn propose(app: &App, caller: &Caller, once: &Once, proposal: Proposal) -> Answer {
    let mut checks = Checks::new();
    checks.text("reason", &proposal.reason, 1..=1000);
    checks.done()?;
    let now = app.now();
    let me = caller.party.id;
    let (saved, part, found) = {
        let mut conn = app.store().read(me).await?;
        let saved = ticket::find(&mut conn, me, proposal.ticket).await?;
        let saved = saved.ok_or_else(|| Problem::not_found().field("ticket"))?;
        let claim = saved.ticket.claim(proposal.claim).filter(|claim| concerns(&saved.ticket, claim, me));
        let claim = claim.ok_or_else(|| Problem::not_found().field("claim"))?;
        let job = proposal.job.is_none_or(|job| claim.procedures.jobs.find(Some(job)).is_some());
        checks.that(
            job,
            "job",
            Text::new("该诉求没有这项任务", "the claim has no such job"),
            Text::new("填派工单的编号，或不填。", "Give the id of one of its jobs, or leave it out."),
        );
        let mut parts =
            known(&mut conn, &mut checks, caller, vec![("part".to_owned(), proposal.part.clone())]).await?;
        checks.done()?;
        let part = parts.remove(&proposal.part).ok_or_else(Problem::not_found)?;
        let found = Found::read(&mut conn, claim, caller.party.clone(), now).await?;
        (saved, part, found)
    };
    let governed = found.load(app).await?;
    let mut tape = Tape::after(saved.ticket.handler, saved.ticket.id, saved.receipts, saved.receipt_head);
    let claim = saved.ticket.claim(proposal.claim).ok_or_else(Problem::not_found)?;
    let (steps, old_part) = match &governed.policy {
        Some(policy) => (
            policy.requisition_steps(app, claim, now, &mut tape).await,
            policy.old_part(app, claim, &part, now, &mut tape).await,
        ),
        None => (Vec::new(), sanbao_domain::parts::requisition::old_part_baseline()),
    };
    let actor = caller.actor();
    let new = Requisition::propose(app.id(), me, proposal, steps, old_part, &actor, now);
    let new = new.map_err(|refusal| refused(&refusal))?;
    let view = RequisitionView::new(&new, 1, &actor);
    let reply = Reply::created(&view, &format!("/v1/parts/requisitions/{}", new.id))?.etag(1);
    let receipts = tape.into_receipts();
    let noticed = Noticed::of(app, &receipts);
    let ticket = (!receipts.is_empty()).then(|| {
        let (version, ticket) = (saved.version, saved.ticket);
        (version, Change { ticket, entries: Vec::new(), receipts, messages: Vec::new(), answer: None, now })
    });
    let booking = Booking { requisitions: vec![(None, new)], ticket, ..Booking::new(me, now) };
    let reply = once.commit(app, me, reply, move |conn| Box::pin(book(conn, booking))).await?;
    noticed.stored(app);
    Ok(reply)
}

/// Decides a command on a requisition of the caller's and books what it moves.
///
/// # Errors
/// 404, the machine's refusal, 412 for another version, 409 when somebody else was faster.
pub async fn give(
    app: &App,
    caller: &Caller,
    id: RequisitionId,
    if_match: IfMatch,
    once: &Once,
    order: Order,
) -> Answer {
    let actor = caller.actor();
    let now = app.now();
    let me = caller.party.id;
    let mut conn = app.store().read(me).await?;
    let saved = requisition::find(&mut conn, me, id).await?.ok_or_else(Problem::not_found)?;
    let Saved { requisition: mut one, version } = saved;
    if_match.check(version.unsigned_abs())?;
    let command = command(&mut conn, caller, &one, order, now).await?;
    let mut movements = Vec::new();
    for event in one.handle(&actor, command, now).map_err(|refusal| refused(&refusal))? {
        movements.extend(event.movement(&one).map_err(|refusal| refused(&refusal))?);
        one.apply(&event, now);
    }
    rehearse(&mut conn, caller, &movements).await?;
    drop(conn);
    let view = RequisitionView::new(&one, version + 1, &actor);
    let reply = Reply::ok(&view)?.etag(view.version.unsigned_abs());
    let booked = |movement| {
        let mut posting = posting(app, caller, movement, None, now);
        posting.requisition = Some(id);
        posting
    };
    let postings = movements.into_iter().map(booked).collect();
    let booking = Booking { requisitions: vec![(Some(version), one)], postings, ..Booking::new(me, now) };
    once.commit(app, me, reply, move |conn| Box::pin(book(conn, booking))).await
}

/// Adds what the host knows to what people ask.
async fn command(
    conn: &mut Conn,
    caller: &Caller,
    one: &Requisition,
    order: Order,
    now: Timestamp,
) -> Result<Command, Problem> {
    let mut checks = Checks::new();
    Ok(match order {
        Order::Approve { note } => {
            checks.optional("note", note.as_deref(), 1..=1000).done()?;
            Command::Approve { note }
        }
        Order::Reject { reason } => {
            checks.text("reason", &reason, 0..=1000).done()?;
            Command::Reject { reason }
        }
        Order::Issue => Command::Issue,
        Order::Use { quantity } => Command::Use { quantity },
        Order::Postage { amount, voucher } => {
            checks.text("voucher", &voucher, 1..=200);
            checks.that(
                amount.is_valid() && amount.minor > 0,
                "amount",
                Text::new("金额有误", "the amount is not possible"),
                Text::new(
                    "最小货币单位的正整数和 ISO 4217 代码。",
                    "Give minor units, more than none, and an ISO 4217 code.",
                ),
            );
            checks.done()?;
            Command::Postage { amount, voucher }
        }
        Order::ReturnUnused { quantity } => Command::ReturnUnused { quantity },
        Order::OldPart { quantity, to } => {
            let on = caller.party.calendar.day(now);
            let scrap_from = scrap_from(&caller.party, one, now);
            Command::OldPartBack { quantity, to, on, scrap_from }
        }
        Order::OldPartLost { quantity, reason } => {
            checks.text("reason", &reason, 0..=1000).done()?;
            Command::OldPartLost { quantity, reason }
        }
        Order::WriteOff { note } => {
            checks.optional("note", note.as_deref(), 1..=1000).done()?;
            let found = ticket::find(conn, caller.party.id, one.ticket).await?;
            let claim: Option<&Claim> = found.as_ref().and_then(|saved| saved.ticket.claim(one.claim));
            let report = claim.and_then(|claim| ReportProof::find(one.ticket, claim, one.job, &one.part));
            Command::WriteOff { report, note }
        }
        Order::Repair { quantity } => Command::Repair { quantity },
    })
}

/// From which day old parts that come back now may be scrapped (BUS-48); nothing: never. A span in hours
/// counts as the day on which it ends.
fn scrap_from(owner: &Known, one: &Requisition, now: Timestamp) -> Option<sanbao_domain::time::Date> {
    let after = one.old_part.scrap_after?;
    let calendar = &owner.calendar;
    match after.unit {
        SpanUnit::Minutes | SpanUnit::Hours => calendar.due(now, after).ok().map(|at| calendar.day(at)),
        _ => calendar.add(calendar.day(now), after).ok(),
    }
}

/// A requisition of the caller's, with its version.
///
/// # Errors
/// 404.
pub async fn find(app: &App, caller: &Caller, id: RequisitionId) -> Result<RequisitionView, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    let saved = requisition::find(&mut conn, caller.party.id, id).await?.ok_or_else(Problem::not_found)?;
    Ok(RequisitionView::new(&saved.requisition, saved.version, &caller.actor()))
}

/// The caller's requisitions, newest first.
///
/// # Errors
/// The database.
pub async fn list(
    app: &App,
    caller: &Caller,
    filter: &Filter,
    page: Page<RequisitionId>,
) -> Result<Listed<RequisitionView>, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    let rows = requisition::list(&mut conn, caller.party.id, filter, page.after, page.fetch()).await?;
    let actor = caller.actor();
    let view = |saved: Saved| RequisitionView::new(&saved.requisition, saved.version, &actor);
    Ok(page.list(rows, |saved| saved.requisition.id, view))
}
