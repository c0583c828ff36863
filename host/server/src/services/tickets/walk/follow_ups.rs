//! After an event the policy says which calls and visits follow (FUP-01…06; HAI-03).

use super::{Walk, policy};
use crate::http::problem::Problem;
use crate::services::tickets::refused::refused;
use sanbao_domain::actor::Actor;
use sanbao_domain::case::CaseEvent;
use sanbao_domain::claim::Command;
use sanbao_domain::claim::follow_ups::{self, FollowUp};
use sanbao_domain::follow_up::Visit;
use sanbao_domain::ids::ClaimId;
use sanbao_domain::time::Timestamp;

/// Name under which the journal shows who plans.
const FOLLOW_UP: &str = "follow-up";

impl Walk<'_> {
    /// Plans what the policy asks for after an event; claims at their end are followed up too.
    pub(super) async fn plan_follow_ups(
        &mut self,
        id: ClaimId,
        event: CaseEvent,
        at: Timestamp,
    ) -> Result<(), Problem> {
        let claim = self.ticket.claim(id).ok_or_else(Problem::not_found)?;
        let Some(policy) = policy(&self.governed, id) else { return Ok(()) };
        let visits = policy.visits(self.app, claim, event, self.now, &mut self.tape).await;
        if visits.is_empty() {
            return Ok(());
        }
        let calendar = &policy.respondent().calendar;
        let planned = |visit: Visit| {
            // An instant beyond the year 9999 is none.
            let latest = calendar.due(at, visit.within).ok()?;
            let earliest = match visit.after {
                Some(after) => calendar.due(at, after).ok()?.min(latest),
                None => at,
            };
            Some(FollowUp::new(self.app.id(), visit, event, earliest, latest))
        };
        let all = visits.into_iter().filter_map(planned).collect();
        let host = Actor::host(FOLLOW_UP);
        let events = claim
            .handle(&host, Command::from(follow_ups::Command::Plan(all)), self.now)
            .map_err(|refusal| refused(&refusal, claim, &host))?;
        self.take_down(id, host, events);
        Ok(())
    }
}
