//! `/v1/tickets/{ticket}/claims/{claim}/verdict`.

use crate::app::App;
use crate::http::auth::{May, TicketsRead};
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::reply::{Answer, Reply};
use crate::services::tickets::read;
use crate::views::verdict::ClaimVerdictView;
use axum::extract::State;
use sanbao_domain::ids::{ClaimId, TicketId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_verdict))
}

/// The latest verdict on a claim: ruling, cover, offers, and the reasons in the language asked for.
#[utoipa::path(
    get,
    path = "/v1/tickets/{ticket}/claims/{claim}/verdict",
    tag = "records",
    params(
        ("ticket" = String, Path, format = Uuid, description = "Id of the ticket"),
        ("claim" = String, Path, format = Uuid, description = "Id of the claim"),
    ),
    responses((status = 200, description = "The verdict", body = ClaimVerdictView), Problems)
)]
async fn get_verdict(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(ids): Ids<(TicketId, ClaimId)>,
    lang: Lang,
) -> Answer {
    let view = read::verdict(&app, &caller, lang.0, ids).await?;
    Ok(Reply::ok(&view)?.language(lang.0))
}
