//! The HTTP host: routes that mirror the URL tree, services and workers.
//!
//! A request walks route → service → store (read) → domain (legal?) → policy (ask) → domain (apply) →
//! store (write, one transaction) → answer.

pub mod app;
pub mod bootstrap;
pub mod channels;
pub mod clock;
pub mod config;
pub mod http;
mod listen;
mod random;
mod router;
pub mod routes;
pub mod serve;
pub mod services;
pub mod views;
pub mod workers;

pub use app::{App, AppError};
pub use config::Config;
pub use router::{openapi, router};
pub use serve::{Host, ServeError, serve};
