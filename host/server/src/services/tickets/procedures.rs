//! What the commands of the procedures ask on their way to the state machine.

pub mod charges;
pub mod counter;
pub mod findings;
pub mod jobs;
pub mod returns;
