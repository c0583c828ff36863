//! The policy engine: runs the parties' components, checks what they answer and records it.
//!
//! An upload goes through [`check`]; a [`Registry`](registry::Registry) holds what passed as
//! [`Policy`](policy::Policy) by digest; a [`Runner`](runner::Runner) asks them, each call on a fresh
//! instance within [`Limits`](limits::Limits); what they answer passes the host's invariants and comes back
//! as a [`Decision`](decision::Decision) with the record that becomes its [`Receipt`](receipt::Receipt).

pub mod back_test;
mod call;
pub mod check;
pub mod compare;
pub mod compile;
pub mod contract;
pub mod decision;
pub mod digest;
pub mod engine;
pub mod failure;
mod gate;
pub mod guest;
pub mod invariants;
pub mod limits;
pub mod policy;
pub mod question;
pub mod receipt;
pub mod registry;
pub mod runner;
pub mod scenario;
mod ticker;
