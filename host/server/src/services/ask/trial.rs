//! Asking what a policy would say: nothing is kept of it, no receipt and no figure of its health. It counts
//! against the party's share of the engine like any other call.

use super::floor::stacked;
use super::{Governed, Governing, case, incomplete, required};
use crate::app::App;
use crate::http::problem::Problem;
use crate::services::activations;
use crate::services::ask::Found;
use sanbao_domain::case::Attribute;
use sanbao_domain::claim::{Claim, Judgement, PolicyRef};
use sanbao_domain::ids::{PartyId, ReceiptId};
use sanbao_domain::manifest::unmet_requirements;
use sanbao_domain::party::PartyKind;
use sanbao_domain::time::Timestamp;
use sanbao_domain::verdict::MissingFact;
use sanbao_policy::contract::Interface;
use sanbao_policy::decision::Terms;
use sanbao_policy::policy::Policy;
use sanbao_policy::question::Coverage;
use sanbao_policy::receipt::Record;
use sanbao_store::Scope;
use sanbao_store::activation::{self, Floor};
use std::sync::Arc;
use uuid::Uuid;

/// A policy that was asked, and what came of it.
pub struct Asked {
    /// Whose policy it is.
    pub owner: PartyId,
    /// Which version.
    pub by: PolicyRef,
    /// The call; of no ticket.
    pub record: Record,
}

/// What would come of asking. The receipts that the judgement names are none.
pub struct Trial {
    /// The judgement.
    pub judgement: Judgement,
    /// The respondent's own policy first, then the statutory floor, where either was asked.
    pub asked: Vec<Asked>,
}

impl Governed {
    /// Puts another version in place of what is in force.
    pub fn try_version(
        &mut self,
        owner: PartyId,
        by: PolicyRef,
        policy: Arc<Policy>,
        settings: Vec<Attribute>,
    ) {
        let respondent = Arc::clone(&self.respondent);
        self.policy = Some(Governing { owner, by, policy, settings, respondent });
    }

    /// Would this claim be covered? As [`Governed::favourable`], and nothing is recorded or counted.
    ///
    /// # Errors
    /// The database.
    pub async fn trial(&self, app: &App, claim: &Claim, now: Timestamp) -> Result<Trial, Problem> {
        let mut asked = Vec::new();
        let own = match &self.policy {
            Some(policy) => policy.trial(app, claim, now, &mut asked).await,
            None => Judgement::NoPolicy { basis: self.basis },
        };
        if claim.claimant.role.kind != PartyKind::Consumer {
            return Ok(Trial { judgement: own, asked });
        }
        let at = activations::instant(&self.respondent, self.basis);
        let found = {
            let mut conn = app.store().read(Scope::Platform).await?;
            activation::floor(&mut conn, &self.respondent.jurisdiction, at).await?
        };
        let Some(Floor { owner, judging }) = found else { return Ok(Trial { judgement: own, asked }) };
        let found = Found {
            respondent: Arc::clone(&self.respondent),
            owner,
            basis: self.basis,
            judging: Some(judging),
        };
        let floor = match &found.load(app).await?.policy {
            Some(policy) => policy.trial(app, claim, now, &mut asked).await,
            None => Judgement::NoPolicy { basis: self.basis },
        };
        Ok(Trial { judgement: stacked(own, floor, owner), asked })
    }
}

impl Governing {
    /// The settings that it is asked with.
    pub fn settings(&self) -> &[Attribute] {
        &self.settings
    }

    /// The loaded component.
    pub fn component(&self) -> &Arc<Policy> {
        &self.policy
    }

    async fn trial(&self, app: &App, claim: &Claim, now: Timestamp, asked: &mut Vec<Asked>) -> Judgement {
        if !self.policy.exports(Interface::Coverage) {
            return Judgement::NoPolicy { basis: self.by.basis };
        }
        let case = case(claim, &self.respondent, self.manifest(), self.settings.clone(), now);
        let unmet = unmet_requirements(self.manifest(), &case.attributes);
        let unmet: Vec<MissingFact> = unmet.into_iter().map(required).collect();
        let terms = Terms::new(Arc::clone(&self.respondent.calendar));
        let decision = app.runner().ask(self.respondent.id, &self.policy, &terms, Coverage { case }).await;
        asked.push(Asked { owner: self.owner, by: self.by.clone(), record: decision.record });
        let verdict = match decision.outcome {
            Ok(verdict) if unmet.is_empty() => verdict,
            Ok(verdict) => incomplete(Some(verdict), unmet),
            Err(_) if !unmet.is_empty() => incomplete(None, unmet),
            Err(failure) => {
                let (by, receipt) = (self.by.clone(), ReceiptId(Uuid::nil()));
                return Judgement::Failed { by, receipt, failure: (&failure).into() };
            }
        };
        let cover = verdict.cover.as_ref();
        let until = cover.and_then(|cover| self.respondent.calendar.last_day(cover.starts, cover.term).ok());
        let (by, receipt) = (self.by.clone(), ReceiptId(Uuid::nil()));
        Judgement::Verdict { by, receipt, verdict, until, stacked: None }
    }
}
