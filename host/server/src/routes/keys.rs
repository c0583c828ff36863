//! `/v1/keys`: the keys of the caller's party.

use crate::app::App;
use crate::http::auth::{May, PartyWrite};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::Listed;
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::keys::{self, Made};
use axum::extract::State;
use sanbao_domain::ids::KeyId;
use sanbao_domain::time::Timestamp;
use sanbao_store::key::ApiKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(revoke))
}

/// A key, without its secret.
#[derive(Serialize, ToSchema)]
#[schema(as = Key)]
struct KeyView {
    #[schema(value_type = String, format = Uuid)]
    id: KeyId,
    name: String,
    scopes: Vec<String>,
    roles: Vec<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<Timestamp>,
}

impl From<&ApiKey> for KeyView {
    fn from(key: &ApiKey) -> Self {
        Self {
            id: key.id,
            name: key.name.clone(),
            scopes: key.scopes.clone(),
            roles: key.roles.clone(),
            created_at: key.created_at,
            expires_at: key.expires_at,
            revoked_at: key.revoked_at,
        }
    }
}

/// A new key with its secret.
#[derive(Serialize, ToSchema)]
#[schema(as = NewKeyShown)]
pub(super) struct NewKeyView {
    #[serde(flatten)]
    key: KeyView,
    /// To be sent as `Authorization: Bearer`; it is shown this once and kept nowhere.
    #[schema(example = "sbk_…")]
    secret: String,
}

impl From<&Made> for NewKeyView {
    fn from(made: &Made) -> Self {
        Self { key: (&made.key).into(), secret: made.secret.expose().to_owned() }
    }
}

/// The party's keys, newest first, revoked ones included. Needs `party:write`.
#[utoipa::path(get, path = "/v1/keys", tag = "parties",
    responses((status = 200, description = "All keys.", body = Listed<KeyView>), Problems))]
async fn list(State(app): State<App>, caller: May<PartyWrite>) -> Answer {
    let rows = keys::list(&app, caller.party.id).await?;
    Reply::ok(&Listed::all(rows.iter().map(KeyView::from).collect()))
}

/// What a key is made from.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewKey {
    /// 1 to 100 characters; the journal shows it.
    name: String,
    /// `tickets:read`, `tickets:write`, `policies:read`, `policies:write`, `parts:read`, `parts:write`, `party:write`, `admin`, `clock`, or
    /// `*` for all that the party may have. Only what the asking key has itself.
    scopes: Vec<String>,
    /// Approval roles that it may sign for; `*` for every one. Only those of the asking key.
    #[serde(default)]
    roles: Vec<String>,
    /// When it ends; never when absent.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

/// Makes a key. Needs `party:write`.
#[utoipa::path(post, path = "/v1/keys", tag = "parties", request_body = NewKey,
    responses((status = 201, description = "The secret is shown this once.", body = NewKeyView), Problems))]
async fn make(State(app): State<App>, caller: May<PartyWrite>, post: Post<NewKey>) -> Answer {
    let NewKey { name, scopes, roles, expires_at } = post.body;
    let new = keys::NewKey { name, scopes, roles, expires_at };
    keys::make(&app, &caller, &post.once, new, |made| NewKeyView::from(made)).await
}

/// Revokes a key at once. Needs `party:write`.
#[utoipa::path(delete, path = "/v1/keys/{key}", tag = "parties", params(("key" = String, Path, format = Uuid)),
    responses((status = 204, description = "It is accepted no more."), Problems))]
async fn revoke(State(app): State<App>, caller: May<PartyWrite>, Ids(id): Ids<KeyId>) -> Answer {
    keys::revoke(&app, caller.party.id, id).await
}
