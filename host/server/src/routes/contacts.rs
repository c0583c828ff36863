//! `/v1/parties/{party}/contact` and `/webhook`: how the host reaches a party.

use crate::app::App;
use crate::http::auth::{Caller, May, PartyWrite};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::contacts;
use axum::extract::State;
use sanbao_domain::ids::PartyId;
use sanbao_domain::party::{Contact, Webhook};
use sanbao_domain::text::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_contact, put_contact))
        .routes(routes!(put_webhook, remove_webhook))
}

/// How the host reaches a party.
#[derive(Serialize, ToSchema)]
#[schema(as = Contact)]
struct ContactView {
    email: Option<String>,
    phone: Option<String>,
    /// Language of messages to it: zh or en.
    #[schema(value_type = String)]
    language: Language,
    /// Where its program listens; the secret is shown to nobody.
    webhook: Option<String>,
}

impl From<&Contact> for ContactView {
    fn from(contact: &Contact) -> Self {
        Self {
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            language: contact.language,
            webhook: contact.webhook.as_ref().map(|webhook| webhook.url.clone()),
        }
    }
}

/// How the host reaches your party.
#[utoipa::path(get, path = "/v1/parties/{party}/contact", tag = "parties",
    params(("party" = String, Path, format = Uuid)),
    responses((status = 200, description = "The contact.", body = ContactView), Problems))]
async fn show_contact(State(app): State<App>, caller: Caller, Ids(party): Ids<PartyId>) -> Answer {
    Reply::ok(&ContactView::from(&contacts::own(&app, &caller, party).await?))
}

/// How your people are reached.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct People {
    email: Option<String>,
    phone: Option<String>,
    /// Language of messages to you: zh or en; zh when nothing is said.
    #[schema(value_type = Option<String>)]
    language: Option<Language>,
}

/// Says how your people are reached; what is left out is taken away, but for the webhook. Needs `party:write`.
#[utoipa::path(put, path = "/v1/parties/{party}/contact", tag = "parties", request_body = People,
    params(("party" = String, Path, format = Uuid)),
    responses((status = 200, description = "The contact.", body = ContactView), Problems))]
async fn put_contact(
    State(app): State<App>,
    caller: May<PartyWrite>,
    Ids(party): Ids<PartyId>,
    post: Post<People>,
) -> Answer {
    let People { email, phone, language } = post.body;
    let people = Contact { email, phone, language: language.unwrap_or(Language::Zh), webhook: None };
    contacts::put_people(&app, &caller, party, &post.once, people, |contact| ContactView::from(contact)).await
}

/// Where your program listens.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Program {
    /// An https address on the public network.
    url: String,
    /// 16 to 200 characters that only you and the host know. Each call carries `Sanbao-Signature: v1=HEX`,
    /// HMAC-SHA-256 under this secret over the header `Sanbao-Timestamp`, a full stop and the body.
    secret: String,
}

/// Says where your program listens: messages to your party go there from now on. Needs `party:write`.
#[utoipa::path(put, path = "/v1/parties/{party}/webhook", tag = "parties", request_body = Program,
    params(("party" = String, Path, format = Uuid)),
    responses((status = 200, description = "The contact.", body = ContactView), Problems))]
async fn put_webhook(
    State(app): State<App>,
    caller: May<PartyWrite>,
    Ids(party): Ids<PartyId>,
    post: Post<Program>,
) -> Answer {
    let Program { url, secret } = post.body;
    let program = Webhook { url, secret };
    contacts::put_webhook(&app, &caller, party, &post.once, program, |contact| ContactView::from(contact))
        .await
}

/// Your program no longer listens. Needs `party:write`.
#[utoipa::path(delete, path = "/v1/parties/{party}/webhook", tag = "parties",
    params(("party" = String, Path, format = Uuid)),
    responses((status = 204, description = "Messages to you go to your e-mail."), Problems))]
async fn remove_webhook(State(app): State<App>, caller: May<PartyWrite>, Ids(party): Ids<PartyId>) -> Answer {
    contacts::remove_webhook(&app, &caller, party).await
}
