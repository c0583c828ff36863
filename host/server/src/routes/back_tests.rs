//! `/v1/back-tests`: a version on a party's history.

use crate::app::App;
use crate::http::auth::{Caller, May, PoliciesRead, PoliciesWrite};
use crate::http::events;
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, Page, Params};
use crate::http::post::Post;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::schema;
use crate::services::activations::Start;
use crate::services::back_tests::{self, Amount, Filter, NewBackTest};
use crate::views::back_test::{BackTestView, ExampleView};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::response::sse::Event;
use sanbao_domain::ids::{BackTestId, PolicyId};
use sanbao_domain::text::Language;
use sanbao_domain::time::Date;
use sanbao_policy::contract::Interface;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How often the row is looked at for events; another host may be working on it.
const LOOK: Duration = Duration::from_millis(500);

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show))
        .routes(routes!(follow))
        .routes(routes!(cancel))
        .routes(routes!(examples))
}

/// Which decisions; all that are not excluded.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BackTestFilter)]
struct FilterBody {
    /// Decided at this time or later.
    #[schema(value_type = Option<schema::DayOrInstant>)]
    decided_from: Option<Start>,
    /// Decided before this time.
    #[schema(value_type = Option<schema::DayOrInstant>)]
    decided_until: Option<Start>,
    /// First basis date (the day of the sale, or the nearest event that is known).
    #[schema(value_type = Option<String>, format = Date)]
    basis_from: Option<Date>,
    /// Last basis date.
    #[schema(value_type = Option<String>, format = Date)]
    basis_to: Option<Date>,
    /// Product categories.
    #[serde(default)]
    categories: Vec<String>,
    /// Product models.
    #[serde(default)]
    models: Vec<String>,
    /// Interfaces of the contract: `coverage`, `charges` …
    #[serde(default)]
    #[schema(value_type = Vec<String>, example = json!(["coverage"]))]
    interfaces: Vec<Interface>,
    /// `{"percent": 5}` or, about, `{"count": 10000}`.
    #[schema(value_type = Option<Object>, example = json!({ "percent": 5 }))]
    sample: Option<Amount>,
    /// What the sample and the examples are drawn with: the same draws the same.
    #[serde(default)]
    seed: u64,
}

/// What is to be tried.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewBackTest)]
struct Create {
    /// The version.
    #[schema(value_type = String, format = Uuid)]
    candidate: PolicyId,
    /// Which decisions.
    #[serde(default)]
    filter: FilterBody,
    /// Settings by name, as plain values. Those not given are as they were at each decision, fitted to what the
    /// candidate declares.
    #[schema(value_type = Option<Object>)]
    settings: Option<Map<String, Value>>,
}

/// Takes a back-test on: the candidate is asked again what your policies were asked before, and nothing else
/// happens. Ask for its state until it has ended, or follow its events. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/back-tests", tag = "policies", request_body = Create,
    responses((status = 202, description = "It waits for its turn.", body = BackTestView), Problems))]
async fn create(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Lang(language): Lang,
    post: Post<Create>,
) -> Answer {
    let Create { candidate, filter, settings } = post.body;
    let filter = Filter {
        decided_from: filter.decided_from,
        decided_until: filter.decided_until,
        basis_from: filter.basis_from,
        basis_to: filter.basis_to,
        categories: filter.categories,
        models: filter.models,
        interfaces: filter.interfaces,
        sample: filter.sample,
        seed: filter.seed,
    };
    let new = NewBackTest { candidate, filter, settings };
    let view = |job: &_| BackTestView::new(job, language);
    Ok(back_tests::create(&app, &caller, &post.once, new, view).await?.language(language))
}

/// Which back-tests.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Of this version.
    #[param(value_type = Option<String>, format = Uuid)]
    candidate: Option<PolicyId>,
    /// Items on a page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The back-tests of the key's party. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/back-tests", tag = "policies", params(ListParams),
    responses((status = 200, description = "Newest first.", body = Listed<BackTestView>), Problems))]
async fn list(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Lang(language): Lang,
    Params(query): Params<ListParams>,
) -> Answer {
    let page = Page::new(query.limit, query.cursor.as_deref())?;
    let listed = back_tests::list(&app, &caller, query.candidate, page).await?;
    let next_cursor = listed.next_cursor;
    let items = listed.items.iter().map(|job| BackTestView::new(job, language)).collect::<Result<_, _>>()?;
    Ok(Reply::ok(&Listed { items, next_cursor })?.language(language))
}

