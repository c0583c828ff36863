//! The claim's state machine: what it allows step by step, and what no sequence of commands can reach.

mod fixtures;
mod moves;
mod sequences;
