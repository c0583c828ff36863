//! Scenario tables: reading them, running them, comparing answers.

pub(crate) mod answer;
pub(crate) mod pack;
pub(crate) mod table;
