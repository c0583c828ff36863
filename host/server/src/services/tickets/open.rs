//! Opening a ticket, or adding a claim to one: facts in, judged at once where something is asked for under
//! cover.

use super::facts;
use super::intake::{Basis, OpenClaim, OpenTicket, dealership_ended, unknown_respondent};
use super::show;
use super::walk::Walk;
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::ids::IfMatch;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::ask::{Found, Governed};
use crate::services::parties::{self, Known};
use crate::services::shadows::Noticed;
use axum::http::{StatusCode, header};
use sanbao_domain::claim::{Claim, Event, Facts};
use sanbao_domain::ids::TicketId;
use sanbao_domain::text::{Language, Text};
use sanbao_domain::ticket::Ticket;
use sanbao_domain::time::Timestamp;
use sanbao_store::{Conn, Entity, StoreError, dealership, journal, ticket, unit};
use std::sync::Arc;

/// How often a claim is added anew to a ticket that others are changing.
const ATTEMPTS: usize = 8;
/// Entries that hold the opening of every claim of a new ticket.
const OPENING: u32 = 1000;

/// Opens a ticket. Every claim is judged and has its deadlines when this answers.
///
/// # Errors
/// 422 with everything that is wrong, 404 for a unit or a respondent that is none of the caller's, 409
/// where the reference belongs to a ticket with other facts.
pub async fn open(
    app: &App,
    caller: &Caller,
    language: Language,
    once: &Once,
    request: OpenTicket,
) -> Answer {
    let mut checks = Checks::new();
    request.check(&mut checks);
    checks.done()?;
    let now = app.now();
    let respondents = respondents(app, caller, &request.claims).await?;
    let (basis, stated) = {
        let mut conn = app.store().read(caller.party.id).await?;
        let basis = basis(&mut conn, caller, &request).await?;
        let mut stated = Vec::with_capacity(request.claims.len());
        for (index, claim) in request.claims.iter().enumerate() {
            let at = format!("claims[{index}].");
            let respondent = &respondents[index];
            stated.push(
                state(app, &mut conn, &mut checks, caller, &at, claim, respondent, basis.clone(), now)
                    .await?,
            );
        }
        (basis, stated)
    };
    let (mut claims, governed) = govern(app, &mut checks, stated).await?;
    checks.done()?;
    claims.iter_mut().for_each(|claim| claim.upstream_of = request.upstream_of);
    let number = u64::try_from(app.store().ticket_number(caller.party.id).await?).unwrap_or_default();
    let ticket = Ticket {
        id: app.id(),
        number,
        reference: request.reference.clone(),
        handler: caller.party.id,
        unit: request.unit,
        customer: request.customer.clone(),
        opened_at: now,
        claims,
    };
    let new = ticket.clone();
    let actor = caller.actor();
    let mut walk = Walk::new(app, &actor, now, ticket);
    for (claim, governed) in new.claims.iter().zip(governed) {
        walk.govern(claim.id, governed);
        walk.open(claim.id).await?;
    }
    let view = show::ticket(app, &actor, language, walk.ticket(), 1).await?;
    let reply = Reply::created(&view, &format!("/v1/tickets/{}", new.id))?.etag(1).language(language);
    let change = walk.into_change(once.record(&reply, now));
    let noticed = Noticed::of(app, &change.receipts);
    let written = app.store().write(caller.party.id, move |conn| Box::pin(ticket::open(conn, change))).await;
    match written {
        Ok(_) => {
            noticed.stored(app);
            Ok(reply)
        }
        Err(StoreError::Duplicate(Entity::Ticket)) => {
            already(app, caller, language, once, &request, &basis, &new).await
        }
        Err(error) => once.settle(app, error).await,
    }
}

