//! The pure core of Sanbao: what a claim is, what may happen to it, and when something is due.
//!
//! Nothing here reads a clock, draws a random number or touches a database: time and ids come in as
//! arguments, so that every decision can be made again from its inputs.

pub mod activation;
pub mod actor;
pub mod allowance;
pub mod approval;
pub mod calendar;
pub mod case;
pub mod charges;
pub mod claim;
pub mod deadline;
pub mod failure;
pub mod floor;
pub mod follow_up;
pub mod ids;
pub mod journal;
pub mod manifest;
pub mod message;
pub mod money;
pub mod notices;
pub mod parts;
pub mod party;
pub mod penalty;
pub mod retention;
pub mod service_level;
pub mod text;
pub mod ticket;
pub mod time;
pub mod unit;
pub mod verdict;
