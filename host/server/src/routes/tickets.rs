//! `/v1/tickets`: open, list, read.

use crate::app::App;
use crate::http::auth::{May, TicketsRead, TicketsWrite};
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, Page, Params};
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::tickets::intake::OpenTicket;
use crate::services::tickets::{open, read};
use crate::views::ticket::TicketView;
use axum::extract::State;
use sanbao_domain::case::Matter;
use sanbao_domain::claim::StateName;
use sanbao_domain::ids::{PartyId, TicketId};
use sanbao_domain::ticket::TicketState;
use sanbao_domain::verdict::Ruling;
use sanbao_store::ticket::Filter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(open_ticket, list_tickets)).routes(routes!(get_ticket))
}

/// Opens a ticket and judges it at once.
///
/// Every claim is judged by the policy that its respondent had in force on the claim's basis date: the day
/// of the sale, or the nearest earlier event that is known. The answer holds the verdict with its reasons
/// and everything that is due. The same `reference` with the same facts again answers 200 with the ticket
/// that is there already.
#[utoipa::path(
    post,
    path = "/v1/tickets",
    tag = "tickets",
    request_body = OpenTicket,
    responses(
        (status = 201, description = "Opened and judged", body = TicketView),
        (status = 200, description = "Opened before under the same reference, with the same facts", body = TicketView),
        Problems,
    )
)]
async fn open_ticket(
    State(app): State<App>,
    caller: May<TicketsWrite>,
    lang: Lang,
    post: Post<OpenTicket>,
) -> Answer {
    open::open(&app, &caller, lang.0, &post.once, post.body).await
}

/// Which tickets to list. Conditions on claims are about one and the same claim.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListTickets {
    /// open, closed or cancelled.
    #[param(value_type = Option<String>)]
    state: Option<TicketState>,
    /// With a claim in this state.
    #[param(value_type = Option<String>)]
    claim_state: Option<StateName>,
    /// With a claim judged so: covered, not-covered, facts-missing or referred.
    #[param(value_type = Option<String>)]
    ruling: Option<Ruling>,
    /// With a claim about this: warranty, enquiry, complaint, stock-request, training or installation.
    #[param(value_type = Option<String>)]
    matter: Option<Matter>,
    /// With a claim that this party owes.
    #[param(value_type = Option<String>, format = Uuid)]
    respondent: Option<PartyId>,
    /// With this reference of the handler's.
    reference: Option<String>,
    /// Items on a page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The tickets that you handle, claim in or owe something in; newest first.
#[utoipa::path(
    get,
    path = "/v1/tickets",
    tag = "tickets",
    params(ListTickets),
    responses((status = 200, description = "A page", body = Listed<TicketView>), Problems)
)]
async fn list_tickets(
    State(app): State<App>,
    caller: May<TicketsRead>,
    lang: Lang,
    Params(query): Params<ListTickets>,
) -> Answer {
    let page = Page::new(query.limit, query.cursor.as_deref())?;
    let ListTickets { state, claim_state, ruling, matter, respondent, reference, .. } = query;
    let filter = Filter { state, claim_state, ruling, matter, respondent, reference };
    let listed = read::list(&app, &caller, lang.0, filter, page).await?;
    Ok(Reply::ok(&listed)?.language(lang.0))
}

/// One ticket, with the claims that concern you.
#[utoipa::path(
    get,
    path = "/v1/tickets/{ticket}",
    tag = "tickets",
    params(("ticket" = String, Path, format = Uuid, description = "Id of the ticket")),
    responses((status = 200, description = "The ticket; its ETag is the version", body = TicketView), Problems)
)]
async fn get_ticket(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(ticket): Ids<TicketId>,
    lang: Lang,
) -> Answer {
    let view = read::one(&app, &caller, lang.0, ticket).await?;
    Ok(Reply::ok(&view)?.etag(view.version.unsigned_abs()).language(lang.0))
}
