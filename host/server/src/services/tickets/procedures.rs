//! Commands to procedures that need more than what the client states: the calendar, or the policy's answer.

pub mod charges;
pub mod counter;
pub mod findings;
pub mod follow_ups;
pub mod jobs;
pub mod returns;
pub mod training;
