//! `/v1/tickets/{ticket}/links`: links to the customer's page.

use crate::app::App;
use crate::http::auth::{May, TicketsRead, TicketsWrite};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::Listed;
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::links::{self, Made};
use axum::extract::State;
use sanbao_domain::ids::{LinkId, TicketId};
use sanbao_domain::text::Language;
use sanbao_domain::time::Timestamp;
use sanbao_store::link::Link;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(revoke))
}

/// A link, without its secret.
#[derive(Serialize, ToSchema)]
#[schema(as = Link)]
struct LinkView {
    #[schema(value_type = String, format = Uuid)]
    id: LinkId,
    /// zh or en.
    #[schema(value_type = String, example = "zh")]
    language: Language,
    /// Name of the key that made it.
    created_by: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<Timestamp>,
}

impl From<&Link> for LinkView {
    fn from(link: &Link) -> Self {
        Self {
            id: link.id,
            language: link.language,
            created_by: link.created_by.clone(),
            created_at: link.created_at,
            expires_at: link.expires_at,
            revoked_at: link.revoked_at,
        }
    }
}

/// A new link with its address.
#[derive(Serialize, ToSchema)]
#[schema(as = NewLinkShown)]
struct NewLinkView {
    #[serde(flatten)]
    link: LinkView,
    /// The address below the host's own. Whoever has it can read the page and sign: it is shown this once
    /// and kept nowhere.
    #[schema(example = "/c/…")]
    path: String,
}

impl From<&Made> for NewLinkView {
    fn from(made: &Made) -> Self {
        Self { link: (&made.link).into(), path: made.path() }
    }
}

/// The links to the customer's page of a ticket that you handle, newest first, revoked ones included.
#[utoipa::path(get, path = "/v1/tickets/{ticket}/links", tag = "tickets",
    params(("ticket" = String, Path, format = Uuid, description = "Id of the ticket")),
    responses((status = 200, description = "All links.", body = Listed<LinkView>), Problems))]
async fn list(State(app): State<App>, caller: May<TicketsRead>, Ids(ticket): Ids<TicketId>) -> Answer {
    let rows = links::list(&app, &caller, ticket).await?;
    Reply::ok(&Listed::all(rows.iter().map(LinkView::from).collect()))
}

/// What a link is made from.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct NewLink {
    /// zh or en: the language of the page, which the customer can change there; zh when nothing is said.
    #[schema(value_type = Option<String>, example = "zh")]
    language: Option<Language>,
    /// When it ends; after 30 days when nothing is said.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

/// Makes a link to the customer's page of a ticket that you handle.
#[utoipa::path(post, path = "/v1/tickets/{ticket}/links", tag = "tickets", request_body = NewLink,
    params(("ticket" = String, Path, format = Uuid, description = "Id of the ticket")),
    responses((status = 201, description = "The address is shown this once.", body = NewLinkView), Problems))]
async fn make(
    State(app): State<App>,
    caller: May<TicketsWrite>,
    Ids(ticket): Ids<TicketId>,
    post: Post<NewLink>,
) -> Answer {
    let NewLink { language, expires_at } = post.body;
    let terms = (language.unwrap_or(Language::Zh), expires_at);
    links::make(&app, &caller, &post.once, ticket, terms, |made| NewLinkView::from(made)).await
}

/// Revokes a link at once.
#[utoipa::path(delete, path = "/v1/tickets/{ticket}/links/{link}", tag = "tickets",
    params(
        ("ticket" = String, Path, format = Uuid, description = "Id of the ticket"),
        ("link" = String, Path, format = Uuid, description = "Id of the link"),
    ),
    responses((status = 204, description = "It leads nowhere any more."), Problems))]
async fn revoke(
    State(app): State<App>,
    caller: May<TicketsWrite>,
    Ids(ids): Ids<(TicketId, LinkId)>,
) -> Answer {
    links::revoke(&app, &caller, ids).await
}
