//! `/v1/deadlines` and `/v1/tickets/{ticket}/deadlines`: what is due, was met or was missed.

use crate::app::App;
use crate::http::auth::{May, TicketsRead};
use crate::http::check::Checks;
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, Page, Params};
use crate::http::reply::{Answer, Reply};
use crate::services::tickets::read;
use crate::views::deadline::TicketDeadlineView;
use axum::extract::State;
use sanbao_domain::ids::TicketId;
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The states of a deadline, as the API names them.
const STATES: [&str; 6] = ["running", "met", "met-late", "missed", "paused", "dropped"];

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_deadlines)).routes(routes!(ticket_deadlines))
}

/// Which deadlines to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListDeadlines {
    /// running, met, met-late, missed, paused or dropped.
    state: Option<String>,
    /// Due before this instant, RFC 3339.
    #[param(value_type = Option<String>, format = DateTime)]
    before: Option<Timestamp>,
    /// Items on a page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The deadlines of the tickets that you handle and of the claims that you owe; earliest first.
#[utoipa::path(
    get,
    path = "/v1/deadlines",
    tag = "records",
    params(ListDeadlines),
    responses((status = 200, description = "A page", body = Listed<TicketDeadlineView>), Problems)
)]
async fn list_deadlines(
    State(app): State<App>,
    caller: May<TicketsRead>,
    lang: Lang,
    Params(query): Params<ListDeadlines>,
) -> Answer {
    let page = Page::new(query.limit, query.cursor.as_deref())?;
    Checks::new()
        .that(
            query.state.as_deref().is_none_or(|state| STATES.contains(&state)),
            "state",
            Text::new("没有这种状态", "there is no such state"),
            Text::new(
                format!("从中选一：{}。", STATES.join("、")),
                format!("Give one of {}.", STATES.join(", ")),
            ),
        )
        .done()?;
    let listed = read::all_deadlines(&app, &caller, lang.0, query.state, query.before, page).await?;
    Ok(Reply::ok(&listed)?.language(lang.0))
}

/// What is or was due on one ticket; earliest first.
#[utoipa::path(
    get,
    path = "/v1/tickets/{ticket}/deadlines",
    tag = "records",
    params(("ticket" = String, Path, format = Uuid, description = "Id of the ticket")),
    responses((status = 200, description = "All of them", body = Listed<TicketDeadlineView>), Problems)
)]
async fn ticket_deadlines(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(ticket): Ids<TicketId>,
    lang: Lang,
) -> Answer {
    Ok(Reply::ok(&read::deadlines(&app, &caller, lang.0, ticket).await?)?.language(lang.0))
}
