//! `/v1/parties/{party}/limits`: what a party may use.

use crate::app::App;
use utoipa_axum::router::OpenApiRouter;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}
