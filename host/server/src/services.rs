//! Use cases: each reads, decides and writes once.

pub mod activations;
pub mod ask;
pub mod contacts;
pub mod customer;
pub mod keys;
pub mod links;
pub mod messages;
pub mod parties;
pub mod parts;
pub mod policies;
pub mod reports;
pub mod tickets;
pub mod units;
