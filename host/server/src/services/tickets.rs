//! Tickets: opening them, giving commands to their claims, reading them.
//!
//! A command is one walk: read the ticket, ask the state machine whether it is legal, ask the policy where
//! its answer is part of the command, let the machine say what follows, apply that to a copy, ask what is
//! due now, and write everything in one transaction.

pub mod checklist;
pub mod command;
pub mod facts;
pub mod intake;
pub mod open;
pub mod order;
pub mod procedures;
pub mod read;
pub mod refused;
pub mod show;
pub mod tape;
pub mod upstream;
pub mod walk;
