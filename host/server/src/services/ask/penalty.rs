//! What follows from a finding?

use super::Governing;
use crate::app::App;
use crate::services::tickets::tape::Tape;
use sanbao_domain::claim::Claim;
use sanbao_domain::claim::findings::Proposal;
use sanbao_domain::penalty::Finding;
use sanbao_domain::time::Timestamp;
use sanbao_policy::contract::Interface;
use sanbao_policy::question::Penalty;

impl Governing {
    /// The measures that the policy proposes. The host's own baseline proposes none, and where the policy
    /// fails, its receipt says how and a person is free to act outside the host.
    pub async fn assess(
        &self,
        app: &App,
        claim: &Claim,
        finding: Finding,
        now: Timestamp,
        tape: &mut Tape,
    ) -> Proposal {
        if !self.policy.exports(Interface::Penalty) {
            return Proposal::default();
        }
        let (decision, took) = self.ask(app, Penalty { case: self.case(claim, now), finding }).await;
        let outcome = decision.outcome.as_ref().map(|_| "answered".to_owned());
        let receipt = tape.record(app, claim, &self.by, decision.record, outcome, took, now);
        Proposal { receipt: Some(receipt), measures: decision.outcome.unwrap_or_default() }
    }
}
