//! Shared harness of the tests.

pub mod browser;
pub mod bucket;
pub mod database;
pub mod packs;
pub mod postgres;
pub mod registry;
