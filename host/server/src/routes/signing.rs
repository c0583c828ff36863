//! `/v1/signing-keys` and `/v1/signing`: whose signature an upload must bear.

use crate::app::App;
use utoipa_axum::router::OpenApiRouter;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}
