//! Use cases: each reads, decides and writes once.

pub mod activations;
pub mod artifacts;
pub mod ask;
pub mod back_tests;
pub mod contacts;
pub mod customer;
pub mod differences;
pub mod explain;
pub mod keys;
pub mod limits;
pub mod links;
pub mod messages;
pub mod parties;
pub mod parts;
pub mod policies;
pub mod policy_health;
pub mod receipt_files;
pub mod receipt_keys;
pub mod registries;
pub mod reports;
pub mod shadows;
pub mod signing;
pub mod tickets;
pub mod units;
pub mod uploads;
pub mod what_if;
