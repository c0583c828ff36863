//! HTTP as all routes use it: who asks, in which language, what comes in, what goes out.

pub mod auth;
pub mod check;
pub mod csv;
pub mod events;
pub mod idempotency;
pub mod ids;
pub mod language;
pub(crate) mod layers;
mod missing;
pub mod openapi;
pub mod page;
pub mod post;
pub mod problem;
pub mod reply;
pub mod request_id;
pub mod schema;
pub mod scope;
pub mod secret;
