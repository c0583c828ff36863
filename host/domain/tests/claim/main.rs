//! The claim's state machine: what it allows step by step, and what no sequence of commands can reach.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)] // A test that cannot go on says so by stopping.

mod charges;
mod counter;
mod findings;
mod fixtures;
mod floor;
mod hold;
mod jobs;
mod moves;
mod notices;
mod recovery;
mod returns;
mod sequences;
