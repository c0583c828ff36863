//! What the API shows, in the language asked for and only to those whom it concerns.

pub mod back_test;
pub mod carton_labels;
pub mod claim;
pub mod customer;
pub mod deadline;
pub mod difference;
pub mod explain;
pub mod follow_up;
pub mod journal;
pub mod message;
pub mod offer;
pub mod parts;
pub mod person;

pub mod policy_health;
pub mod receipt;
pub mod report;
pub mod rulebook;
pub mod shadow;
pub mod ticket;
pub mod upload;
pub mod verdict;

pub(crate) mod labels;
pub mod what_if;
