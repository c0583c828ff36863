//! `/v1/uploads`: the check of what was uploaded, followed by polling or as events.

use crate::app::App;
use utoipa_axum::router::OpenApiRouter;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}
