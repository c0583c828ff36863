//! `/v1/shadows`: a version beside the one in force.

use crate::app::App;
use crate::http::auth::{May, PoliciesRead, PoliciesWrite};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, PageParams, Params};
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::shadows::{self, NewShadow};
use crate::views::shadow::{DivergenceView, ShadowReportView, ShadowView};
use axum::extract::State;
use sanbao_domain::ids::{PolicyId, ShadowId};
use sanbao_domain::time::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, start))
        .routes(routes!(show))
        .routes(routes!(divergences))
        .routes(routes!(end))
}

/// A run to begin.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Start {
    /// A version of your own that is not retired; it need not be activated.
    #[schema(value_type = String, format = Uuid)]
    candidate: PolicyId,
    /// When it ends by itself, within the next 30 days.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    /// Percent of the live calls; 100 when nothing is said.
    #[schema(minimum = 1, maximum = 100)]
    share: Option<u32>,
    /// Interfaces to compare: coverage, approval …; all when nothing is said.
    #[serde(default)]
    interfaces: Vec<String>,
    /// Settings by name, as plain values. Those not given are those of the live call, as far as the candidate
    /// declares them.
    #[schema(value_type = Option<Object>)]
    settings: Option<Map<String, Value>>,
}

/// Begins a shadow run: while it lasts, a version is asked what your policies in force are asked, after they have
/// answered, and where it answers otherwise is kept for you. No customer, dealer or ticket sees anything of it,
/// and live calls never wait for it. At most four at a time. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/shadows", tag = "policies", request_body = Start,
    responses((status = 201, description = "The run.", body = ShadowReportView), Problems))]
async fn start(State(app): State<App>, caller: May<PoliciesWrite>, post: Post<Start>) -> Answer {
    let Start { candidate, until, share, interfaces, settings } = post.body;
    let new = NewShadow { candidate, until, share: share.unwrap_or(100), interfaces, settings };
    shadows::start(&app, &caller, &post.once, new, ShadowReportView::new).await
}

/// Your shadow runs, newest first. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/shadows", tag = "policies", params(PageParams),
    responses((status = 200, description = "A page", body = Listed<ShadowView>), Problems))]
async fn list(State(app): State<App>, caller: May<PoliciesRead>, Params(page): Params<PageParams>) -> Answer {
    let Listed { items, next_cursor } = shadows::list(&app, &caller, page.page()?).await?;
    let items: Vec<ShadowView> = items.iter().map(ShadowView::new).collect::<Result<_, _>>()?;
    Reply::ok(&Listed { items, next_cursor })
}

/// A shadow run and what it has found so far: exact counts over all hosts. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/shadows/{shadow}", tag = "policies",
    params(("shadow" = String, Path, format = Uuid)),
    responses((status = 200, description = "The run.", body = ShadowReportView), Problems))]
async fn show(State(app): State<App>, caller: May<PoliciesRead>, Ids(id): Ids<ShadowId>) -> Answer {
    Reply::ok(&ShadowReportView::new(&shadows::show(&app, &caller, id).await?)?)
}

/// Where the candidate answered otherwise, latest first; the first thousand of a run are kept. Needs
/// `policies:read`.
#[utoipa::path(get, path = "/v1/shadows/{shadow}/divergences", tag = "policies",
    params(("shadow" = String, Path, format = Uuid), PageParams),
    responses((status = 200, description = "A page", body = Listed<DivergenceView>), Problems))]
async fn divergences(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Ids(id): Ids<ShadowId>,
    Params(page): Params<PageParams>,
) -> Answer {
    let Listed { items, next_cursor } = shadows::divergences(&app, &caller, id, page.page()?).await?;
    let items: Vec<DivergenceView> = items.iter().map(DivergenceView::new).collect::<Result<_, _>>()?;
    Reply::ok(&Listed { items, next_cursor })
}

/// Nothing to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct End {}

/// Ends a shadow run early; one that has ended stays as it is. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/shadows/{shadow}/end", tag = "policies",
    params(("shadow" = String, Path, format = Uuid)), request_body = End,
    responses((status = 200, description = "The run.", body = ShadowReportView), Problems))]
async fn end(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Ids(id): Ids<ShadowId>,
    post: Post<End>,
) -> Answer {
    shadows::end(&app, &caller, &post.once, id, ShadowReportView::new).await
}
