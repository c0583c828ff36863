//! Giving a command to a claim of an existing ticket.

use super::order::Carry;
use super::show;
use super::walk::Walk;
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::idempotency::Once;
use crate::http::ids::IfMatch;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::ask::Found;
use crate::services::parties;
use crate::services::shadows::Noticed;
use crate::views::ticket::concerns;
use sanbao_domain::actor::Actor;
use sanbao_domain::ids::{ClaimId, PartyId, TicketId};
use sanbao_domain::text::Language;
use sanbao_store::{StoreError, ticket};

/// How often a command is decided anew on a ticket that others are changing.
const ATTEMPTS: usize = 8;

/// Decides a command on the latest state of its ticket and writes what follows. Where somebody else changed
/// the ticket meanwhile it is decided anew, unless the caller named the version that it had seen.
///
/// # Errors
/// 404 for a claim that does not concern the caller, the machine's refusal, 412 for another version, 409
/// when others were faster every time.
pub async fn give(
    app: &App,
    caller: &Caller,
    language: Language,
    (ticket, claim): (TicketId, ClaimId),
    if_match: IfMatch,
    once: &Once,
    order: impl Carry,
) -> Answer {
    give_as(app, (caller.party.id, &caller.actor()), language, (ticket, claim), if_match, once, order).await
}

/// As [`give`], for somebody who acts for a party without a key of its own.
///
/// # Errors
/// As [`give`].
pub async fn give_as(
    app: &App,
    (me, actor): (PartyId, &Actor),
    language: Language,
    (ticket, claim): (TicketId, ClaimId),
    if_match: IfMatch,
    once: &Once,
    order: impl Carry,
) -> Answer {
    for _ in 0..ATTEMPTS {
        let now = app.now();
        let (saved, found) = {
            let mut conn = app.store().read(me).await?;
            let saved = ticket::find(&mut conn, me, ticket).await?.ok_or_else(Problem::not_found)?;
            let seen = saved.ticket.claim(claim).filter(|claim| concerns(&saved.ticket, claim, me));
            let mut prospect = seen.ok_or_else(Problem::not_found)?.clone();
            prospect.facts = order.facts(&prospect.facts);
            let respondent =
                parties::known(app, prospect.respondent).await?.ok_or_else(Problem::not_found)?;
            let found = Found::read(&mut conn, &prospect, respondent, now).await?;
            (saved, found)
        };
        let version = saved.version;
        if_match.check(version.unsigned_abs())?;
        let mut walk = Walk::resume(app, actor, now, saved);
        walk.govern(claim, found.load(app).await?);
        order.clone().carry(&mut walk, claim).await?;
        let view = show::ticket(app, actor, language, walk.ticket(), version + 1).await?;
        let reply = Reply::ok(&view)?.etag(view.version.unsigned_abs()).language(language);
        let change = walk.into_change(once.record(&reply, now));
        let noticed = Noticed::of(app, &change.receipts);
        let written = app.store().write(me, move |conn| Box::pin(ticket::save(conn, version, change))).await;
        match written {
            Ok(_) => {
                noticed.stored(app);
                return Ok(reply);
            }
            Err(StoreError::Stale | StoreError::Contention) => {
                // It may have been this very request, sent to another host.
                if let Some(kept) = once.kept(app).await? {
                    return Ok(kept);
                }
            }
            Err(error) => return once.settle(app, error).await,
        }
    }
    Err(Problem::lost_race())
}
