//! Shared harness of the tests.

pub mod database;
pub mod packs;
pub mod postgres;
