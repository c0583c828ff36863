//! `/v1/receipts` and `/v1/tickets/{ticket}/receipts`: every decision as it was made.

use crate::app::App;
use crate::http::auth::{May, TicketsRead};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::Listed;
use crate::http::reply::{Answer, Reply};
use crate::services::tickets::read;
use crate::views::receipt::ReceiptView;
use axum::extract::State;
use sanbao_domain::ids::{ReceiptId, TicketId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_receipts)).routes(routes!(get_receipt))
}

/// The recorded decisions on a ticket, each chained to the one before it.
#[utoipa::path(
    get,
    path = "/v1/tickets/{ticket}/receipts",
    tag = "records",
    params(("ticket" = String, Path, format = Uuid, description = "Id of the ticket")),
    responses((status = 200, description = "All of them, in order", body = Listed<ReceiptView>), Problems)
)]
async fn list_receipts(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(ticket): Ids<TicketId>,
) -> Answer {
    Reply::ok(&read::receipts(&app, &caller, ticket).await?)
}

/// One recorded decision, with everything that a replay needs.
#[utoipa::path(
    get,
    path = "/v1/receipts/{receipt}",
    tag = "records",
    params(("receipt" = String, Path, format = Uuid, description = "Id of the receipt")),
    responses((status = 200, description = "The receipt", body = ReceiptView), Problems)
)]
async fn get_receipt(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(receipt): Ids<ReceiptId>,
) -> Answer {
    Reply::ok(&read::receipt(&app, &caller, receipt).await?)
}
