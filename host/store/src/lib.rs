//! Durable state on SQLite and PostgreSQL: one SQL text for both, one file per aggregate.
//!
//! [`Store::read`] gives a connection that can only read; [`Store::write`] runs a closure in a
//! transaction that always goes to its end. The functions of the aggregates take either.

pub mod activation;
pub mod artifact;
pub mod back_test;
mod batch;
mod claim;
pub mod clock;
mod conn;
pub mod contact;
pub mod deadline;
pub mod dealership;
mod error;
pub mod finding;
pub mod follow_up;
pub mod history;
pub mod idempotency;
pub mod journal;
pub mod key;
pub mod limit;
pub mod link;
pub mod message;
mod migrate;
pub mod money;
mod number;
pub mod parts;
pub mod party;
pub mod policy;
pub mod policy_health;
mod postgres;
pub mod predecessor;
pub mod receipt;
pub mod receipt_key;
mod record;
pub mod report;
pub mod shadow;
pub mod signing;
mod sqlite;
mod statements;
mod stats;
mod store;
pub mod ticket;
pub mod unit;
pub mod upload;
pub mod upstream;
mod value;
pub mod wake;

pub use conn::Conn;
pub use error::{Entity, StoreError};
pub use migrate::MigrateError;
pub use stats::Totals;
pub use store::{Engine, OpenError, Scope, Store, StoreConfig};
