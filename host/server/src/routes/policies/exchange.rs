//! `/v1/policies/{policy}/push` and `/v1/uploads/pull`: versions in OCI registries.

use crate::app::App;
use crate::http::auth::{May, PoliciesWrite};
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::policies;
use crate::services::registries::{self, Artifact, Credentials};
use crate::services::uploads;
use crate::views::upload::UploadView;
use axum::extract::State;
use sanbao_domain::ids::PolicyId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(push)).routes(routes!(pull))
}

/// A place in a registry, and who may read or write there. The credentials are not kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RegistryPlace)]
struct Place {
    /// HOST/REPOSITORY:TAG, or HOST/REPOSITORY@DIGEST to pull.
    #[schema(example = "ghcr.io/brand/policy:1.2.0")]
    reference: String,
    username: Option<String>,
    /// Password; without a user name a bearer token.
    password: Option<String>,
}

/// What the registry has now.
#[derive(Serialize, ToSchema)]
#[schema(as = RegistryPushed)]
struct Pushed {
    #[schema(example = "ghcr.io/brand/policy:1.2.0")]
    reference: String,
    /// Digest of the OCI manifest: REPOSITORY@DIGEST is this version and no other, ever.
    #[schema(example = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    manifest: String,
    /// SHA-256 of the component.
    digest: String,
}

/// Pushes a version of the key's party to an OCI registry that the operator allows, as a Wasm artifact. Needs
/// `policies:write`.
#[utoipa::path(post, path = "/v1/policies/{policy}/push", tag = "policies",
    params(("policy" = String, Path, format = Uuid)), request_body = Place,
    responses((status = 200, description = "It is there.", body = Pushed), Problems))]
async fn push(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Ids(id): Ids<PolicyId>,
    post: Post<Place>,
) -> Answer {
    let Place { reference, username, password } = post.body;
    let version = policies::own(&app, &caller, id).await?;
    let place = registries::Place::allowed(app.config(), &reference, Credentials { username, password })?;
    let component = policies::component(&app, &caller, id).await?;
    let artifact = Artifact {
        component: component.into(),
        name: version.name,
        version: version.version,
        created: version.created_at,
    };
    let pushed = registries::push(&place, artifact).await?;
    let reply = Reply::ok(&Pushed {
        reference: pushed.reference,
        manifest: pushed.manifest,
        digest: pushed.digest.to_string(),
    })?;
    // Pushing again would change nothing; a repeated request is answered without.
    post.once.commit(&app, caller.party.id, reply, |_| Box::pin(async { Ok(()) })).await
}

/// Uploads what an OCI registry has, as if its bytes had been sent to `/v1/policies`: a Wasm artifact, whose
/// digest is compared with its manifest. Only from registries that the operator allows. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/uploads/pull", tag = "policies", request_body = Place,
    responses((status = 202, description = "It will be checked.", body = UploadView), Problems))]
async fn pull(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Lang(language): Lang,
    post: Post<Place>,
) -> Answer {
    let Place { reference, username, password } = post.body;
    let place = registries::Place::allowed(app.config(), &reference, Credentials { username, password })?;
    let pulled = registries::pull(&place, app.config().max_component as u64).await?;
    let new = uploads::New { bytes: pulled.component.into(), signature: None };
    let view = |row: &_| UploadView::new(row, language);
    Ok(uploads::take(&app, &caller, &post.once, new, view).await?.language(language))
}
