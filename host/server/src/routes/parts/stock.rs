//! Stock: `/v1/parts/postings`, `receipts`, `stock-takes`, `stock` and `held`.

use crate::app::App;
use crate::http::auth::{May, PartsRead, PartsWrite};
use crate::http::openapi::Problems;
use crate::http::page::{Listed, Page, PageParams, Params};
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::parts::stock;
use crate::views::parts::{BalanceView, CountedView, HeldView, PostingView, ReceivedView};
use axum::extract::State;
use sanbao_domain::parts::{
    Condition, Count, MovementKind, Place, Received, ReceivingForm, Source, StockTake,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(postings, post_by_hand))
        .routes(routes!(receipts, receive))
        .routes(routes!(stock_takes, count))
        .routes(routes!(at_place))
        .routes(routes!(held))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PostingParams {
    /// Only those of this part.
    part: Option<String>,
    /// Items on a page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Every movement in the ledger of the key's party. Needs `parts:read`.
#[utoipa::path(get, path = "/v1/parts/postings", tag = "parts", params(PostingParams),
    responses((status = 200, description = "Newest first.", body = Listed<PostingView>), Problems))]
async fn postings(
    State(app): State<App>,
    caller: May<PartsRead>,
    Params(params): Params<PostingParams>,
) -> Answer {
    let page = Page::new(params.limit, params.cursor.as_deref())?;
    Reply::ok(&stock::postings(&app, &caller, params.part.as_deref(), page).await?)
}

/// A movement by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ByHand {
    /// `transferred` between shelves and stations, or `sold`.
    #[schema(value_type = String, example = "transferred")]
    kind: MovementKind,
    /// Part number.
    part: String,
    /// `good` or `after-sales`; only good parts are sold (LGT-47).
    #[schema(value_type = String, example = "good")]
    condition: Condition,
    /// Pieces.
    quantity: u32,
    /// `store:NAME` or `station:PARTY`.
    #[schema(value_type = String, example = "store:main")]
    from: Place,
    /// `store:NAME` or `station:PARTY`; nothing when sold.
    #[schema(value_type = Option<String>)]
    to: Option<Place>,
    /// Why.
    reason: Option<String>,
}

/// Moves parts between shelves and the accounts of stations (BUS-49), or books a sale. Needs `parts:write`.
#[utoipa::path(post, path = "/v1/parts/postings", tag = "parts", request_body = ByHand,
    responses((status = 201, description = "Booked on both sides.", body = PostingView), Problems))]
async fn post_by_hand(State(app): State<App>, caller: May<PartsWrite>, post: Post<ByHand>) -> Answer {
    let ByHand { kind, part, condition, quantity, from, to, reason } = post.body;
    let hand = stock::ByHand { kind, part, condition, quantity, from, to, reason };
    stock::move_by_hand(&app, &caller, &post.once, hand).await
}

/// The receiving forms that were booked in. Needs `parts:read`.
#[utoipa::path(get, path = "/v1/parts/receipts", tag = "parts", params(PageParams),
    responses((status = 200, description = "Newest first.", body = Listed<ReceivedView>), Problems))]
async fn receipts(
    State(app): State<App>,
    caller: May<PartsRead>,
    Params(page): Params<PageParams>,
) -> Answer {
    Reply::ok(&stock::receipts(&app, &caller, page.page()?).await?)
}

/// One line of a receiving form.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewLine {
    /// Part number.
    part: String,
    /// Pieces.
    quantity: u32,
    /// `good`, or `after-sales` for what was repaired; `good` when nothing is said.
    #[serde(default = "good")]
    #[schema(value_type = Option<String>)]
    condition: Condition,
}

fn good() -> Condition {
    Condition::Good
}

/// A receiving form (备用件接收单).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewForm {
    /// Its number; a form is booked once.
    number: String,
    /// `purchase`, `drawn`, `exchange` or `repaired`.
    #[schema(value_type = String, example = "purchase")]
    source: Source,
    /// The voucher that it is booked by; needed for what was drawn or exchanged (BUS-46).
    voucher: Option<String>,
    /// Who delivered.
    delivered_by: String,
    /// Who received.
    received_by: String,
    /// `store:NAME` or `station:PARTY`.
    #[schema(value_type = String, example = "store:main")]
    place: Place,
    /// 1 to 200 lines.
    lines: Vec<NewLine>,
}

