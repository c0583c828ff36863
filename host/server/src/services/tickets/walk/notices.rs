//! Who is told after an event: the policy says it, the respondent's calendar places it, and what is to be
//! said now becomes messages of the same transaction.

use super::{Walk, policy};
use crate::http::problem::Problem;
use crate::services::messages::write;
use crate::services::tickets::refused::refused;
use sanbao_domain::actor::Actor;
use sanbao_domain::calendar::Calendar;
use sanbao_domain::case::CaseEvent;
use sanbao_domain::claim::notices::{Command, Sequence};
use sanbao_domain::ids::ClaimId;
use sanbao_domain::notices::{LastResort, Notice};
use sanbao_domain::time::Timestamp;

/// Name under which the journal shows who begins notices.
const NOTICES: &str = "notices";

impl Walk<'_> {
    /// Asks who is told after an event that happened at `at`; `later` happened after it by the same command,
    /// so what it would stop does not begin.
    pub(super) async fn begin_notices(
        &mut self,
        id: ClaimId,
        event: CaseEvent,
        at: Timestamp,
        later: &[CaseEvent],
    ) -> Result<(), Problem> {
        let claim = self.ticket.claim(id).ok_or_else(Problem::not_found)?;
        let Some(policy) = policy(&self.governed, id) else { return Ok(()) };
        let notices = policy.notices(self.app, claim, event, self.now, &mut self.tape).await;
        let calendar = &policy.respondent().calendar;
        let sequences: Vec<Sequence> = notices
            .into_iter()
            .filter(|notice| !later.iter().any(|event| notice.stopped_by.contains(event)))
            // What lies beyond the year 9999 is never told.
            .filter_map(|notice| placed(calendar, notice, event, at))
            .collect();
        if sequences.is_empty() {
            return Ok(());
        }
        let host = Actor::host(NOTICES);
        let events = claim
            .handle(&host, Command::Begin(sequences).into(), self.now)
            .map_err(|refusal| refused(&refusal, claim, &host))?;
        self.take_down(id, host, events);
        Ok(())
    }

    /// Writes the messages that the entries since the last time call for.
    pub(super) async fn write_messages(&mut self) -> Result<(), Problem> {
        while let Some(entry) = self.entries.get(self.told) {
            let (claim, event) = (entry.claim, entry.event.clone());
            let messages = write::called_for(self.app, &self.ticket, claim, &event, self.now).await?;
            self.messages.extend(messages);
            self.told += 1;
        }
        Ok(())
    }
}

/// The notice with its instants: each at the same time of day as the one before, and the last resort as much
/// later again, as only then the last notice has brought nothing.
fn placed(calendar: &Calendar, notice: Notice, event: CaseEvent, at: Timestamp) -> Option<Sequence> {
    let mut last = match notice.after {
        Some(after) => calendar.same_time(at, after).ok()?,
        None => at,
    };
    let mut planned = vec![last];
    let mut gives_up_at = None;
    if let Some(repeat) = notice.repeat {
        for _ in 0..repeat.times {
            last = calendar.same_time(last, repeat.every).ok()?;
            planned.push(last);
        }
    }
    if notice.at_last != LastResort::Nothing {
        gives_up_at = Some(match notice.repeat {
            Some(repeat) => calendar.same_time(last, repeat.every).ok()?,
            None => last,
        });
    }
    Some(Sequence::new(notice, event, planned, gives_up_at))
}
