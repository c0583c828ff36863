//! `/v1/policies/{policy}/health` and `/v1/policy-guard`: how versions fare, and when one is taken back by
//! itself.

use crate::app::App;
use crate::http::auth::{May, PoliciesRead, PoliciesWrite};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::Params;
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::policy_health::{self, Hours, guard};
use crate::views::policy_health::HealthView;
use axum::extract::State;
use sanbao_domain::ids::{ActivationId, PolicyId};
use sanbao_domain::time::Timestamp;
use sanbao_store::policy_health::guard::{Guard, Return};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(show_guard, put_guard, remove_guard))
}

/// Which hours.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct HealthQuery {
    /// An instant in the first hour; 23 hours before the last when nothing is said. At most 31 days.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// An instant in the last hour; now when nothing is said.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
    /// One interface alone: coverage, approval, service-level …
    interface: Option<String>,
}

/// How a version of your own fares on live calls, over all hosts: calls, failures by kind, how many went to a
/// person, fuel and time; by interface and by hour. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/policies/{policy}/health", tag = "policies",
    params(("policy" = String, Path, format = Uuid), HealthQuery),
    responses((status = 200, description = "The figures.", body = HealthView), Problems))]
async fn show(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Ids(id): Ids<PolicyId>,
    Params(query): Params<HealthQuery>,
) -> Answer {
    let HealthQuery { from, to, interface } = query;
    Reply::ok(&policy_health::show(&app, &caller, id, Hours { from, to, interface }).await?)
}

/// When a version is taken back by itself.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PolicyGuard)]
struct GuardView {
    /// From this share of failed calls on, in percent. What fails by the host's fault does not count.
    #[schema(minimum = 1, maximum = 100, example = 20)]
    failures_percent: u32,
    /// Not before so many calls.
    #[schema(minimum = 1, maximum = 1_000_000, example = 50)]
    min_calls: u32,
    /// Looking at the running hour and those before it, so many in all.
    #[schema(minimum = 1, maximum = 168, example = 1)]
    window_hours: u32,
}

impl From<Guard> for GuardView {
    fn from(guard: Guard) -> Self {
        let Guard { failures_percent, min_calls, window_hours } = guard;
        Self { failures_percent, min_calls, window_hours }
    }
}

/// An activation that passed the guard.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PolicyReturn)]
struct ReturnView {
    /// What failed.
    #[schema(value_type = String, format = Uuid)]
    activation: ActivationId,
    /// Its version.
    #[schema(value_type = String, format = Uuid)]
    policy: PolicyId,
    /// The activation that judges instead; null where nothing could be returned to: then you were told, and the
    /// version still judges.
    #[schema(value_type = Option<String>, format = Uuid)]
    again: Option<ActivationId>,
    /// Calls that it was held to.
    calls: u64,
    /// Of these, failed.
    failed: u64,
    /// The figures that it passed.
    guard: GuardView,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl From<Return> for ReturnView {
    fn from(row: Return) -> Self {
        let Return { activation, policy, again, calls, failed, guard, at, .. } = row;
        Self { activation, policy, again, calls, failed, guard: guard.into(), at }
    }
}

/// The guard, and what it did.
#[derive(Serialize, ToSchema)]
#[schema(as = PolicyGuarded)]
struct GuardedView {
    /// Null where there is none.
    guard: Option<GuardView>,
    /// Activations that passed it, latest first.
    returned: Vec<ReturnView>,
}

/// Your guard over the versions in force, and what it has taken back. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/policy-guard", tag = "policies",
    responses((status = 200, description = "The guard.", body = GuardedView), Problems))]
async fn show_guard(State(app): State<App>, caller: May<PoliciesRead>) -> Answer {
    let (guard, returned) = guard::show(&app, &caller).await?;
    let returned = returned.into_iter().map(ReturnView::from).collect();
    Reply::ok(&GuardedView { guard: guard.map(GuardView::from), returned })
}

/// Sets your guard: an activation whose version fails from this share of its calls on is taken back by itself,
/// once, and what judged before judges again for all of its time. You are told by a message, as well where
/// there is nothing to return to. Needs `policies:write`.
#[utoipa::path(put, path = "/v1/policy-guard", tag = "policies", request_body = GuardView,
    responses((status = 200, description = "The guard.", body = GuardView), Problems))]
async fn put_guard(State(app): State<App>, caller: May<PoliciesWrite>, post: Post<GuardView>) -> Answer {
    let GuardView { failures_percent, min_calls, window_hours } = post.body;
    let guard = Guard { failures_percent, min_calls, window_hours };
    guard::put(&app, &caller, &post.once, guard, GuardView::from).await
}

/// Takes your guard away: nothing is taken back by itself any more. Needs `policies:write`.
#[utoipa::path(delete, path = "/v1/policy-guard", tag = "policies",
    responses((status = 204, description = "There is none."), Problems))]
async fn remove_guard(State(app): State<App>, caller: May<PoliciesWrite>) -> Answer {
    guard::remove(&app, &caller).await
}
