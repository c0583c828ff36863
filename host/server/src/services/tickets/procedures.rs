//! Commands to procedures that need more than what the client states: the calendar, or the policy's answer.

pub mod follow_ups;
pub mod training;
