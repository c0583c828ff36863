//! `/v1/activations`: from when until when a version is in force.

use crate::app::App;
use crate::http::auth::{May, PoliciesRead, PoliciesWrite};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::Listed;
use crate::http::post::Post;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::schema;
use crate::services::activations::{self, NewActivation, Start};
use axum::extract::State;
use sanbao_domain::ids::{ActivationId, PolicyId};
use sanbao_domain::manifest::plain;
use sanbao_domain::time::{Date, Timestamp};
use sanbao_store::activation::Activation;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(activate)).routes(routes!(list)).routes(routes!(retire))
}

/// A period in which a version judges what its party owes.
#[derive(Serialize, ToSchema)]
#[schema(as = Activation)]
struct ActivationView {
    #[schema(value_type = String, format = Uuid)]
    id: ActivationId,
    #[schema(value_type = String, format = Uuid)]
    policy: PolicyId,
    /// First instant.
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// First instant after it; null while it has no end.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// The party's figures, the defaults filled in.
    #[schema(value_type = Object)]
    settings: Map<String, Value>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was given an early end.
    #[schema(value_type = Option<String>, format = DateTime)]
    retired_at: Option<Timestamp>,
    /// The jurisdiction whose statutory floor it is; absent where it judges what its own party owes.
    #[serde(skip_serializing_if = "Option::is_none")]
    floor: Option<String>,
}

fn view(row: &Activation) -> Result<ActivationView, Problem> {
    let settings = activations::settings(&row.settings)?;
    Ok(ActivationView {
        id: row.id,
        policy: row.policy,
        from: row.valid_from,
        until: row.valid_to,
        settings: settings.into_iter().map(|one| (one.name, plain(&one.value))).collect(),
        created_at: row.created_at,
        retired_at: row.retired_at,
        floor: row.floor.clone(),
    })
}

/// A day or an instant.
impl<'de> Deserialize<'de> for Start {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a day \"YYYY-MM-DD\" or an RFC 3339 instant")]
        enum Shape {
            Instant(Timestamp),
            Day(Date),
        }
        Ok(match Shape::deserialize(deserializer)? {
            Shape::Instant(at) => Self::Instant(at),
            Shape::Day(day) => Self::Day(day),
        })
    }
}

/// A period to begin.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Activate {
    /// First. A day begins in the party's time zone. A claim is judged by what is in force when its basis
    /// date begins there, so what starts in the middle of a day judges from the next day on.
    #[schema(value_type = schema::DayOrInstant)]
    from: Start,
    /// First that is no longer included; no end when absent.
    #[schema(value_type = Option<schema::DayOrInstant>)]
    until: Option<Start>,
    /// The policy's settings by name, as plain values.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    settings: Map<String, Value>,
    /// Only the platform: make it the statutory floor of this jurisdiction (ISO 3166), which judges
    /// consumers' claims beside the respondents' own policies; the more favourable verdict wins (STO-41).
    #[schema(example = "CN")]
    floor: Option<String>,
}

/// Puts a version in force. Of several activations that cover a day, the one made last judges. Needs
/// `policies:write`.
#[utoipa::path(post, path = "/v1/policies/{policy}/activations", tag = "policies",
    params(("policy" = String, Path, format = Uuid)), request_body = Activate,
    responses((status = 201, description = "The activation.", body = ActivationView), Problems))]
async fn activate(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Ids(policy): Ids<PolicyId>,
    post: Post<Activate>,
) -> Answer {
    let Activate { from, until, settings, floor } = post.body;
    let new = NewActivation { policy, from, until, settings, floor };
    activations::activate(&app, &caller, &post.once, new, view).await
}

/// The activations of the key's party, latest made first. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/activations", tag = "policies",
    responses((status = 200, description = "All of them.", body = Listed<ActivationView>), Problems))]
async fn list(State(app): State<App>, caller: May<PoliciesRead>) -> Answer {
    let rows = activations::list(&app, &caller).await?;
    Reply::ok(&Listed::all(rows.iter().map(view).collect::<Result<_, _>>()?))
}

/// An early end.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Retire {
    /// First that is no longer included; now when absent.
    #[schema(value_type = Option<schema::DayOrInstant>)]
    at: Option<Start>,
}

/// Ends an activation early. Basis dates before the end are judged as before. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/activations/{activation}/retire", tag = "policies",
    params(("activation" = String, Path, format = Uuid)), request_body = Retire,
    responses((status = 200, description = "The activation.", body = ActivationView), Problems))]
async fn retire(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Ids(id): Ids<ActivationId>,
    post: Post<Retire>,
) -> Answer {
    activations::retire(&app, &caller, &post.once, (id, post.body.at), view).await
}