/// Adds a claim about the same matter to a ticket of the caller's.
///
/// # Errors
/// As [`open`]; 403 for others than the ticket's handler.
#[allow(clippy::too_many_arguments)] // What every command takes.
pub async fn add_claim(
    app: &App,
    caller: &Caller,
    language: Language,
    id: TicketId,
    if_match: IfMatch,
    once: &Once,
    request: &OpenClaim,
) -> Answer {
    let actor = caller.actor();
    for _ in 0..ATTEMPTS {
        let now = app.now();
        let mut checks = Checks::new();
        let respondent = respondents(app, caller, std::slice::from_ref(request)).await?.remove(0);
        let (saved, stated) = {
            let mut conn = app.store().read(caller.party.id).await?;
            let saved = ticket::find(&mut conn, caller.party.id, id).await?.ok_or_else(Problem::not_found)?;
            if saved.ticket.handler != caller.party.id {
                return Err(not_the_handler());
            }
            let basis = match saved.ticket.unit {
                Some(unit) => unit::find(&mut conn, caller.party.id, unit).await?.map(Basis::from),
                None => None,
            };
            let basis = basis
                .or_else(|| saved.ticket.claims.first().map(|claim| Basis::from(&claim.facts)))
                .ok_or_else(Problem::not_found)?;
            let stated =
                state(app, &mut conn, &mut checks, caller, "", request, &respondent, basis, now).await?;
            (saved, stated)
        };
        let version = saved.version;
        if_match.check(version.unsigned_abs())?;
        let (mut claims, mut governed) = govern(app, &mut checks, vec![stated]).await?;
        checks.done()?;
        let mut walk = Walk::resume(app, &actor, now, saved);
        if let (Some(claim), Some(governed)) = (claims.pop(), governed.pop()) {
            let id = claim.id;
            walk.add(claim);
            walk.govern(id, governed);
            walk.open(id).await?;
        }
        let view = show::ticket(app, &actor, language, walk.ticket(), version + 1).await?;
        let reply = Reply::created(&view, &format!("/v1/tickets/{id}"))?
            .etag(view.version.unsigned_abs())
            .language(language);
        let change = walk.into_change(once.record(&reply, now));
        let noticed = Noticed::of(app, &change.receipts);
        let written = app
            .store()
            .write(caller.party.id, move |conn| Box::pin(ticket::save(conn, version, change)))
            .await;
        match written {
            Ok(_) => {
                noticed.stored(app);
                return Ok(reply);
            }
            Err(StoreError::Stale | StoreError::Contention) => {
                if let Some(kept) = once.kept(app).await? {
                    return Ok(kept);
                }
            }
            Err(error) => return once.settle(app, error).await,
        }
    }
    Err(Problem::lost_race())
}

/// A claim as stated, with what governs it.
struct Stated {
    at: String,
    claim: Claim,
    found: Found,
}

async fn respondents(app: &App, caller: &Caller, claims: &[OpenClaim]) -> Result<Vec<Arc<Known>>, Problem> {
    let mut respondents = Vec::with_capacity(claims.len());
    for (index, claim) in claims.iter().enumerate() {
        let respondent = match claim.respondent {
            None => Some(Arc::clone(&caller.party)),
            Some(id) => parties::known(app, id).await?,
        };
        respondents.push(respondent.ok_or_else(|| unknown_respondent(&format!("claims[{index}].")))?);
    }
    Ok(respondents)
}

async fn basis(conn: &mut Conn, caller: &Caller, request: &OpenTicket) -> Result<Basis, Problem> {
    match (request.unit, &request.product) {
        (Some(id), _) => {
            let unit = unit::find(conn, caller.party.id, id).await?;
            unit.map(Basis::from).ok_or_else(|| Problem::not_found().field("unit"))
        }
        (None, Some(product)) => Ok(Basis::from(product.clone())),
        (None, None) => Err(Problem::not_found().field("unit")),
    }
}

#[allow(clippy::too_many_arguments)] // Everything that a claim is made of.
async fn state(
    app: &App,
    conn: &mut Conn,
    checks: &mut Checks,
    caller: &Caller,
    at: &str,
    claim: &OpenClaim,
    respondent: &Arc<Known>,
    basis: Basis,
    now: Timestamp,
) -> Result<Stated, Problem> {
    let dealership = if respondent.id == caller.party.id {
        None
    } else {
        let found = dealership::find(conn, respondent.id, caller.party.id).await?;
        let found = found.ok_or_else(|| unknown_respondent(at))?;
        match (found.ended_at, &found.ended_rule) {
            (None, _) => Some(found),
            (Some(_), Some(rule)) => return Err(dealership_ended(at, rule)),
            (Some(_), None) => return Err(unknown_respondent(at)),
        }
    };
    let claim = claim.claim(checks, at, app.id(), &caller.party, respondent, dealership.as_ref(), basis, now);
    let found = Found::read(conn, &claim, Arc::clone(respondent), now).await?;
    Ok(Stated { at: at.to_owned(), claim, found })
}

