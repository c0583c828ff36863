//! Reading tickets, what is due on them, their journal and their receipts.

use super::show::{self, Words};
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::views::deadline::{DeadlineView, TicketDeadlineView};
use crate::views::follow_up::FollowUpView;
use crate::views::journal::EntryView;
use crate::views::receipt::ReceiptView;
use crate::views::rulebook::Rulebook;
use crate::views::ticket::{TicketView, concerns};
use crate::views::verdict::{ClaimVerdictView, VerdictView};
use sanbao_domain::ids::{ClaimId, DeadlineId, FollowUpId, ReceiptId, TicketId};
use sanbao_domain::text::Language;
use sanbao_domain::ticket::Ticket;
use sanbao_domain::time::Timestamp;
use sanbao_store::ticket::{Filter, Saved};
use sanbao_store::{deadline, follow_up, journal, receipt, ticket};

/// A ticket that concerns the caller.
///
/// # Errors
/// 404 otherwise.
pub async fn saved(app: &App, caller: &Caller, id: TicketId) -> Result<Saved, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    ticket::find(&mut conn, caller.party.id, id).await?.ok_or_else(Problem::not_found)
}

/// One ticket.
///
/// # Errors
/// 404 where it does not concern the caller.
pub async fn one(
    app: &App,
    caller: &Caller,
    language: Language,
    id: TicketId,
) -> Result<TicketView, Problem> {
    let saved = saved(app, caller, id).await?;
    show::ticket(app, &caller.actor(), language, &saved.ticket, saved.version).await
}

/// The tickets that concern the caller, newest first.
///
/// # Errors
/// The database.
pub async fn list(
    app: &App,
    caller: &Caller,
    language: Language,
    filter: Filter,
    page: Page<TicketId>,
) -> Result<Listed<TicketView>, Problem> {
    let rows = {
        let mut conn = app.store().read(caller.party.id).await?;
        ticket::list(&mut conn, caller.party.id, &filter, page.after, page.fetch()).await?
    };
    let tickets: Vec<&Ticket> = rows.iter().map(|saved| &saved.ticket).collect();
    let words = Words::gather(app, &tickets).await?;
    let actor = caller.actor();
    let lens = words.lens(&actor, language);
    Ok(page.list(rows, |saved| saved.ticket.id, |saved| TicketView::new(&saved.ticket, saved.version, &lens)))
}

/// The verdict on one claim.
///
/// # Errors
/// 404 where it does not concern the caller.
pub async fn verdict(
    app: &App,
    caller: &Caller,
    language: Language,
    (id, claim): (TicketId, ClaimId),
) -> Result<ClaimVerdictView, Problem> {
    let saved = saved(app, caller, id).await?;
    let found = visible(&saved.ticket, claim, caller).ok_or_else(Problem::not_found)?;
    let words = Words::gather(app, &[&saved.ticket]).await?;
    let actor = caller.actor();
    let book = words.lens(&actor, language).book(found);
    Ok(ClaimVerdictView { claim, verdict: VerdictView::new(found, &book) })
}

/// What is or was due on a ticket.
///
/// # Errors
/// 404 where it does not concern the caller.
pub async fn deadlines(
    app: &App,
    caller: &Caller,
    language: Language,
    id: TicketId,
) -> Result<Listed<TicketDeadlineView>, Problem> {
    let saved = saved(app, caller, id).await?;
    let book = Rulebook::new(None, language);
    let mut all: Vec<_> = saved
        .ticket
        .claims
        .iter()
        .filter(|claim| concerns(&saved.ticket, claim, caller.party.id))
        .flat_map(|claim| claim.deadlines.iter().map(|deadline| (claim.id, deadline)))
        .collect();
    all.sort_by_key(|(_, deadline)| (deadline.due_at, deadline.id));
    let views = all.into_iter().map(|(claim, deadline)| TicketDeadlineView {
        ticket: None,
        claim,
        deadline: DeadlineView::new(deadline, &book),
    });
    Ok(Listed::all(views.collect()))
}

/// What is or was due on all tickets that the caller handles or owes something in, earliest first.
///
/// # Errors
/// The database.
pub async fn all_deadlines(
    app: &App,
    caller: &Caller,
    language: Language,
    state: Option<String>,
    before: Option<Timestamp>,
    page: Page<(Timestamp, DeadlineId)>,
) -> Result<Listed<TicketDeadlineView>, Problem> {
    let rows = {
        let mut conn = app.store().read(caller.party.id).await?;
        let filter = deadline::Filter { state, before, after: page.after };
        deadline::list(&mut conn, caller.party.id, &filter, page.fetch()).await?
    };
    let book = Rulebook::new(None, language);
    Ok(page.list(
        rows,
        |due| (due.deadline.due_at, due.deadline.id),
        |due| TicketDeadlineView {
            ticket: Some(due.ticket),
            claim: due.claim,
            deadline: DeadlineView::new(&due.deadline, &book),
        },
    ))
}

