//! `/v1/signing-keys` and `/v1/signing`: who signs a party's uploads, and whether somebody must.

use crate::app::App;
use crate::http::auth::{May, PoliciesRead, PoliciesWrite};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::Listed;
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::signing;
use axum::extract::State;
use sanbao_domain::ids::SigningKeyId;
use sanbao_domain::time::Timestamp;
use sanbao_store::signing::SigningKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, register))
        .routes(routes!(revoke))
        .routes(routes!(rule, require))
}

/// A public key.
#[derive(Serialize, ToSchema)]
#[schema(as = SigningKey)]
struct SigningKeyView {
    #[schema(value_type = String, format = Uuid)]
    id: SigningKeyId,
    name: String,
    /// The key's id as minisign prints it.
    #[schema(example = "E7620F1842B4E81F")]
    key_id: String,
    /// Base64, the second line of minisign.pub.
    public_key: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<Timestamp>,
}

impl From<&SigningKey> for SigningKeyView {
    fn from(key: &SigningKey) -> Self {
        Self {
            id: key.id,
            name: key.name.clone(),
            key_id: key.key_id.clone(),
            public_key: key.public_key.clone(),
            created_at: key.created_at,
            revoked_at: key.revoked_at,
        }
    }
}

/// The keys that the party's uploads may be signed with, newest first, revoked ones included. Needs
/// `policies:read`.
#[utoipa::path(get, path = "/v1/signing-keys", tag = "policies",
    responses((status = 200, description = "All keys.", body = Listed<SigningKeyView>), Problems))]
async fn list(State(app): State<App>, caller: May<PoliciesRead>) -> Answer {
    let rows = signing::list(&app, caller.party.id).await?;
    Reply::ok(&Listed::all(rows.iter().map(SigningKeyView::from).collect()))
}

/// A public key to register.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSigningKey {
    /// 1 to 100 characters.
    name: String,
    /// The content of minisign.pub, or its second line.
    public_key: String,
}

/// Registers a public key of minisign's. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/signing-keys", tag = "policies", request_body = NewSigningKey,
    responses((status = 201, description = "The key.", body = SigningKeyView), Problems))]
async fn register(State(app): State<App>, caller: May<PoliciesWrite>, post: Post<NewSigningKey>) -> Answer {
    let NewSigningKey { name, public_key } = post.body;
    signing::register(&app, &caller, &post.once, (name, &public_key), |key| SigningKeyView::from(key)).await
}

/// Revokes a key: it signs no upload any more; what it signed stays signed. Needs `policies:write`.
#[utoipa::path(delete, path = "/v1/signing-keys/{signing_key}", tag = "policies",
    params(("signing_key" = String, Path, format = Uuid)),
    responses((status = 204, description = "It is accepted no more."), Problems))]
async fn revoke(State(app): State<App>, caller: May<PoliciesWrite>, Ids(id): Ids<SigningKeyId>) -> Answer {
    signing::revoke(&app, caller.party.id, id).await
}

/// Whether uploads must be signed.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SigningRule {
    /// Unsigned uploads are refused, and unsigned versions are not activated.
    required: bool,
}

/// Whether the party takes signed uploads only. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/signing", tag = "policies",
    responses((status = 200, description = "The rule.", body = SigningRule), Problems))]
async fn rule(State(app): State<App>, caller: May<PoliciesRead>) -> Answer {
    Reply::ok(&SigningRule { required: signing::required(&app, caller.party.id).await? })
}

/// Says whether the party takes signed uploads only. Needs `policies:write`.
#[utoipa::path(put, path = "/v1/signing", tag = "policies", request_body = SigningRule,
    responses((status = 200, description = "The rule.", body = SigningRule), Problems))]
async fn require(State(app): State<App>, caller: May<PoliciesWrite>, post: Post<SigningRule>) -> Answer {
    signing::require(&app, &caller, post.body.required).await?;
    Reply::ok(&post.body)
}