/// Loads the policies and lets their manifests check the attributes.
async fn govern(
    app: &App,
    checks: &mut Checks,
    stated: Vec<Stated>,
) -> Result<(Vec<Claim>, Vec<Governed>), Problem> {
    let mut claims = Vec::with_capacity(stated.len());
    let mut all = Vec::with_capacity(stated.len());
    for Stated { at, claim, found } in stated {
        let governed = found.load(app).await?;
        if let Some(policy) = &governed.policy {
            facts::attributes(checks, &at, &policy.problems(&claim.facts.attributes));
        }
        claims.push(claim);
        all.push(governed);
    }
    Ok((claims, all))
}

/// The reference is taken: by the same request sent before, or by something else.
async fn already(
    app: &App,
    caller: &Caller,
    language: Language,
    once: &Once,
    request: &OpenTicket,
    basis: &Basis,
    new: &Ticket,
) -> Answer {
    if let Some(kept) = once.kept(app).await? {
        return Ok(kept);
    }
    let me = caller.party.id;
    let (saved, entries) = {
        let mut conn = app.store().read(me).await?;
        let reference = request.reference.as_deref().unwrap_or_default();
        let saved = ticket::by_reference(&mut conn, me, reference).await?.ok_or_else(Problem::lost_race)?;
        let entries = journal::list(&mut conn, me, saved.ticket.id, 0, OPENING).await?;
        (saved, entries)
    };
    let old = &saved.ticket;
    let mut opened =
        entries.iter().filter(|entry| entry.at == old.opened_at).filter_map(|entry| match &entry.event {
            Event::Opened { facts, .. } => old.claim(entry.claim).map(|claim| (claim, facts)),
            _ => None,
        });
    let mut stated = request.claims.iter().zip(&new.claims);
    let same_claims = stated.all(|(request, new)| {
        // The report is dated by the clock where nobody dates it.
        let dated = request.dates.reported.or(basis.dates.reported).is_some();
        opened.next().is_some_and(|(old, facts)| {
            old.respondent == new.respondent
                && old.claimant == new.claimant
                && old.matter == new.matter
                && same(facts, &new.facts, dated)
        })
    }) && opened.next().is_none();
    if !same_claims || old.customer != new.customer || old.unit != new.unit {
        return Err(taken(old.id));
    }
    let view = show::ticket(app, &caller.actor(), language, old, saved.version).await?;
    let reply = Reply::ok(&view)?
        .etag(saved.version.unsigned_abs())
        .header(header::LOCATION, &format!("/v1/tickets/{}", old.id))
        .language(language);
    once.commit(app, me, reply, |_| Box::pin(async { Ok(()) })).await
}

fn same(old: &Facts, new: &Facts, dated: bool) -> bool {
    let mut new = new.clone();
    if !dated {
        new.dates.reported = old.dates.reported;
    }
    *old == new
}

fn taken(id: TicketId) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "reference-taken",
        Text::new("编号已用于另一张工单", "The reference belongs to another ticket"),
    )
    .field("reference")
    .detail(Text::new(
        format!("工单 {id} 已用此编号，且内容不同。"),
        format!("Ticket {id} has this reference and other facts."),
    ))
    .fix(Text::new(
        "换一个编号；或在原工单上补充证据。",
        "Use another reference, or add evidence to that ticket.",
    ))
    .with("ticket", id)
}

fn not_the_handler() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "not-the-handler",
        Text::new("只有经办方可以添加诉求", "Only the party that handles the ticket adds claims"),
    )
    .fix(Text::new("另开一张工单。", "Open a ticket of your own."))
}
