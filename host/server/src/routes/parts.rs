//! `/v1/parts`: the catalogue of spare parts, and what each of them is found to be.

mod disposals;
mod requisitions;
mod stock;

use crate::app::App;
use crate::http::auth::{May, PartsRead, PartsWrite};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, PageParams, Params};
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::parts::{catalogue, stock as book};
use crate::views::parts::{BalanceView, PartView};
use axum::extract::State;
use sanbao_domain::ids::PartyId;
use sanbao_domain::parts::Part;
use sanbao_domain::time::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(show))
        .routes(routes!(discontinue))
        .routes(routes!(balances))
        .merge(stock::router())
        .merge(requisitions::router())
        .merge(disposals::router())
}

/// The parts that the key's party keeps. Needs `parts:read`.
#[utoipa::path(get, path = "/v1/parts", tag = "parts", params(PageParams),
    responses((status = 200, description = "In the order of their numbers.", body = Listed<PartView>), Problems))]
async fn list(State(app): State<App>, caller: May<PartsRead>, Params(page): Params<PageParams>) -> Answer {
    Reply::ok(&catalogue::list(&app, &caller, page.page()?).await?)
}

/// A part to list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPart {
    /// Unique for the party; 1 to 60 letters, digits, dots, hyphens or underscores, one digit at least.
    #[schema(example = "6GH-1020")]
    number: String,
    /// Kind in the maker's words: `electronic`, `light-bar`. Retention and required stock go by it.
    kind: String,
    /// Specification.
    title: String,
    /// Category of the product that it belongs to: `rigid-light-bar`. How long spares are kept may depend on it.
    category: Option<String>,
    /// Model of the product that it belongs to.
    model: Option<String>,
    /// Whose part it is: a party that the key's party deals for, which then sees how much is in stock.
    #[schema(value_type = Option<String>, format = Uuid)]
    brand: Option<PartyId>,
    /// Last day on which the model was made.
    #[schema(value_type = Option<String>, format = Date)]
    discontinued_on: Option<Date>,
}

/// Lists a part. Needs `parts:write`.
#[utoipa::path(post, path = "/v1/parts", tag = "parts", request_body = NewPart,
    responses((status = 201, description = "The part.", body = PartView), Problems))]
async fn add(State(app): State<App>, caller: May<PartsWrite>, post: Post<NewPart>) -> Answer {
    let NewPart { number, kind, title, category, model, brand, discontinued_on } = post.body;
    let (owner, created_at) = (caller.party.id, app.now());
    let part = Part { owner, number, kind, title, category, model, brand, discontinued_on, created_at };
    catalogue::add(&app, &caller, &post.once, part).await
}

/// A part. Needs `parts:read`.
#[utoipa::path(get, path = "/v1/parts/{part}", tag = "parts", params(("part" = String, Path)),
    responses((status = 200, description = "The part.", body = PartView), Problems))]
async fn show(State(app): State<App>, caller: May<PartsRead>, Ids(number): Ids<String>) -> Answer {
    Reply::ok(&PartView::from(&catalogue::find(&app, &caller, &number).await?))
}

/// Since when a model is no longer made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Discontinued {
    /// The last day on which it was made; null when it is made again.
    #[schema(value_type = Option<String>, format = Date)]
    on: Option<Date>,
}

/// Says since when the model of a part is no longer made; its spares are kept from there on for the term that
/// the policy names (LGT-43). Needs `parts:write`.
#[utoipa::path(post, path = "/v1/parts/{part}/discontinue", tag = "parts", params(("part" = String, Path)),
    request_body = Discontinued,
    responses((status = 200, description = "The part.", body = PartView), Problems))]
async fn discontinue(
    State(app): State<App>,
    caller: May<PartsWrite>,
    Ids(number): Ids<String>,
    post: Post<Discontinued>,
) -> Answer {
    catalogue::discontinue(&app, &caller, &post.once, number, post.body.on).await
}

/// Where a part is and in what condition; outside places included, all of it adds up to nothing. Needs
/// `parts:read`.
#[utoipa::path(get, path = "/v1/parts/{part}/balances", tag = "parts", params(("part" = String, Path)),
    responses((status = 200, description = "By place.", body = Listed<BalanceView>), Problems))]
async fn balances(State(app): State<App>, caller: May<PartsRead>, Ids(number): Ids<String>) -> Answer {
    Reply::ok(&book::of_part(&app, &caller, &number).await?)
}
