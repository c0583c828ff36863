//! Links to the customer's page: made, shown once, revoked.

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::secret::{Salt, Secret};
use crate::services::tickets::read;
use axum::http::StatusCode;
use sanbao_domain::claim::Claim;
use sanbao_domain::ids::{LinkId, TicketId};
use sanbao_domain::text::{Language, Text};
use sanbao_domain::ticket::Ticket;
use sanbao_domain::time::Timestamp;
use sanbao_store::StoreError;
use sanbao_store::link::{self, Link};
use serde::Serialize;

/// How long a link leads somewhere where nothing else is said.
const USUAL: jiff::SignedDuration = jiff::SignedDuration::from_hours(30 * 24);
/// How long at most.
const LONGEST: jiff::SignedDuration = jiff::SignedDuration::from_hours(2 * 366 * 24);

/// A link and its secret, which is shown once.
#[derive(Clone, Debug)]
pub struct Made {
    /// What is stored.
    pub link: Link,
    /// What stands in the address.
    pub secret: Secret,
}

impl Made {
    /// The address below the host's own.
    pub fn path(&self) -> String {
        format!("/c/{}", self.secret.digits())
    }
}

/// The claims that the customer has: no party speaks for them.
pub fn of_customer(ticket: &Ticket) -> impl Iterator<Item = &Claim> {
    ticket.claims.iter().filter(|claim| claim.claimant.party.is_none())
}

/// Makes a link to the customer's page of a ticket that the caller handles.
///
/// # Errors
/// 404 for a ticket of others, 409 where no customer claims in it, 422 for a time that cannot be.
pub async fn make<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    ticket: TicketId,
    (language, expires_at): (Language, Option<Timestamp>),
    view: impl FnOnce(&Made) -> V,
) -> Answer {
    let found = handled(app, caller, ticket).await?;
    if of_customer(&found).next().is_none() {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "no-customer",
            Text::new("工单中没有顾客的诉求", "No customer claims anything in this ticket"),
        )
        .fix(Text::new(
            "链接只用于没有账户的顾客。",
            "Links are for customers, who have no account of their own.",
        )));
    }
    let now = app.now();
    let after = |time: jiff::SignedDuration| now.saturating_add(time).unwrap_or(now);
    let expires_at = expires_at.unwrap_or_else(|| after(USUAL));
    Checks::new()
        .that(
            expires_at > now && expires_at <= after(LONGEST),
            "expires_at",
            Text::new("到期时间已过或太远", "this time has passed, or is too far away"),
            Text::new(
                "填两年以内的将来时间，或不填（30 天）。",
                "Choose a time within two years, or leave it out: 30 days.",
            ),
        )
        .done()?;
    let salt = Salt::random();
    let secret = caller.secret().derive(salt);
    let link = Link {
        id: app.id(),
        party: caller.party.id,
        ticket,
        hash: secret.hash(),
        language,
        created_by: caller.name.clone(),
        created_at: now,
        expires_at,
        revoked_at: None,
    };
    let made = Made { link, secret };
    let location = format!("/v1/tickets/{ticket}/links/{}", made.link.id);
    let reply = Reply::created(&view(&made), &location)?.sealing(made.secret, salt);
    let row = made.link;
    once.commit(app, caller.party.id, reply, move |conn| {
        Box::pin(async move { link::insert(conn, &row).await })
    })
    .await
}

/// All links to a ticket that the caller handles, newest first.
///
/// # Errors
/// 404 for a ticket of others.
pub async fn list(app: &App, caller: &Caller, ticket: TicketId) -> Result<Vec<Link>, Problem> {
    handled(app, caller, ticket).await?;
    let mut conn = app.store().read(caller.party.id).await?;
    Ok(link::list(&mut conn, caller.party.id, ticket).await?)
}

/// Revokes a link at once.
///
/// # Errors
/// 404 where the caller's ticket has no such link that is not revoked.
pub async fn revoke(app: &App, caller: &Caller, ids: (TicketId, LinkId)) -> Answer {
    let (now, party) = (app.now(), caller.party.id);
    let revoked: Result<bool, StoreError> =
        app.store().write(party, move |conn| Box::pin(link::revoke(conn, party, ids, now))).await;
    if revoked? { Ok(Reply::no_content()) } else { Err(Problem::not_found()) }
}

async fn handled(app: &App, caller: &Caller, id: TicketId) -> Result<Ticket, Problem> {
    let saved = read::saved(app, caller, id).await?;
    Some(saved.ticket).filter(|ticket| ticket.handler == caller.party.id).ok_or_else(Problem::not_found)
}
