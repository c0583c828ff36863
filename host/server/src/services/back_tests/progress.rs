//! Where a back-test stands and what it found up to there: kept together, so that nothing is counted twice.

use sanbao_policy::back_test::Summary;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Kept in the job's row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Functions that were read to their end.
    pub functions: usize,
    /// In the function after them: the last decision that was counted.
    pub after: Uuid,
    /// Whether every call gets a fresh instance, since the candidate keeps state.
    pub keeps_state: bool,
    /// What was found.
    pub summary: Summary,
}

impl Progress {
    /// Back to the beginning, with fresh instances.
    pub fn start_over(&mut self) {
        *self = Self { keeps_state: true, ..Self::default() };
    }
}
