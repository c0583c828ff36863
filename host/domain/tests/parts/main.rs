//! Spare parts: what the rules allow step by step, and what no sequence of commands can reach.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)] // A test that cannot go on says so by stopping.

mod fixtures;
mod forms;
mod requisition;
mod sequences;
mod table;
