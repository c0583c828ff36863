//! Asking the policy that governs a claim: which one it is, with which facts, and what is kept of it.
//!
//! The policy is the one that the respondent had in force on the claim's basis date. Every call leaves a
//! receipt, failures too, and no database connection is held while one runs. A policy that fails never
//! fails the request: a person takes over the judgement, the manager signs in place of an approval chain,
//! and no deadline is set.

mod charges;
mod floor;
mod follow_up;
mod governed;
mod notices;
mod parts;
mod penalty;
mod targets;
mod trial;

pub use governed::{Found, Governed};
pub use targets::targets;
pub use trial::{Asked, Trial};

use crate::app::App;
use crate::services::limits;
use crate::services::parties::Known;
use crate::services::policy_health::{Call, Subject};
use crate::services::tickets::tape::{Tape, word};
use sanbao_domain::approval::{ApprovalPlan, ApprovalRequest};
use sanbao_domain::case::{Attribute, Case, CaseEvent, Citation};
use sanbao_domain::claim::{Claim, Facts, Judgement, PolicyRef};
use sanbao_domain::ids::{PartyId, ReceiptId};
use sanbao_domain::manifest::{
    AttributeDeclaration, FactProblem, Manifest, typed_attributes, unmet_requirements,
};
use sanbao_domain::service_level::Milestone;
use sanbao_domain::time::Timestamp;
use sanbao_domain::verdict::{MissingFact, Ruling, Verdict};
use sanbao_policy::contract::Interface;
use sanbao_policy::decision::Decision;
use sanbao_policy::failure::Failure;
use sanbao_policy::policy::Policy;
use sanbao_policy::question::{Approval, Coverage, Milestones, Question};
use serde_json::{Map, Value as Json};
use std::any::Any;
use std::sync::Arc;
use std::time::Instant;

/// The policy that governs a claim, ready to be asked.
pub struct Governing {
    /// Whose policy it is: the respondent's own, unless it is the floor.
    owner: PartyId,
    by: PolicyRef,
    policy: Arc<Policy>,
    settings: Vec<Attribute>,
    respondent: Arc<Known>,
}

impl Governing {
    /// What the policy says of itself.
    pub fn manifest(&self) -> &Arc<Manifest> {
        self.policy.manifest()
    }

    /// Whose policy it is.
    pub fn respondent(&self) -> &Known {
        &self.respondent
    }

    /// What is wrong with attributes that somebody gives now.
    pub fn problems(&self, given: &Map<String, Json>) -> Vec<FactProblem> {
        typed_attributes(&self.manifest().attributes, given).err().unwrap_or_default()
    }

    /// Is this claim covered?
    ///
    /// Facts that the manifest requires bind even where the policy's own answer overlooks them: the verdict
    /// then names everything that is missing, so that the claimant is asked once.
    pub async fn judgement(&self, app: &App, claim: &Claim, now: Timestamp, tape: &mut Tape) -> Judgement {
        let case = self.case(claim, now);
        let unmet = unmet_requirements(self.manifest(), &case.attributes);
        let unmet: Vec<MissingFact> = unmet.into_iter().map(required).collect();
        if !self.policy.exports(Interface::Coverage) {
            return Judgement::NoPolicy { basis: self.by.basis };
        }
        let (decision, took) = self.ask(app, Coverage { case }).await;
        let outcome = decision.outcome.as_ref().map(|verdict| word(&verdict.ruling));
        let receipt = tape.record(app, claim, &self.by, decision.record, outcome, took, now);
        let verdict = match decision.outcome {
            Ok(verdict) if unmet.is_empty() => verdict,
            Ok(verdict) => incomplete(Some(verdict), unmet),
            Err(_) if !unmet.is_empty() => incomplete(None, unmet),
            Err(failure) => {
                return Judgement::Failed { by: self.by.clone(), receipt, failure: (&failure).into() };
            }
        };
        let until = verdict
            .cover
            .as_ref()
            .and_then(|cover| self.respondent.calendar.last_day(cover.starts, cover.term).ok());
        Judgement::Verdict { by: self.by.clone(), receipt, verdict, until, stacked: None }
    }

    /// Who must approve this?
    pub async fn plan(
        &self,
        app: &App,
        claim: &Claim,
        request: ApprovalRequest,
        now: Timestamp,
        tape: &mut Tape,
    ) -> ApprovalPlan {
        let disputed = request.disputed;
        match self.put(app, claim, now, tape, |case| Approval { case, request }).await {
            None => ApprovalPlan::baseline(disputed),
            // Where the policy cannot say who signs, somebody in charge must.
            Some((_, plan)) => plan.unwrap_or_else(|_| ApprovalPlan::baseline(true)),
        }
    }

