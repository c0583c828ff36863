//! The store on both engines: every test body here runs on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod aggregates;
mod artifacts;
mod fences;
mod parts;
mod policy_health;
mod records;
mod sample;
mod schema;
mod signing;
mod tickets;
mod uploads;
mod versions;
mod workers;
mod writing;
