//! All routes in one router, with what surrounds them, and the document that describes them.

use crate::app::App;
use crate::http::{layers, openapi, problem, request_id};
use crate::routes;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// The whole HTTP interface of a host.
pub fn router(app: App) -> Router {
    let (routes, document) = described().split_for_parts();
    let document = openapi::served(document);
    routes
        .route("/openapi.json", get(async move || document.clone()))
        .route("/docs", get(openapi::reference))
        .merge(routes::customer::router())
        .fallback(problem::no_route)
        .method_not_allowed_fallback(problem::no_method)
        // Bodies are limited where they are read.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(app.clone(), layers::carry_out))
        .layer(from_fn_with_state(app.clone(), layers::header_limit))
        .layer(from_fn(problem::render))
        .layer(from_fn(layers::usual_headers))
        .layer(from_fn(request_id::layer))
        .with_state(app)
}

/// The OpenAPI 3.1 document of [`router`].
pub fn openapi() -> OpenApi {
    openapi::finished(described().into_openapi())
}

fn described() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::base())
        .merge(routes::health::router())
        .merge(routes::parties::router())
        .merge(routes::contacts::router())
        .merge(routes::keys::router())
        .merge(routes::dealerships::router())
        .merge(routes::units::router())
        .merge(routes::parts::router())
        .merge(routes::policies::router())
        .merge(routes::activations::router())
        .merge(routes::tickets::router())
        .merge(routes::checklists::router())
        .merge(routes::claims::router())
        .merge(routes::links::router())
        .merge(routes::verdicts::router())
        .merge(routes::receipts::router())
        .merge(routes::deadlines::router())
        .merge(routes::messages::router())
        .merge(routes::follow_ups::router())
        .merge(routes::journal::router())
        .merge(routes::reports::router())
        .merge(routes::uploads::router())
        .merge(routes::signing::router())
        .merge(routes::receipt_keys::router())
        .merge(routes::limits::router())
        .merge(routes::back_tests::router())
        .merge(routes::policy_health::router())
        .merge(routes::shadows::router())
        .merge(routes::what_if::router())
        .merge(routes::clock::router())
}
