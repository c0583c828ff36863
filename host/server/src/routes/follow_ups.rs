//! `/v1/follow-ups`: the calls and visits that somebody still owes, over all tickets.

use crate::app::App;
use crate::http::auth::{May, TicketsRead};
use crate::http::check::Checks;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, Page, Params};
use crate::http::reply::{Answer, Reply};
use crate::services::tickets::read;
use crate::views::follow_up::FollowUpView;
use axum::extract::State;
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The states of a follow-up, as the API names them.
const STATES: [&str; 5] = ["planned", "overdue", "done", "skipped", "stopped"];

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_follow_ups))
}

/// Which follow-ups to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFollowUps {
    /// planned, overdue, done, skipped or stopped; planned and overdue when nothing is said.
    state: Option<String>,
    /// Due before this instant, RFC 3339.
    #[param(value_type = Option<String>, format = DateTime)]
    due_before: Option<Timestamp>,
    /// Items on a page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The follow-ups of the tickets that you handle and of the claims that you owe; earliest first.
#[utoipa::path(
    get,
    path = "/v1/follow-ups",
    tag = "procedures",
    params(ListFollowUps),
    responses((status = 200, description = "A page", body = Listed<FollowUpView>), Problems)
)]
async fn list_follow_ups(
    State(app): State<App>,
    caller: May<TicketsRead>,
    lang: Lang,
    Params(query): Params<ListFollowUps>,
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
    let listed = read::follow_ups(&app, &caller, lang.0, query.state, query.due_before, page).await?;
    Ok(Reply::ok(&listed)?.language(lang.0))
}
