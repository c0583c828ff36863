//! What work outside cover costs, by the policy.

use super::Governing;
use crate::app::App;
use crate::services::tickets::tape::Tape;
use sanbao_domain::case::Remedy;
use sanbao_domain::charges::{Consent, Item, Quote};
use sanbao_domain::claim::Claim;
use sanbao_domain::claim::charges::baseline;
use sanbao_domain::time::Timestamp;
use sanbao_policy::contract::Interface;
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
        if !self.policy.exports(Interface::Charges) {
            return baseline(&items);
        }
        let remedy = claim.state.settlement().map_or(Remedy::Repair, |settlement| settlement.remedy);
        let question = Charges { case: self.case(claim, now), remedy, items: items.clone() };
        let (decision, took) = self.ask(app, question).await;
        let outcome = decision.outcome.as_ref().map(|_| "answered".to_owned());
        tape.record(app, claim, &self.by, decision.record, outcome, took, now);
        match decision.outcome {
            Ok(quote) => Some(quote),
            Err(_) => baseline(&items).map(|quote| Quote { consent: Consent::Both, ..quote }),
        }
    }
}
