//! What work outside cover costs, by the policy.

use super::Governing;
use crate::app::App;
use crate::services::tickets::tape::Tape;
use sanbao_domain::case::Remedy;
use sanbao_domain::charges::{Consent, Item, Quote};
use sanbao_domain::claim::Claim;
use sanbao_domain::claim::charges::baseline;
use sanbao_domain::time::Timestamp;
use sanbao_policy::question::Charges;

impl Governing {
    /// What does this work cost? Where the policy does not say: the prices given, after work, when the
    /// claimant agrees; where it fails, a superior must agree as well. `None` where prices are missing.
    pub async fn quote(
        &self,
        app: &App,
        claim: &Claim,
        items: Vec<Item>,
        now: Timestamp,
        tape: &mut Tape,
    ) -> Option<Quote> {
        let remedy = claim.state.settlement().map_or(Remedy::Repair, |settlement| settlement.remedy);
        let question = |case| Charges { case, remedy, items: items.clone() };
        match self.put(app, claim, now, tape, question).await {
            None => baseline(&items),
            Some((_, Ok(quote))) => Some(quote),
            Some((_, Err(_))) => baseline(&items).map(|quote| Quote { consent: Consent::Both, ..quote }),
        }
    }
}