/// The follow-ups of all tickets that the caller handles or owes something in, earliest first.
///
/// # Errors
/// The database.
pub async fn follow_ups(
    app: &App,
    caller: &Caller,
    language: Language,
    state: Option<String>,
    due_before: Option<Timestamp>,
    page: Page<(Timestamp, FollowUpId)>,
) -> Result<Listed<FollowUpView>, Problem> {
    let rows = {
        let mut conn = app.store().read(caller.party.id).await?;
        let filter = follow_up::Filter { state, due_before, after: page.after };
        follow_up::list(&mut conn, caller.party.id, &filter, page.fetch()).await?
    };
    let book = Rulebook::new(None, language);
    Ok(page.list(
        rows,
        |owed| (owed.follow_up.latest, owed.follow_up.id),
        |owed| FollowUpView::new(owed, &book),
    ))
}

/// What happened on a ticket, in order.
///
/// # Errors
/// 404 where it does not concern the caller.
pub async fn entries(
    app: &App,
    caller: &Caller,
    id: TicketId,
    page: Page<u64>,
) -> Result<Listed<EntryView>, Problem> {
    let me = caller.party.id;
    let (saved, rows) = {
        let mut conn = app.store().read(me).await?;
        let saved = ticket::find(&mut conn, me, id).await?.ok_or_else(Problem::not_found)?;
        let rows = journal::list(&mut conn, me, id, page.after.unwrap_or_default(), page.fetch()).await?;
        (saved, rows)
    };
    let mut words = Words::gather(app, &[&saved.ticket]).await?;
    for party in rows.iter().filter_map(|entry| entry.actor.party) {
        words.name(app, party).await?;
    }
    let listed = page.list(rows, |entry| entry.seq, |entry| entry);
    let items =
        listed.items.into_iter().filter(|entry| visible(&saved.ticket, entry.claim, caller).is_some());
    Ok(Listed {
        items: items.map(|entry| EntryView::new(entry, words.names())).collect(),
        next_cursor: listed.next_cursor,
    })
}

/// The recorded decisions on a ticket, in the order of their chain.
///
/// # Errors
/// 404 where it does not concern the caller.
pub async fn receipts(app: &App, caller: &Caller, id: TicketId) -> Result<Listed<ReceiptView>, Problem> {
    let me = caller.party.id;
    let (saved, rows) = {
        let mut conn = app.store().read(me).await?;
        let saved = ticket::find(&mut conn, me, id).await?.ok_or_else(Problem::not_found)?;
        (saved, receipt::of_ticket(&mut conn, me, id).await?)
    };
    let rows = rows.into_iter().filter(|receipt| visible(&saved.ticket, receipt.claim, caller).is_some());
    Ok(Listed::all(rows.map(ReceiptView::new).collect()))
}

/// One recorded decision.
///
/// # Errors
/// 404 where it does not concern the caller.
pub async fn receipt(app: &App, caller: &Caller, id: ReceiptId) -> Result<ReceiptView, Problem> {
    Ok(ReceiptView::new(receipt_of(app, caller, id).await?.1))
}

/// One recorded decision as it is kept, with its ticket.
///
/// # Errors
/// 404 where it does not concern the caller.
pub async fn receipt_of(
    app: &App,
    caller: &Caller,
    id: ReceiptId,
) -> Result<(Saved, receipt::Receipt), Problem> {
    let me = caller.party.id;
    let mut conn = app.store().read(me).await?;
    let found = receipt::find(&mut conn, me, id).await?.ok_or_else(Problem::not_found)?;
    let saved = ticket::find(&mut conn, me, found.ticket).await?.ok_or_else(Problem::not_found)?;
    visible(&saved.ticket, found.claim, caller).ok_or_else(Problem::not_found)?;
    Ok((saved, found))
}

/// The claim, where it concerns the caller.
pub fn visible<'t>(
    ticket: &'t Ticket,
    claim: ClaimId,
    caller: &Caller,
) -> Option<&'t sanbao_domain::claim::Claim> {
    ticket.claim(claim).filter(|claim| concerns(ticket, claim, caller.party.id))
}
