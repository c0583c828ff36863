//! Asking which visits follow an event. Without an exported `follow-up` none do.

use super::Governing;
use crate::app::App;
use crate::services::tickets::tape::Tape;
use sanbao_domain::case::CaseEvent;
use sanbao_domain::claim::Claim;
use sanbao_domain::follow_up::Visit;
use sanbao_domain::time::Timestamp;
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
        let answer = self.put(app, claim, now, tape, |case| Visits { case, event }).await;
        answer.and_then(|(_, answer)| answer.ok()).unwrap_or_default()
    }
}
