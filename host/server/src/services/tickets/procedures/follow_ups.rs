//! A follow-up that was done or left out; the next one of a series is due by the respondent's calendar.

use crate::http::problem::Problem;
use crate::services::tickets::order::Carry;
use crate::services::tickets::walk::Walk;
use sanbao_domain::claim::Command;
use sanbao_domain::claim::follow_ups::{self, Next, Outcome};
use sanbao_domain::ids::{ClaimId, FollowUpId};

/// What became of a follow-up.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Which.
    pub follow_up: FollowUpId,
    /// What became of it.
    pub how: How,
    /// The id of the next one, where it comes again.
    pub next: FollowUpId,
}

/// What became of a follow-up.
#[derive(Clone, Debug)]
pub enum How {
    /// The customer was called or visited.
    Done(Outcome),
    /// It was left out, for this reason.
    Skipped(String),
}

impl Carry for Ended {
    async fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> Result<(), Problem> {
        let Self { follow_up, how, next } = self;
        let every = walk.claim(id)?.procedures.follow_ups.find(follow_up).and_then(|one| one.every);
        let calendar = &walk.governed(id)?.respondent.calendar;
        let next = every
            .and_then(|every| calendar.due(walk.now(), every).ok())
            .map(|latest| Next { id: next, latest });
        let command = match how {
            How::Done(outcome) => follow_ups::Command::Done { follow_up, outcome: Box::new(outcome), next },
            How::Skipped(reason) => follow_ups::Command::Skip { follow_up, reason, next },
        };
        walk.give(id, Command::from(command)).await
    }
}
