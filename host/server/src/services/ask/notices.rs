//! Who is told after an event?

use super::Governing;
use crate::app::App;
use crate::services::tickets::tape::Tape;
use sanbao_domain::case::CaseEvent;
use sanbao_domain::claim::Claim;
use sanbao_domain::notices::Notice;
use sanbao_domain::time::Timestamp;
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
        let answer = self.put(app, claim, now, tape, |case| Notices { case, event }).await;
        answer.and_then(|(_, answer)| answer.ok()).unwrap_or_default()
    }
}
