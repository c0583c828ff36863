//! The host through its router, on a database of its own for each test.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers outside test functions are test code too.

mod auth;
mod clock;
mod host;
mod idempotency;
mod parties;
mod policies;
mod problems;
mod shutdown;
