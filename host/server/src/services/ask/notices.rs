//! Who is told after an event?

use super::Governing;
use crate::app::App;
use crate::services::tickets::tape::Tape;
use sanbao_domain::case::CaseEvent;
use sanbao_domain::claim::Claim;
use sanbao_domain::notices::Notice;
use sanbao_domain::time::Timestamp;
use sanbao_policy::contract::Interface;
use sanbao_policy::question::Notices;

impl Governing {
    /// Who is told after this event, when and how often? Nobody, where the policy does not say or fails: the
    /// failure is recorded.
    pub async fn notices(
        &self,
        app: &App,
        claim: &Claim,
        event: CaseEvent,
        now: Timestamp,
        tape: &mut Tape,
    ) -> Vec<Notice> {
        if !self.policy.exports(Interface::Notices) {
            return Vec::new();
        }
        let (decision, took) = self.ask(app, Notices { case: self.case(claim, now), event }).await;
        let outcome = decision.outcome.as_ref().map(|_| "answered".to_owned());
        tape.record(app, claim, &self.by, decision.record, outcome, took, now);
        decision.outcome.unwrap_or_default()
    }
}
