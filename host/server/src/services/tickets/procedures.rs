//! What the commands of the procedures ask on their way to the state machine.

pub mod findings;
pub mod returns;
