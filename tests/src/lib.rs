//! Shared harness of the tests.

pub mod browser;
pub mod database;
pub mod packs;
pub mod postgres;
pub mod registry;