/// How far a back-test came and what it found so far. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/back-tests/{back_test}", tag = "policies",
    params(("back_test" = String, Path, format = Uuid)),
    responses((status = 200, description = "The back-test.", body = BackTestView), Problems))]
async fn show(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Ids(id): Ids<BackTestId>,
    Lang(language): Lang,
) -> Answer {
    let job = back_tests::find(&app, &caller, id).await?;
    Ok(Reply::ok(&BackTestView::new(&job, language)?)?.language(language))
}

/// The back-test as server-sent events: one named after its state at once and after each change, the last when it
/// has ended. Event ids rise; after a reconnection with `Last-Event-ID` only what is newer comes. Needs
/// `policies:read`.
#[utoipa::path(get, path = "/v1/back-tests/{back_test}/events", tag = "policies",
    params(("back_test" = String, Path, format = Uuid),
        ("Last-Event-ID" = Option<u64>, Header, description = "Number of the last event that was received.")),
    responses((status = 200, description = "The events; `data` is the back-test.", body = String,
        content_type = "text/event-stream"), Problems))]
async fn follow(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Ids(id): Ids<BackTestId>,
    Lang(language): Lang,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    // Before anything is streamed: others' are 404.
    back_tests::find(&app, &caller, id).await?;
    let last = events::last(&headers)?;
    let caller: Caller = (*caller).clone();
    let stream = futures::stream::unfold((last, false), move |(last, ended)| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { if ended { None } else { next(&app, &caller, id, language, last).await } }
    });
    Ok(events::stream(stream))
}

/// Waits for the next change; none when it cannot be read any more, or the host stops: then whoever listens connects
/// again.
async fn next(
    app: &App,
    caller: &Caller,
    id: BackTestId,
    language: Language,
    last: Option<u64>,
) -> Option<(Event, (Option<u64>, bool))> {
    loop {
        let job = back_tests::find(app, caller, id).await.ok()?;
        let ended = job.state.is_final();
        if last.is_none_or(|last| last < job.saves) {
            let view = BackTestView::new(&job, language).ok()?;
            let name = serde_json::to_value(job.state).ok()?;
            let event = Event::default()
                .id(job.saves.to_string())
                .event(name.as_str().unwrap_or_default())
                .json_data(&view)
                .ok()?;
            return Some((event, (Some(job.saves), ended)));
        }
        if ended {
            return None;
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = app.stopping().cancelled() => return None,
        }
    }
}

/// Nothing to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Empty {}

/// Calls a back-test off; what it found so far stays. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/back-tests/{back_test}/cancel", tag = "policies",
    params(("back_test" = String, Path, format = Uuid)), request_body = Empty,
    responses((status = 200, description = "The back-test.", body = BackTestView), Problems))]
async fn cancel(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Ids(id): Ids<BackTestId>,
    Lang(language): Lang,
    post: Post<Empty>,
) -> Answer {
    let view = |job: &_| BackTestView::new(job, language);
    Ok(back_tests::cancel(&app, &caller, &post.once, id, view).await?.language(language))
}

/// Which examples.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ExampleParams {
    /// Of this kind of change: `covered-to-not-covered`, `offers`, `money` …
    change: Option<String>,
    /// Which cite this rule newly or no longer.
    rule: Option<String>,
    /// Items on a page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Decisions that the candidate answers otherwise, before and after: up to twenty of each kind of change and of
/// each rule, drawn at random. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/back-tests/{back_test}/examples", tag = "policies",
    params(("back_test" = String, Path, format = Uuid), ExampleParams),
    responses((status = 200, description = "The examples.", body = Listed<ExampleView>), Problems))]
async fn examples(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Ids(id): Ids<BackTestId>,
    Params(query): Params<ExampleParams>,
) -> Answer {
    let page = Page::new(query.limit, query.cursor.as_deref())?;
    let which = (query.change.as_deref(), query.rule.as_deref());
    let listed = back_tests::examples(&app, &caller, id, which, page).await?;
    Reply::ok(&listed.map(ExampleView::new))
}
