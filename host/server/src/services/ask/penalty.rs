//! What follows from a finding?

use super::Governing;
use crate::app::App;
use crate::services::tickets::tape::Tape;
use sanbao_domain::claim::Claim;
use sanbao_domain::claim::findings::Proposal;
use sanbao_domain::penalty::Finding;
use sanbao_domain::time::Timestamp;
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
        match self.put(app, claim, now, tape, |case| Penalty { case, finding }).await {
            None => Proposal::default(),
            Some((receipt, measures)) => {
                Proposal { receipt: Some(receipt), measures: measures.unwrap_or_default() }
            }
        }
    }
}
