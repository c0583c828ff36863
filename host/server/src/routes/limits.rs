//! `/v1/limits`, `/v1/parties/{party}/limits`: what a party may use.

use crate::app::App;
use crate::http::auth::{May, Platform, PoliciesRead};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::post::Post;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::limits::{self, Standing};
use crate::services::parties;
use axum::extract::State;
use sanbao_domain::allowance::{Allowance, Exceptions};
use sanbao_domain::ids::PartyId;
use sanbao_domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(own)).routes(routes!(show, set))
}

/// What a party may use, what differs from the usual, and what is used now.
#[derive(Serialize, ToSchema)]
#[schema(as = Limits)]
struct LimitsView {
    limits: AllowanceView,
    /// Figures of the party's own; those of the others are null.
    own: Figures,
    used: UsedView,
    /// Who set the party's own figures; null where there are none.
    set_by: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    set_at: Option<Timestamp>,
}

/// What the party may use.
#[derive(Serialize, ToSchema)]
#[schema(as = Allowance)]
struct AllowanceView {
    /// Versions that are not retired.
    policies: u32,
    /// Bytes of one component.
    component_bytes: u64,
    /// Fuel of one call, about one for each instruction.
    fuel_per_call: u64,
    /// Calls that begin in a second, on each host. A call over it waits for its turn; after some seconds a
    /// person takes over.
    calls_per_second: u32,
    /// Calls at the same time, on each host. A call over it waits as above.
    concurrent_calls: u32,
    /// Uploads whose check has not ended.
    unfinished_uploads: u32,
    /// Back-tests at the same time.
    back_tests: u32,
}

impl From<Allowance> for AllowanceView {
    fn from(allowance: Allowance) -> Self {
        let Allowance {
            policies,
            component_bytes,
            fuel_per_call,
            calls_per_second,
            concurrent_calls,
            unfinished_uploads,
            back_tests,
        } = allowance;
        Self {
            policies,
            component_bytes,
            fuel_per_call,
            calls_per_second,
            concurrent_calls,
            unfinished_uploads,
            back_tests,
        }
    }
}

/// What is used now.
#[derive(Serialize, ToSchema)]
#[schema(as = LimitsUsed)]
struct UsedView {
    /// Versions that are not retired.
    policies: u64,
    /// Bytes of the largest component that is kept.
    component_bytes: u64,
    /// Uploads whose check has not ended.
    unfinished_uploads: u64,
    /// Back-tests that have not ended.
    back_tests: u64,
    /// Calls that run on this host.
    concurrent_calls: usize,
    /// Calls that wait for their turn on this host.
    waiting_calls: usize,
}

/// Figures of one party's own, as in `limits`; what is absent or null is as usual.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[schema(as = LimitFigures)]
#[serde(deny_unknown_fields)]
struct Figures {
    policies: Option<u32>,
    component_bytes: Option<u64>,
    fuel_per_call: Option<u64>,
    calls_per_second: Option<u32>,
    concurrent_calls: Option<u32>,
    unfinished_uploads: Option<u32>,
    back_tests: Option<u32>,
}

impl From<Exceptions> for Figures {
    fn from(own: Exceptions) -> Self {
        Self {
            policies: own.policies,
            component_bytes: own.component_bytes,
            fuel_per_call: own.fuel_per_call,
            calls_per_second: own.calls_per_second,
            concurrent_calls: own.concurrent_calls,
            unfinished_uploads: own.unfinished_uploads,
            back_tests: own.back_tests,
        }
    }
}

impl From<Figures> for Exceptions {
    fn from(figures: Figures) -> Self {
        Self {
            policies: figures.policies,
            component_bytes: figures.component_bytes,
            fuel_per_call: figures.fuel_per_call,
            calls_per_second: figures.calls_per_second,
            concurrent_calls: figures.concurrent_calls,
            unfinished_uploads: figures.unfinished_uploads,
            back_tests: figures.back_tests,
        }
    }
}

impl LimitsView {
    fn new(standing: &Standing) -> Self {
        let own = standing.own.as_ref();
        Self {
            limits: standing.allowance.into(),
            own: own.map(|own| own.figures.into()).unwrap_or_default(),
            used: UsedView {
                policies: standing.kept.policies,
                component_bytes: standing.kept.largest,
                unfinished_uploads: standing.uploads,
                back_tests: standing.back_tests,
                concurrent_calls: standing.load.running,
                waiting_calls: standing.load.waiting,
            },
            set_by: own.map(|own| own.set_by.clone()),
            set_at: own.map(|own| own.set_at),
        }
    }
}

/// What the key's party may use, and what it uses now. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/limits", tag = "policies",
    responses((status = 200, description = "Figures and use.", body = LimitsView), Problems))]
async fn own(State(app): State<App>, caller: May<PoliciesRead>) -> Answer {
    Reply::ok(&LimitsView::new(&limits::standing(&app, caller.party.id).await?))
}

/// What a party may use, and what it uses now. Needs `admin`.
#[utoipa::path(get, path = "/v1/parties/{party}/limits", tag = "parties",
    params(("party" = String, Path, format = Uuid)),
    responses((status = 200, description = "Figures and use.", body = LimitsView), Problems))]
async fn show(State(app): State<App>, _caller: Platform, Ids(party): Ids<PartyId>) -> Answer {
    parties::known(&app, party).await?.ok_or_else(Problem::not_found)?;
    Reply::ok(&LimitsView::new(&limits::standing(&app, party).await?))
}

/// Sets a party's own figures in place of those that it had. They hold at once on this host and within
/// seconds on the others. Needs `admin`.
#[utoipa::path(put, path = "/v1/parties/{party}/limits", tag = "parties",
    params(("party" = String, Path, format = Uuid)), request_body = Figures,
    responses((status = 200, description = "Figures and use.", body = LimitsView), Problems))]
async fn set(
    State(app): State<App>,
    caller: Platform,
    Ids(party): Ids<PartyId>,
    post: Post<Figures>,
) -> Answer {
    limits::set(&app, &caller, &post.once, (party, post.body.into()), LimitsView::new).await
}
