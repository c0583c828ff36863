//! `/livez` and `/readyz`: whether the process runs, and whether it can answer.

use crate::app::App;
use crate::http::reply::{Answer, Reply};
use axum::extract::State;
use sanbao_store::{Scope, clock};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(live)).routes(routes!(ready))
}

/// How the host is.
#[derive(Serialize, ToSchema)]
struct Health {
    /// "ok".
    status: &'static str,
}

/// Whether the process runs.
#[utoipa::path(get, path = "/livez", tag = "host", responses((status = 200, description = "It runs.", body = Health)))]
async fn live() -> Answer {
    Reply::ok(&Health { status: "ok" })
}

/// Whether the host can reach its database.
#[utoipa::path(get, path = "/readyz", tag = "host", responses(
    (status = 200, description = "It can answer.", body = Health),
    (status = 503, description = "The database cannot be reached."),
))]
async fn ready(State(app): State<App>) -> Answer {
    let mut conn = app.store().read(Scope::Platform).await?;
    clock::offset(&mut conn).await?;
    Reply::ok(&Health { status: "ok" })
}
