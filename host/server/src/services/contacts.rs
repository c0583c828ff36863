//! How the host reaches a party: its people, and its program.

use crate::app::App;
use crate::channels::webhook;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use sanbao_domain::ids::PartyId;
use sanbao_domain::party::{Contact, Webhook};
use sanbao_domain::text::Text;
use sanbao_store::{StoreError, contact};
use serde::Serialize;

/// How the caller's own party is reached.
///
/// # Errors
/// 404 for another party.
pub async fn own(app: &App, caller: &Caller, party: PartyId) -> Result<Contact, Problem> {
    mine(caller, party)?;
    let mut conn = app.store().read(party).await?;
    Ok(contact::find(&mut conn, party).await?)
}

/// Says how the party's people are reached; its program stays.
///
/// # Errors
/// 404 for another party, 422 for what is wrong with it.
pub async fn put_people<V: Serialize>(
    app: &App,
    caller: &Caller,
    party: PartyId,
    once: &Once,
    people: Contact,
    view: impl FnOnce(&Contact) -> V,
) -> Answer {
    let known = own(app, caller, party).await?;
    if let Some(email) = &people.email {
        check_email("email", email)?;
    }
    Checks::new().optional("phone", people.phone.as_deref(), 1..=50).done()?;
    let contact = Contact { webhook: known.webhook, ..people };
    let reply = Reply::ok(&view(&contact))?;
    let now = app.now();
    once.commit(app, party, reply, move |conn| {
        Box::pin(async move { contact::put_people(conn, party, &contact, now).await })
    })
    .await
}

/// The party's program no longer listens; its people stay.
///
/// # Errors
/// 404 for another party.
pub async fn remove_webhook(app: &App, caller: &Caller, party: PartyId) -> Answer {
    mine(caller, party)?;
    let now = app.now();
    let removed: Result<(), StoreError> =
        app.store().write(party, move |conn| Box::pin(contact::put_webhook(conn, party, None, now))).await;
    removed?;
    Ok(Reply::no_content())
}

/// Says where the party's program listens; its people stay.
///
/// # Errors
/// 404 for another party, 422 for an address that the host will not call or a secret that is too short.
pub async fn put_webhook<V: Serialize>(
    app: &App,
    caller: &Caller,
    party: PartyId,
    once: &Once,
    program: Webhook,
    view: impl FnOnce(&Contact) -> V,
) -> Answer {
    let known = own(app, caller, party).await?;
    let mut checks = Checks::new();
    checks.text("url", &program.url, 1..=2000).text("secret", &program.secret, 16..=200);
    if let Err(why) = webhook::allowed(&program.url, app.config().outbox.loopback) {
        checks.that(
            false,
            "url",
            why,
            Text::new("填写公网上的 https 网址。", "Give an https address on the public network."),
        );
    }
    checks.done()?;
    let contact = Contact { webhook: Some(program), ..known };
    let reply = Reply::ok(&view(&contact))?;
    let now = app.now();
    once.commit(app, party, reply, move |conn| {
        Box::pin(async move { contact::put_webhook(conn, party, contact.webhook.as_ref(), now).await })
    })
    .await
}

/// An address that a mail server takes.
///
/// # Errors
/// 422.
pub fn check_email(field: &str, address: &str) -> Result<(), Problem> {
    Checks::new()
        .that(
            address.parse::<lettre::Address>().is_ok(),
            field,
            Text::new("不是电子邮件地址", "this is not an e-mail address"),
            Text::new("如 service@example.com。", "Write an address such as service@example.com."),
        )
        .done()
}

fn mine(caller: &Caller, party: PartyId) -> Result<(), Problem> {
    if caller.party.id == party { Ok(()) } else { Err(Problem::not_found()) }
}
