//! `/v1/tickets/{ticket}/journal`: everything that happened, in order.

use crate::app::App;
use crate::http::auth::{May, TicketsRead};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, PageParams, Params};
use crate::http::reply::{Answer, Reply};
use crate::services::tickets::read;
use crate::views::journal::EntryView;
use axum::extract::State;
use sanbao_domain::ids::TicketId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_entries))
}

/// The journal of a ticket, in order. Entries are never changed or removed.
#[utoipa::path(
    get,
    path = "/v1/tickets/{ticket}/journal",
    tag = "records",
    params(("ticket" = String, Path, format = Uuid, description = "Id of the ticket"), PageParams),
    responses((status = 200, description = "A page", body = Listed<EntryView>), Problems)
)]
async fn list_entries(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(ticket): Ids<TicketId>,
    Params(page): Params<PageParams>,
) -> Answer {
    Reply::ok(&read::entries(&app, &caller, ticket, page.page()?).await?)
}
