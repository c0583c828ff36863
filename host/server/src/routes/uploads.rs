//! `/v1/uploads`: the check of what was uploaded, followed by polling or as events.

use crate::app::App;
use crate::http::auth::{May, PoliciesRead, PoliciesWrite};
use crate::http::events;
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, PageParams, Params};
use crate::http::post::Post;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::uploads;
use crate::services::uploads::follow::{Told, follow as told};
use crate::views::upload::{UploadEventView, UploadListed, UploadView};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::response::sse::Event;
use futures::StreamExt;
use sanbao_domain::ids::UploadId;
use sanbao_domain::text::{Language, Text};
use serde::Deserialize;
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Longest wait for the end, in seconds.
const LONGEST: u64 = 30;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(follow))
        .routes(routes!(cancel))
}

/// The uploads of the key's party. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/uploads", tag = "policies", params(PageParams),
    responses((status = 200, description = "Newest first.", body = Listed<UploadListed>), Problems))]
async fn list(State(app): State<App>, caller: May<PoliciesRead>, Params(page): Params<PageParams>) -> Answer {
    let listed = uploads::list(&app, &caller, page.page()?).await?;
    Reply::ok(&listed.map(|row| UploadListed::from(&row)))
}

/// Whether to wait.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Waiting {
    /// Seconds to wait for its end, 30 at most.
    #[param(maximum = 30)]
    wait: Option<u64>,
}

/// An upload of the key's party: how far it is, and at its end the version or the report. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/uploads/{upload}", tag = "policies",
    params(("upload" = String, Path, format = Uuid), Waiting),
    responses((status = 200, description = "As it stands.", body = UploadView), Problems))]
async fn show(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Ids(id): Ids<UploadId>,
    Lang(language): Lang,
    Params(Waiting { wait }): Params<Waiting>,
) -> Answer {
    let wait = wait.unwrap_or(0);
    if wait > LONGEST {
        return Err(Problem::invalid().error(
            "wait",
            Text::new("等待时间过长", "this is too long to wait"),
            Text::new("至多 30 秒；可再次查询。", "Wait 30 seconds at most, then ask again."),
        ));
    }
    // An answer that comes too late is none.
    let most = app.config().timeout.saturating_sub(Duration::from_secs(1));
    let row = uploads::wait(&app, &caller, id, Duration::from_secs(wait).min(most)).await?;
    Ok(Reply::ok(&UploadView::new(&row, language)?)?.language(language))
}

/// Every change of an upload as a server-sent event, those of the past first; named by the status, numbered, with
/// the changed upload as data: the last one with its report. The stream ends after that; where it breaks off
/// before, connect again with `Last-Event-ID`. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/uploads/{upload}/events", tag = "policies",
    params(("upload" = String, Path, format = Uuid),
        ("Last-Event-ID" = Option<u64>, Header, description = "Number of the last event that was received.")),
    responses((status = 200, description = "The events.", body = UploadEventView, content_type = "text/event-stream"),
        Problems))]
async fn follow(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Ids(id): Ids<UploadId>,
    Lang(language): Lang,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    uploads::find(&app, &caller, id).await?;
    let events = told(&app, caller.party.id, id, events::last(&headers)?.unwrap_or_default());
    Ok(events::stream(events.map(move |told| event(id, &told, language))))
}

fn event(id: UploadId, told: &Told, language: Language) -> Event {
    let view = UploadEventView::new(id, &told.event);
    let named = match serde_json::to_value(told.event.state) {
        Ok(serde_json::Value::String(word)) => Event::default().event(word),
        _ => Event::default(),
    };
    let named = named.id(told.event.seq.to_string());
    let ended = told.ended.as_ref().and_then(|row| UploadView::new(row, language).ok());
    let data = match &ended {
        Some(ended) => serde_json::to_string(ended),
        None => serde_json::to_string(&view),
    };
    named.data(data.unwrap_or_default())
}

/// Nothing to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Empty {}

/// Ends an upload whose check has not begun. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/uploads/{upload}/cancel", tag = "policies",
    params(("upload" = String, Path, format = Uuid)), request_body = Empty,
    responses((status = 200, description = "It is not checked.", body = UploadView), Problems))]
async fn cancel(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Ids(id): Ids<UploadId>,
    Lang(language): Lang,
    post: Post<Empty>,
) -> Answer {
    let view = |row: &_| UploadView::new(row, language);
    Ok(uploads::cancel(&app, &caller, &post.once, id, view).await?.language(language))
}
