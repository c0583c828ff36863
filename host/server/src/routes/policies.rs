//! `/v1/policies`: versions of a party's policy.

mod difference;
mod exchange;
mod view;

pub use view::{AttributeView, RoleView, RuleView};

use crate::app::App;
use crate::http::auth::{May, PoliciesRead, PoliciesWrite};
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, Page, Params};
use crate::http::post::{Post, Upload};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::{policies, policy_health, uploads};
use crate::views::upload::UploadView;
use axum::extract::State;
use axum::http::{StatusCode, header};
use sanbao_domain::activation::State as Status;
use sanbao_domain::ids::PolicyId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use view::{PolicyListed, PolicyView};

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, upload))
        .routes(routes!(show))
        .routes(routes!(component))
        .routes(routes!(retire))
        .merge(difference::router())
        .merge(exchange::router())
}

/// Which of the versions.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Items on a page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// `checked`, `scheduled`, `active` or `retired`. A draft is an upload whose check has not ended, or was
    /// refused.
    #[param(value_type = Option<String>, example = "active")]
    status: Option<Status>,
}

/// The versions of the key's party. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/policies", tag = "policies", params(Which),
    responses((status = 200, description = "Newest first.", body = Listed<PolicyListed>), Problems))]
async fn list(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Lang(language): Lang,
    Params(which): Params<Which>,
) -> Answer {
    let page = Page::new(which.limit, which.cursor.as_deref())?;
    let listed = policies::list(&app, &caller, page, which.status).await?;
    let next_cursor = listed.next_cursor;
    let one = |(row, standing): &(_, _)| Ok(PolicyListed::new(row, language)?.standing(*standing));
    let items = listed.items.iter().map(one).collect::<Result<_, Problem>>()?;
    Ok(Reply::ok(&Listed { items, next_cursor })?.language(language))
}

/// Uploads a version: a component, or a core module that says which world it was built for. Answers at once; the
/// check runs as a job, to be followed at `/v1/uploads/{upload}`, and ends with the version or with a report of
/// every problem. The same bytes again lead to the version that is there. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/policies", tag = "policies",
    params(("Sanbao-Signature" = Option<String>, Header, description = "The .minisig file of the bytes, in base64.")),
    request_body(content = Vec<u8>, content_type = "application/wasm", description = "At most 32 MiB."),
    responses(
        (status = 202, description = "It will be checked.", body = UploadView),
        (status = 429, description = "Too many of the party's uploads have not ended."),
        Problems,
    ))]
async fn upload(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Lang(language): Lang,
    upload: Upload,
) -> Answer {
    let view = |row: &_| UploadView::new(row, language);
    let Upload { bytes, signature, once } = upload;
    let new = uploads::New { bytes, signature: signature.as_deref() };
    Ok(uploads::take(&app, &caller, &once, new, view).await?.language(language))
}

/// A version of the key's party, or of a party that it deals for. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/policies/{policy}", tag = "policies", params(("policy" = String, Path, format = Uuid)),
    responses((status = 200, description = "The version.", body = PolicyView), Problems))]
async fn show(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Ids(id): Ids<PolicyId>,
    Lang(language): Lang,
) -> Answer {
    let row = policies::find(&app, &caller, id).await?;
    let view = PolicyView::new(&row, language)?.standing(policies::standing(&app, &row).await?);
    let shown = if row.party == caller.party.id {
        view.with_health(policy_health::brief(&app, &row).await?)
    } else {
        view.without_report()
    };
    Ok(Reply::ok(&shown)?.language(language))
}

/// The component of a version of the key's party. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/policies/{policy}/component", tag = "policies",
    params(("policy" = String, Path, format = Uuid)),
    responses((status = 200, description = "The bytes.", body = Vec<u8>, content_type = "application/wasm"), Problems))]
async fn component(State(app): State<App>, caller: May<PoliciesRead>, Ids(id): Ids<PolicyId>) -> Answer {
    let bytes = policies::component(&app, &caller, id).await?;
    let reply = Reply::bytes(StatusCode::OK, "application/wasm", bytes);
    Ok(reply.header(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{id}.wasm\"")))
}

/// Nothing to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Empty {}

/// Retires a version: from now on it judges nothing, on no basis date. What it decided stays. Needs
/// `policies:write`.
#[utoipa::path(post, path = "/v1/policies/{policy}/retire", tag = "policies",
    params(("policy" = String, Path, format = Uuid)), request_body = Empty,
    responses((status = 200, description = "The version.", body = PolicyView), Problems))]
async fn retire(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Ids(id): Ids<PolicyId>,
    Lang(language): Lang,
    post: Post<Empty>,
) -> Answer {
    let view = |row: &_| PolicyView::new(row, language);
    Ok(policies::retire(&app, &caller, &post.once, id, view).await?.language(language))
}
