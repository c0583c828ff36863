//! Stories through HTTP with the real policies, each on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod back_tests;
mod buckets;
mod care;
mod charges;
mod compiling;
mod concurrency;
mod customer;
mod deadlines;
mod dealer;
mod difference;
mod exchange;
mod failing;
mod findings;
mod floor;
mod handovers;
mod intake;
mod jobs;
mod lifecycle;
mod limits;
mod notices;
mod parts;
mod policy_health;
mod receipts;
mod returns;
mod shadows;
mod signing;
mod sinks;
mod store;
mod tenancy;
mod two_hosts;
mod uploads;
mod versions;
mod what_if;
mod world;
