//! Which policy governs a claim: the one in force on its basis date, if there is one and it loads.

use super::{Governing, case, count};
use crate::app::App;
use crate::http::problem::Problem;
use crate::services::parties::Known;
use crate::services::policies::NotLoaded;
use crate::services::tickets::tape::{Tape, word};
use crate::services::{activations, limits, policies};
use sanbao_domain::case::Attribute;
use sanbao_domain::claim::{Claim, Judgement, PolicyRef};
use sanbao_domain::ids::PartyId;
use sanbao_domain::manifest::Manifest;
use sanbao_domain::time::{Date, Timestamp};
use sanbao_policy::contract::Interface;
use sanbao_policy::decision::Decision;
use sanbao_policy::digest::Digest;
use sanbao_policy::policy::Policy;
use sanbao_policy::question::Coverage;
use sanbao_store::activation::{self, Judging};
use sanbao_store::{Conn, Scope, policy};
use std::sync::Arc;

/// What governs a claim, as the database knows it; to be loaded once the connection is given back.
pub struct Found {
    pub(super) respondent: Arc<Known>,
    /// Whose policy it is: the respondent's own, unless it is the floor.
    pub(super) owner: PartyId,
    pub(super) basis: Date,
    pub(super) judging: Option<Judging>,
}

/// What governs a claim on its basis date.
pub struct Governed {
    /// Who owes.
    pub respondent: Arc<Known>,
    /// The day whose policy it is.
    pub basis: Date,
    /// The policy; absent where the respondent had none in force, or where it does not load.
    pub policy: Option<Governing>,
    broken: Option<Broken>,
}

/// A version that passed the check once and does not load here.
struct Broken {
    owner: PartyId,
    by: PolicyRef,
    digest: Digest,
    manifest: Manifest,
    settings: Vec<Attribute>,
    what: String,
}

impl Found {
    /// Looks up what the respondent had in force on the claim's basis date.
    ///
    /// # Errors
    /// The database.
    pub async fn read(
        conn: &mut Conn,
        claim: &Claim,
        respondent: Arc<Known>,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let basis = claim.basis_date(respondent.calendar.day(now));
        Self::on(conn, respondent, basis).await
    }

    /// Looks up what a party has in force on a day.
    ///
    /// # Errors
    /// The database.
    pub async fn on(conn: &mut Conn, respondent: Arc<Known>, basis: Date) -> Result<Self, Problem> {
        let at = activations::instant(&respondent, basis);
        let judging = activation::judging(conn, respondent.id, at).await?;
        Ok(Self { owner: respondent.id, respondent, basis, judging })
    }

    /// Looks up what a party has in force now, whatever it is asked for.
    ///
    /// # Errors
    /// The database.
    pub async fn in_force(conn: &mut Conn, party: Arc<Known>, now: Timestamp) -> Result<Self, Problem> {
        let basis = party.calendar.day(now);
        let judging = activation::judging(conn, party.id, now).await?;
        Ok(Self { owner: party.id, respondent: party, basis, judging })
    }

    /// Loads the policy, unless it is loaded already.
    ///
    /// # Errors
    /// The database. A component that does not load is none: a person will judge.
    pub async fn load(self, app: &App) -> Result<Governed, Problem> {
        let Self { respondent, owner, basis, judging } = self;
        let mut governed = Governed { respondent, basis, policy: None, broken: None };
        let Some(judging) = judging else { return Ok(governed) };
        let digest = Digest(judging.digest);
        let settings = activations::settings(&judging.settings).map_err(Problem::internal)?;
        let by = PolicyRef {
            policy: judging.policy,
            activation: judging.activation,
            name: judging.name,
            version: judging.version,
            digest: digest.to_string(),
            basis,
        };
        if let Some(policy) = app.policies().get(digest) {
            governed.ready(owner, by, policy, settings);
            return Ok(governed);
        }
        let row = {
            let mut conn = app.store().read(Scope::Platform).await?;
            policy::find(&mut conn, owner, by.policy).await?.ok_or_else(Problem::not_found)?
        };
        match policies::loaded(app, &row).await {
            Ok(policy) => governed.ready(owner, by, policy, settings),
            Err(NotLoaded::Store(error)) => return Err(error.into()),
            Err(error) => {
                tracing::error!(policy = %by.policy, name = by.name, version = by.version, %error, "policy does not load");
                let manifest = serde_json::from_str(&row.manifest).map_err(Problem::internal)?;
                governed.broken =
                    Some(Broken { owner, by, digest, manifest, settings, what: error.to_string() });
            }
        }
        Ok(governed)
    }
}

impl Governed {
    fn ready(&mut self, owner: PartyId, by: PolicyRef, policy: Arc<Policy>, settings: Vec<Attribute>) {
        self.policy =
            Some(Governing { owner, by, policy, settings, respondent: Arc::clone(&self.respondent) });
    }

    /// Is this claim covered?
    pub async fn judgement(&self, app: &App, claim: &Claim, now: Timestamp, tape: &mut Tape) -> Judgement {
        match (&self.policy, &self.broken) {
            (Some(policy), _) => policy.judgement(app, claim, now, tape).await,
            (None, Some(broken)) => broken.judgement(app, claim, &self.respondent, now, tape),
            (None, None) => Judgement::NoPolicy { basis: self.basis },
        }
    }
}

impl Broken {
    fn judgement(
        &self,
        app: &App,
        claim: &Claim,
        respondent: &Known,
        now: Timestamp,
        tape: &mut Tape,
    ) -> Judgement {
        let terms = limits::terms(app, self.owner, respondent);
        let case = case(claim, respondent, &self.manifest, self.settings.clone(), now);
        let decision =
            Decision::unasked(app.engine(), self.digest, &terms, &Coverage { case }, self.what.clone());
        count(app, (self.owner, &self.by), Interface::Coverage, &decision, 0);
        let outcome = decision.outcome.as_ref().map(|verdict| word(&verdict.ruling));
        let receipt = tape.record(app, claim, &self.by, decision.record, outcome, 0, now);
        match decision.outcome {
            Err(failure) => Judgement::Failed { by: self.by.clone(), receipt, failure: (&failure).into() },
            Ok(verdict) => {
                Judgement::Verdict { by: self.by.clone(), receipt, verdict, until: None, stacked: None }
            }
        }
    }
}
