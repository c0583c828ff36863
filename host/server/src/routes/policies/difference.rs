//! `/v1/policies/{policy}/difference`: what a version changes.

use crate::app::App;
use crate::http::auth::{May, PoliciesRead};
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::Params;
use crate::http::reply::{Answer, Reply};
use crate::services::differences;
use crate::views::difference::DifferenceView;
use axum::extract::State;
use sanbao_domain::ids::PolicyId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(difference))
}

/// What to compare with.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct From {
    /// The older version; the one of the same name that is in force now, else the one before, when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    from: Option<PolicyId>,
}

/// What a version changes against an older one: rules, facts, settings, roles, interfaces, size and fuel. Needs
/// `policies:read`.
#[utoipa::path(get, path = "/v1/policies/{policy}/difference", tag = "policies",
    params(("policy" = String, Path, format = Uuid), From),
    responses((status = 200, description = "What differs.", body = DifferenceView), Problems))]
async fn difference(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Ids(id): Ids<PolicyId>,
    Lang(language): Lang,
    Params(query): Params<From>,
) -> Answer {
    let difference = differences::between(&app, &caller, id, query.from).await?;
    Ok(Reply::ok(&DifferenceView::new(difference, language))?.language(language))
}
