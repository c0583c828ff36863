//! Stories through HTTP with the real policies, each on SQLite and on PostgreSQL.

mod concurrency;
mod deadlines;
mod dealer;
mod failing;
mod intake;
mod store;
mod tenancy;
mod versions;
mod world;
