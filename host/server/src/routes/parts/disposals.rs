//! `/v1/parts/disposals`, `/v1/parts/{part}/scrap` and `/v1/parts/required-stock`.

use crate::app::App;
use crate::http::auth::{May, PartsRead, PartsWrite};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::Params;
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::parts::disposals::Spares;
use crate::services::parts::{disposals, required};
use crate::views::parts::{DisposalView, DisposedView, PostingView, RequiredView};
use axum::extract::State;
use sanbao_domain::ids::{PartyId, RequisitionId};
use sanbao_domain::parts::{Condition, Place};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(due, dispose)).routes(routes!(scrap)).routes(routes!(required_stock))
}

/// The old parts in stock: what is due this month, and what retention keeps back (BUS-48). Needs `parts:read`.
#[utoipa::path(get, path = "/v1/parts/disposals", tag = "parts",
    responses((status = 200, description = "The most urgent first.", body = DisposalView), Problems))]
async fn due(State(app): State<App>, caller: May<PartsRead>) -> Answer {
    Reply::ok(&disposals::due(&app, &caller).await?)
}

/// Which old parts go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDisposal {
    /// Those of these requisitions; all that are due when nothing is said.
    #[schema(value_type = Option<Vec<String>>)]
    requisitions: Option<Vec<RequisitionId>>,
    /// Remark.
    note: Option<String>,
}

/// Throws away the old parts that are due; never what retention keeps (BUS-48). Needs `parts:write`.
#[utoipa::path(post, path = "/v1/parts/disposals", tag = "parts", request_body = NewDisposal,
    responses((status = 201, description = "Gone.", body = DisposedView), Problems))]
async fn dispose(State(app): State<App>, caller: May<PartsWrite>, post: Post<NewDisposal>) -> Answer {
    let NewDisposal { requisitions, note } = post.body;
    disposals::dispose(&app, &caller, &post.once, requisitions, note).await
}

/// Spares to throw away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewScrap {
    /// `store:NAME` or `station:PARTY`.
    #[schema(value_type = String, example = "store:main")]
    place: Place,
    /// `good` or `after-sales`.
    #[schema(value_type = String, example = "good")]
    condition: Condition,
    /// Pieces.
    quantity: u32,
    /// Why.
    reason: String,
}

/// Throws spares away once the term after the discontinuation of their model has passed (LGT-43). Needs
/// `parts:write`.
#[utoipa::path(post, path = "/v1/parts/{part}/scrap", tag = "parts", params(("part" = String, Path)),
    request_body = NewScrap,
    responses((status = 201, description = "Gone.", body = PostingView), Problems))]
async fn scrap(
    State(app): State<App>,
    caller: May<PartsWrite>,
    Ids(number): Ids<String>,
    post: Post<NewScrap>,
) -> Answer {
    let NewScrap { place, condition, quantity, reason } = post.body;
    let spares = Spares { place, condition, quantity, reason };
    disposals::scrap(&app, &caller, &post.once, &number, spares).await
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RequiredParams {
    /// Of which brand's parts the key's party must hold stock.
    #[param(value_type = Option<String>, format = Uuid)]
    brand: Option<PartyId>,
    /// Which dealer must hold stock of the parts of the key's party.
    #[param(value_type = Option<String>, format = Uuid)]
    dealer: Option<PartyId>,
}

/// What a dealer must hold of a brand's parts by the brand's policy, and what it lacks (LGT-44). Needs
/// `parts:read`.
#[utoipa::path(get, path = "/v1/parts/required-stock", tag = "parts", params(RequiredParams),
    responses((status = 200, description = "Kind by kind.", body = RequiredView), Problems))]
async fn required_stock(
    State(app): State<App>,
    caller: May<PartsRead>,
    Params(params): Params<RequiredParams>,
) -> Answer {
    Reply::ok(&required::report(&app, &caller, params.brand, params.dealer).await?)
}
