//! A training session that was held: on a day of the respondent's calendar (ZZC-03).

use crate::http::problem::Problem;
use crate::services::tickets::order::Carry;
use crate::services::tickets::walk::Walk;
use sanbao_domain::claim::Command;
use sanbao_domain::claim::training::{self, Session};
use sanbao_domain::ids::ClaimId;
use sanbao_domain::time::Date;

/// A session as stated; held today when no day is named.
#[derive(Clone, Debug)]
pub struct Hold {
    /// The day.
    pub on: Option<Date>,
    /// The session, on any day.
    pub session: Session,
}

impl Carry for Hold {
    async fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> Result<(), Problem> {
        let today = walk.governed(id)?.respondent.calendar.day(walk.now());
        let session = Session { on: self.on.unwrap_or(today), ..self.session };
        walk.give(id, Command::from(training::Command::Hold { session, today })).await
    }
}
