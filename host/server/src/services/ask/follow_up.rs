//! Asking which visits follow an event. Without an exported `follow-up` none do.

use super::Governing;
use crate::app::App;
use crate::services::tickets::tape::Tape;
use sanbao_domain::case::CaseEvent;
use sanbao_domain::claim::Claim;
use sanbao_domain::follow_up::Visit;
use sanbao_domain::time::Timestamp;
use sanbao_policy::contract::Interface;
use sanbao_policy::question::Visits;

impl Governing {
    /// Which visits or calls follow this event?
    pub async fn visits(
        &self,
        app: &App,
        claim: &Claim,
        event: CaseEvent,
        now: Timestamp,
        tape: &mut Tape,
    ) -> Vec<Visit> {
        if !self.policy.exports(Interface::FollowUp) {
            return Vec::new();
        }
        let (decision, took) = self.ask(app, Visits { case: self.case(claim, now), event }).await;
        let outcome = decision.outcome.as_ref().map(|_| "answered".to_owned());
        tape.record(app, claim, &self.by, decision.record, outcome, took, now);
        decision.outcome.unwrap_or_default()
    }
}
