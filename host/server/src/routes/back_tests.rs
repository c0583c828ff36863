//! `/v1/back-tests`: a version on a party's history.

use crate::app::App;
use utoipa_axum::router::OpenApiRouter;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}
