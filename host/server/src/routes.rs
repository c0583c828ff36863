//! One file per branch of the URL tree: what comes in, what goes out, and which service does it.

pub mod activations;
pub mod checklists;
pub mod claims;
pub mod clock;
pub mod contacts;
pub mod customer;
pub mod deadlines;
pub mod dealerships;
pub mod follow_ups;
pub mod health;
pub mod journal;
pub mod keys;
pub mod links;
pub mod messages;
pub mod parties;
pub mod parts;
pub mod policies;
pub mod receipts;
pub mod reports;
pub mod tickets;
pub mod units;
pub mod verdicts;
