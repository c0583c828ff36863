//! `/v1/units`: registered products.

use crate::app::App;
use crate::http::auth::{May, PartyWrite, TicketsRead};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, Page, Params};
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::http::schema;
use crate::services::units;
use axum::extract::State;
use sanbao_domain::case::{Dates, History};
use sanbao_domain::ids::{PartyId, UnitId};
use sanbao_domain::money::Money;
use sanbao_domain::time::Timestamp;
use sanbao_domain::unit::Unit;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, register)).routes(routes!(show))
}

/// A registered product.
#[derive(Serialize, ToSchema)]
#[schema(as = Unit)]
struct UnitView {
    #[schema(value_type = String, format = Uuid)]
    id: UnitId,
    /// Who registered it.
    #[schema(value_type = String, format = Uuid)]
    owner: PartyId,
    /// Whose product it is; that party sees it too.
    #[schema(value_type = Option<String>, format = Uuid)]
    brand: Option<PartyId>,
    category: String,
    model: String,
    serial: Option<String>,
    lot: Option<String>,
    quantity: u32,
    #[schema(value_type = Option<schema::Money>)]
    price: Option<Money>,
    #[schema(value_type = schema::Dates)]
    dates: Dates,
    #[schema(value_type = schema::History)]
    history: History,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<Unit> for UnitView {
    fn from(unit: Unit) -> Self {
        let Unit {
            id,
            owner,
            brand,
            category,
            model,
            serial,
            lot,
            quantity,
            price,
            dates,
            history,
            created_at,
        } = unit;
        Self { id, owner, brand, category, model, serial, lot, quantity, price, dates, history, created_at }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UnitParams {
    /// Only those with this serial number; all on one page.
    serial: Option<String>,
    /// Items on a page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The units that the key's party registered, and those of its brand. Needs `tickets:read`.
#[utoipa::path(get, path = "/v1/units", tag = "parties", params(UnitParams),
    responses((status = 200, description = "Newest first.", body = Listed<UnitView>), Problems))]
async fn list(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Params(params): Params<UnitParams>,
) -> Answer {
    let page = Page::new(params.limit, params.cursor.as_deref())?;
    let listed = units::list(&app, &caller, params.serial.as_deref(), page).await?;
    Reply::ok(&listed.map(UnitView::from))
}

/// A unit to register.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewUnit {
    /// In the brand's words: `light-bar`, `television`.
    category: String,
    model: String,
    /// Unique for the party.
    serial: Option<String>,
    lot: Option<String>,
    /// Pieces; 1 with a serial number.
    #[serde(default = "one")]
    #[schema(required = false, minimum = 1)]
    quantity: u32,
    /// What was paid for these pieces.
    #[schema(value_type = Option<schema::Money>)]
    price: Option<Money>,
    /// A party that named the key's party its dealer, or the key's party itself.
    #[schema(value_type = Option<String>, format = Uuid)]
    brand: Option<PartyId>,
    #[serde(default)]
    #[schema(value_type = Option<schema::Dates>)]
    dates: Dates,
    #[serde(default)]
    #[schema(value_type = Option<schema::History>)]
    history: History,
}

fn one() -> u32 {
    1
}

/// Registers a unit. Needs `party:write`.
#[utoipa::path(post, path = "/v1/units", tag = "parties", request_body = NewUnit,
    responses((status = 201, description = "The unit.", body = UnitView), Problems))]
async fn register(State(app): State<App>, caller: May<PartyWrite>, post: Post<NewUnit>) -> Answer {
    let NewUnit { category, model, serial, lot, quantity, price, brand, dates, history } = post.body;
    let (id, owner, created_at) = (app.id(), caller.party.id, app.now());
    let unit =
        Unit { id, owner, brand, category, model, serial, lot, quantity, price, dates, history, created_at };
    units::register(&app, &caller, &post.once, unit, |unit| UnitView::from(unit.clone())).await
}

/// A unit. Needs `tickets:read`.
#[utoipa::path(get, path = "/v1/units/{unit}", tag = "parties", params(("unit" = String, Path, format = Uuid)),
    responses((status = 200, description = "The unit.", body = UnitView), Problems))]
async fn show(State(app): State<App>, caller: May<TicketsRead>, Ids(id): Ids<UnitId>) -> Answer {
    Reply::ok(&UnitView::from(units::find(&app, &caller, id).await?))
}