    /// What is due after this event?
    pub async fn milestones(
        &self,
        app: &App,
        claim: &Claim,
        event: CaseEvent,
        now: Timestamp,
        tape: &mut Tape,
    ) -> Vec<Milestone> {
        let due = self.put(app, claim, now, tape, |case| Milestones { case, event }).await;
        due.and_then(|(_, due)| due.ok()).unwrap_or_default()
    }

    /// Puts a question about a claim and keeps its receipt. `None`, without one, where the policy does not answer
    /// such questions.
    async fn put<Q: Question>(
        &self,
        app: &App,
        claim: &Claim,
        now: Timestamp,
        tape: &mut Tape,
        question: impl FnOnce(Case) -> Q,
    ) -> Option<(ReceiptId, Result<Q::Answer, Failure>)> {
        if !self.policy.exports(Q::INTERFACE) {
            return None;
        }
        let (decision, took) = self.ask(app, question(self.case(claim, now))).await;
        let outcome = decision.outcome.as_ref().map(|_| "answered".to_owned());
        let receipt = tape.record(app, claim, &self.by, decision.record, outcome, took, now);
        Some((receipt, decision.outcome))
    }

    fn case(&self, claim: &Claim, now: Timestamp) -> Case {
        case(claim, &self.respondent, self.manifest(), self.settings.clone(), now)
    }

    async fn ask<Q: Question>(&self, app: &App, question: Q) -> (Decision<Q::Answer>, u64) {
        let terms = limits::terms(app, self.owner, &self.respondent);
        let began = Instant::now();
        let decision = app.runner().ask(self.respondent.id, &self.policy, &terms, question).await;
        let took_ns = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        count(app, (self.owner, &self.by), Q::INTERFACE, &decision, took_ns);
        (decision, took_ns)
    }
}

/// Counts a live call for the health of its version.
fn count<T: 'static>(
    app: &App,
    (owner, by): (PartyId, &PolicyRef),
    interface: Interface,
    decision: &Decision<T>,
    took_ns: u64,
) {
    let subject = Subject { owner, policy: by.policy, activation: by.activation, interface };
    let verdict = decision.outcome.as_ref().ok().and_then(|answer| (answer as &dyn Any).downcast_ref());
    let call = Call {
        failure: decision.outcome.as_ref().err().map(Failure::kind),
        referred: verdict.is_some_and(|verdict: &Verdict| verdict.ruling == Ruling::Referred),
        fuel: decision.fuel(),
        took_ns,
    };
    app.health().count(subject, app.now(), call);
    app.shadows().asked(by.policy, owner);
}

/// The claim as the policy sees it.
fn case(
    claim: &Claim,
    respondent: &Known,
    manifest: &Manifest,
    settings: Vec<Attribute>,
    now: Timestamp,
) -> Case {
    let now = respondent.calendar.moment(now);
    claim.case(now, respondent, fitting(manifest, &claim.facts), settings)
}

/// The attributes as the policy types them. What was taken down under another version and does not fit
/// this one is left out: the policy then asks for it, if it needs it.
fn fitting(manifest: &Manifest, facts: &Facts) -> Vec<Attribute> {
    typed_attributes(&manifest.attributes, &facts.attributes).unwrap_or_else(|problems| {
        let mut given = facts.attributes.clone();
        given.retain(|name, _| problems.iter().all(|problem| problem.name() != name));
        typed_attributes(&manifest.attributes, &given).unwrap_or_default()
    })
}

/// A verdict that asks for everything that is missing, by the policy's own answer and by its manifest.
fn incomplete(answer: Option<Verdict>, unmet: Vec<MissingFact>) -> Verdict {
    let (cover, mut missing, mut citations, notes) = match answer {
        Some(Verdict { ruling: Ruling::FactsMissing, cover, missing, citations, notes, .. }) => {
            (cover, missing, citations, notes)
        }
        other => (other.and_then(|verdict| verdict.cover), Vec::new(), Vec::new(), Vec::new()),
    };
    for fact in unmet {
        if !fact.rule.is_empty() && citations.iter().all(|citation| citation.rule != fact.rule) {
            citations.push(Citation { rule: fact.rule.clone(), detail: None });
        }
        if missing.iter().all(|known| known.fact != fact.fact) {
            missing.push(fact);
        }
    }
    Verdict {
        ruling: Ruling::FactsMissing,
        cover,
        offers: Vec::new(),
        missing,
        refer_to: None,
        citations,
        notes,
    }
}

/// A required attribute that was not given.
fn required(attribute: &AttributeDeclaration) -> MissingFact {
    MissingFact {
        fact: attribute.name.clone(),
        why: attribute.help.clone().unwrap_or_else(|| attribute.label.clone()),
        rule: attribute.rules.first().cloned().unwrap_or_default(),
    }
}
