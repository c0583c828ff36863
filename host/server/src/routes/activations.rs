//! `/v1/activations`: from when until when a version is in force.

mod view;

use crate::app::App;
use crate::http::auth::{May, PoliciesRead, PoliciesWrite};
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, Params};
use crate::http::post::Post;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::schema;
use crate::services::activations::rollback::{Since, Wanted};
use crate::services::activations::settings::Changed;
use crate::services::activations::{self, NewActivation, Start, judged, rollback, settings};
use crate::services::back_tests::condition::Demand;
use crate::services::policies;
use axum::extract::State;
use sanbao_domain::ids::{ActivationId, PolicyId};
use sanbao_domain::time::{Date, Timestamp};
use sanbao_store::activation::rollback::Rollback;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::slice::from_ref;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use view::{ActivationView, view};

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(activate, of_policy))
        .routes(routes!(list))
        .routes(routes!(retire))
        .routes(routes!(change_settings))
        .routes(routes!(roll_back))
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
    /// Refuse unless a back-test of this version has ended and changed no more than this; where it is out of date
    /// (30 days, or a tenth of its history decided since), too.
    back_test: Option<Demand>,
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
    let Activate { from, until, settings, floor, back_test } = post.body;
    let new = NewActivation { policy, from, until, settings, floor, back_test };
    activations::activate(&app, &caller, &post.once, new, view).await
}

/// Which of the activations.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// A basis date: which judges claims of that day comes first, and each says why it does or does not.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<Date>,
}

/// The activations of the key's party, latest made first; or those of a basis date, what judges it first. Needs
/// `policies:read`.
#[utoipa::path(get, path = "/v1/activations", tag = "policies", params(Asked),
    responses((status = 200, description = "All of them.", body = Listed<ActivationView>), Problems))]
async fn list(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Lang(language): Lang,
    Params(asked): Params<Asked>,
) -> Answer {
    let rollbacks = activations::rollbacks(&app, &caller).await?;
    let Some(day) = asked.on else {
        let rows = activations::list(&app, &caller).await?;
        return Reply::ok(&Listed::all(view::all(&rows, &rollbacks)?));
    };
    let judged = judged::on(&app, &caller, day).await?;
    let one = |judged: &judged::Judged| Ok(view(&judged.activation)?.with(&rollbacks).on(judged, language));
    let items = judged.iter().map(one).collect::<Result<_, Problem>>()?;
    Ok(Reply::ok(&Listed::all(items))?.language(language))
}

/// The activations of a version of the key's party, latest made first. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/policies/{policy}/activations", tag = "policies",
    params(("policy" = String, Path, format = Uuid)),
    responses((status = 200, description = "All of them.", body = Listed<ActivationView>), Problems))]
async fn of_policy(State(app): State<App>, caller: May<PoliciesRead>, Ids(policy): Ids<PolicyId>) -> Answer {
    policies::own(&app, &caller, policy).await?;
    let mut rows = activations::list(&app, &caller).await?;
    rows.retain(|row| row.policy == policy);
    Reply::ok(&Listed::all(view::all(&rows, &activations::rollbacks(&app, &caller).await?)?))
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

/// Settings that are to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeSettings {
    /// From when on; the present day when absent. Where it is a day it begins in the party's time zone.
    #[schema(value_type = Option<schema::DayOrInstant>)]
    from: Option<Start>,
    /// Plain values by name; null for the default. What is not named stays as it is.
    #[schema(value_type = Object)]
    settings: Map<String, Value>,
}

/// Gives the version that an activation has in force other settings from a day on, as an activation of its own
/// that ends when this one would. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/activations/{activation}/settings", tag = "policies",
    params(("activation" = String, Path, format = Uuid)), request_body = ChangeSettings,
    responses((status = 201, description = "The new activation.", body = ActivationView), Problems))]
async fn change_settings(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Ids(activation): Ids<ActivationId>,
    post: Post<ChangeSettings>,
) -> Answer {
    let ChangeSettings { from, settings } = post.body;
    let changed = Changed { activation, from, settings };
    settings::change(&app, &caller, &post.once, changed, view).await
}

/// What is to be taken back, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RollBack {
    /// 1 to 1000 characters; shown with the activation.
    reason: String,
    /// `today`, or `its-start`: from which basis date on the version before judges again.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "today")]
    from: Since,
}

/// Takes an activation back: what was in force before it judges again, with the settings that it had, from
/// today's basis date on or from the one on which the activation began. Verdicts that were given stay. Takes
/// effect on every host at once. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/activations/{activation}/rollback", tag = "policies",
    params(("activation" = String, Path, format = Uuid)), request_body = RollBack,
    responses((status = 201, description = "The activation that judges again.", body = ActivationView), Problems))]
async fn roll_back(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Ids(activation): Ids<ActivationId>,
    post: Post<RollBack>,
) -> Answer {
    let RollBack { reason, from: since } = post.body;
    let wanted = Wanted { activation, since, reason, by: caller.name.clone() };
    let shown = |again: &_, rollback: &_| Ok(view(again)?.with(from_ref::<Rollback>(rollback)));
    rollback::roll_back(&app, &caller, &post.once, wanted, shown).await
}
