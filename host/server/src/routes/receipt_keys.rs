//! `/v1/receipt-keys`: the keys that receipts are signed with.

use crate::app::App;
use crate::http::auth::{Admin, May};
use crate::http::openapi::Problems;
use crate::http::page::Listed;
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::receipt_keys;
use axum::extract::State;
use sanbao_domain::time::Timestamp;
use sanbao_store::receipt_key::ReceiptKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_receipt_keys)).routes(routes!(rotate_receipt_key))
}

/// A public key.
#[derive(Serialize, ToSchema)]
struct ReceiptKeyView {
    /// Its name: the first 16 hexadecimal digits of its SHA-256.
    #[schema(example = "0f1e2d3c4b5a6978")]
    id: String,
    /// The Ed25519 public key, 64 hexadecimal digits.
    public_key: String,
    /// From when on a host signs with it.
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// Until when; absent while it is in use. What it signed stays verifiable.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
}

impl From<&ReceiptKey> for ReceiptKeyView {
    fn from(key: &ReceiptKey) -> Self {
        Self { id: key.id.clone(), public_key: hex::encode(key.public_key), from: key.from, until: key.until }
    }
}

/// Nothing to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NothingToSay {}

/// The public keys of all hosts, old ones included, for whoever verifies a receipt. Needs no key.
#[utoipa::path(get, path = "/v1/receipt-keys", tag = "records",
    responses((status = 200, description = "All of them, oldest first", body = Listed<ReceiptKeyView>)))]
async fn list_receipt_keys(State(app): State<App>) -> Answer {
    let keys = receipt_keys::list(&app).await?;
    Reply::ok(&Listed::all(keys.iter().map(ReceiptKeyView::from).collect()))
}

/// Gives the host that answers a new key to sign with. Needs `admin`.
#[utoipa::path(post, path = "/v1/receipt-keys/rotate", tag = "host", request_body = NothingToSay,
    responses((status = 201, description = "The new key", body = ReceiptKeyView), Problems))]
async fn rotate_receipt_key(State(app): State<App>, _: May<Admin>, post: Post<NothingToSay>) -> Answer {
    receipt_keys::rotate(&app, &post.once, |key| ReceiptKeyView::from(key)).await
}
