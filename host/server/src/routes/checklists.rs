//! `/v1/tickets/{ticket}/claims/{claim}/checklist`: what people are reminded of at a step.

use crate::app::App;
use crate::http::auth::{May, TicketsRead};
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::Params;
use crate::http::reply::{Answer, Reply};
use crate::services::tickets::checklist::{self, ChecklistView};
use axum::extract::State;
use sanbao_domain::case::CaseEvent;
use sanbao_domain::ids::{ClaimId, TicketId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(checklist_at))
}

/// At which step.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Occasion {
    /// An event of the contract, such as dispatched, arrived, complaint-received or training-held.
    #[param(value_type = String, example = "arrived")]
    occasion: CaseEvent,
}

/// The rules of the governing policy that tell people how to behave at a step, in the language asked for.
#[utoipa::path(
    get,
    path = "/v1/tickets/{ticket}/claims/{claim}/checklist",
    tag = "records",
    params(
        ("ticket" = String, Path, format = Uuid, description = "Id of the ticket"),
        ("claim" = String, Path, format = Uuid, description = "Id of the claim"),
        Occasion,
    ),
    responses((status = 200, description = "What to think of", body = ChecklistView), Problems)
)]
async fn checklist_at(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(ids): Ids<(TicketId, ClaimId)>,
    lang: Lang,
    Params(query): Params<Occasion>,
) -> Answer {
    let view = checklist::of(&app, &caller, lang.0, ids, query.occasion).await?;
    Ok(Reply::ok(&view)?.language(lang.0))
}