/// Books a receiving form in; the answer names both of its copies (BUS-45, 46). Needs `parts:write`.
#[utoipa::path(post, path = "/v1/parts/receipts", tag = "parts", request_body = NewForm,
    responses((status = 201, description = "Booked in.", body = ReceivedView), Problems))]
async fn receive(State(app): State<App>, caller: May<PartsWrite>, post: Post<NewForm>) -> Answer {
    let NewForm { number, source, voucher, delivered_by, received_by, place, lines } = post.body;
    let lines = lines.into_iter();
    let lines = lines.map(|NewLine { part, quantity, condition }| Received { part, quantity, condition });
    let lines = lines.collect();
    let form = ReceivingForm { number, source, voucher, delivered_by, received_by, place, lines };
    stock::receive(&app, &caller, &post.once, form).await
}

/// The stock-takes that were booked. Needs `parts:read`.
#[utoipa::path(get, path = "/v1/parts/stock-takes", tag = "parts", params(PageParams),
    responses((status = 200, description = "Newest first.", body = Listed<CountedView>), Problems))]
async fn stock_takes(
    State(app): State<App>,
    caller: May<PartsRead>,
    Params(page): Params<PageParams>,
) -> Answer {
    Reply::ok(&stock::stock_takes(&app, &caller, page.page()?).await?)
}

/// One line of a stock-take.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCount {
    /// Part number.
    part: String,
    /// `good`, `after-sales` or `old`.
    #[schema(value_type = String, example = "good")]
    condition: Condition,
    /// Pieces found.
    counted: u32,
    /// Why it is not what the book says; needed where it is not.
    reason: Option<String>,
}

/// What was counted at one place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewStockTake {
    /// `store:NAME` or `station:PARTY`.
    #[schema(value_type = String, example = "store:main")]
    place: Place,
    /// Who counted.
    counted_by: String,
    /// 1 to 200 lines: of each part every condition that the book knows there.
    counts: Vec<NewCount>,
}

/// Books a stock-take: afterwards the book equals the stock, and each difference has its reason (BUS-44).
/// Needs `parts:write`.
#[utoipa::path(post, path = "/v1/parts/stock-takes", tag = "parts", request_body = NewStockTake,
    responses((status = 201, description = "Booked.", body = CountedView), Problems))]
async fn count(State(app): State<App>, caller: May<PartsWrite>, post: Post<NewStockTake>) -> Answer {
    let NewStockTake { place, counted_by, counts } = post.body;
    let line = |NewCount { part, condition, counted, reason }| Count { part, condition, counted, reason };
    let sheet = StockTake { place, counted_by, counts: counts.into_iter().map(line).collect() };
    stock::count(&app, &caller, &post.once, sheet).await
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PlaceParams {
    /// `store:NAME`, `station:PARTY`, `technician:NAME` or `transit`; `store:main` when nothing is said.
    #[param(value_type = Option<String>)]
    place: Option<Place>,
}

/// What the book says is at one place: a shelf, a station's account, somebody's custody. Needs `parts:read`.
#[utoipa::path(get, path = "/v1/parts/stock", tag = "parts", params(PlaceParams),
    responses((status = 200, description = "By part.", body = Listed<BalanceView>), Problems))]
async fn at_place(
    State(app): State<App>,
    caller: May<PartsRead>,
    Params(params): Params<PlaceParams>,
) -> Answer {
    let place = params.place.unwrap_or_else(|| Place::Store("main".to_owned()));
    Reply::ok(&stock::at_place(&app, &caller, &place).await?)
}

/// What the key's party holds for others as their service station, in an account apart (BUS-49). Needs
/// `parts:read`.
#[utoipa::path(get, path = "/v1/parts/held", tag = "parts",
    responses((status = 200, description = "By owner.", body = Listed<HeldView>), Problems))]
async fn held(State(app): State<App>, caller: May<PartsRead>) -> Answer {
    Reply::ok(&stock::held(&app, &caller).await?)
}
