//! `/v1/what-if`: a verdict on edited facts or another date; nothing is stored.

use crate::app::App;
use utoipa_axum::router::OpenApiRouter;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}
