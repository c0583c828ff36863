//! `/v1/receipts` and `/v1/tickets/{ticket}/receipts`: every decision as it was made.

use crate::app::App;
use crate::http::auth::{May, TicketsRead};
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, Params};
use crate::http::reply::{Answer, Reply};
use crate::services::tickets::read;
use crate::services::{explain, receipt_files};
use crate::views::explain::{ExplainView, Tongue};
use crate::views::receipt::ReceiptView;
use axum::extract::State;
use axum::http::{StatusCode, header};
use sanbao_domain::ids::{ClaimId, ReceiptId, TicketId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_receipts))
        .routes(routes!(get_receipt))
        .routes(routes!(get_receipt_file))
        .routes(routes!(get_receipts_file))
        .routes(routes!(explain_receipt))
        .routes(routes!(explain_claim))
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

/// One recorded decision as a file: all that `sanbao receipt verify` needs far from any host.
#[utoipa::path(
    get,
    path = "/v1/receipts/{receipt}/file",
    tag = "records",
    params(("receipt" = String, Path, format = Uuid, description = "Id of the receipt")),
    responses((status = 200, description = "The file", body = Object), Problems)
)]
async fn get_receipt_file(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(receipt): Ids<ReceiptId>,
) -> Answer {
    let text = receipt_files::one(&app, &caller, receipt).await?;
    Ok(attached(text, &format!("receipt-{receipt}.json")))
}

/// All recorded decisions on a ticket as one file; of claims that do not concern the caller the hashes only.
#[utoipa::path(
    get,
    path = "/v1/tickets/{ticket}/receipts/file",
    tag = "records",
    params(("ticket" = String, Path, format = Uuid, description = "Id of the ticket")),
    responses((status = 200, description = "The file", body = Object), Problems)
)]
async fn get_receipts_file(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(ticket): Ids<TicketId>,
) -> Answer {
    let text = receipt_files::of_ticket(&app, &caller, ticket).await?;
    Ok(attached(text, &format!("receipts-{ticket}.json")))
}

fn attached(text: String, name: &str) -> Reply {
    let reply = Reply::bytes(StatusCode::OK, "application/json", text);
    reply.header(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""))
}

/// In which languages.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Languages {
    /// Every text in Chinese and English, in place of the language of `Accept-Language`.
    #[serde(default)]
    both: bool,
}

/// A recorded decision in words: which rules were cited, on which facts, and why this version judged.
#[utoipa::path(
    get,
    path = "/v1/receipts/{receipt}/explain",
    tag = "records",
    params(("receipt" = String, Path, format = Uuid, description = "Id of the receipt"), Languages),
    responses((status = 200, description = "The explanation", body = ExplainView), Problems)
)]
async fn explain_receipt(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(receipt): Ids<ReceiptId>,
    lang: Lang,
    Params(languages): Params<Languages>,
) -> Answer {
    let tongue = Tongue { language: lang.0, both: languages.both };
    Ok(Reply::ok(&explain::receipt(&app, &caller, tongue, receipt).await?)?.language(lang.0))
}

/// The decision that a claim's verdict rests on, in words.
#[utoipa::path(
    get,
    path = "/v1/tickets/{ticket}/claims/{claim}/explain",
    tag = "records",
    params(
        ("ticket" = String, Path, format = Uuid, description = "Id of the ticket"),
        ("claim" = String, Path, format = Uuid, description = "Id of the claim"),
        Languages,
    ),
    responses((status = 200, description = "The explanation", body = ExplainView), Problems)
)]
async fn explain_claim(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(ids): Ids<(TicketId, ClaimId)>,
    lang: Lang,
    Params(languages): Params<Languages>,
) -> Answer {
    let tongue = Tongue { language: lang.0, both: languages.both };
    Ok(Reply::ok(&explain::claim(&app, &caller, tongue, ids).await?)?.language(lang.0))
}
