//! Asking the statutory floor beside the respondent's own policy (STO-41).

use super::governed::{Found, Governed};
use crate::app::App;
use crate::http::problem::Problem;
use crate::services::activations;
use crate::services::tickets::tape::Tape;
use sanbao_domain::claim::{Claim, Judgement};
use sanbao_domain::floor::{Because, DecidedBy, Other, Stacked, decides};
use sanbao_domain::ids::PartyId;
use sanbao_domain::party::PartyKind;
use sanbao_domain::time::Timestamp;
use sanbao_domain::verdict::Ruling;
use sanbao_store::Scope;
use sanbao_store::activation::{self, Floor};
use std::sync::Arc;

impl Governed {
    /// Is this claim covered, by the more favourable of the respondent's own policy and the floor of its
    /// jurisdiction? Only a consumer has the law beside the policy, and where no floor is in force on the
    /// basis date nothing but the own policy is asked. Both answers are recorded.
    ///
    /// # Errors
    /// The database.
    pub async fn favourable(
        &self,
        app: &App,
        claim: &Claim,
        now: Timestamp,
        tape: &mut Tape,
    ) -> Result<Judgement, Problem> {
        let own = self.judgement(app, claim, now, tape).await;
        if claim.claimant.role.kind != PartyKind::Consumer {
            return Ok(own);
        }
        let at = activations::instant(&self.respondent, self.basis);
        let found = {
            let mut conn = app.store().read(Scope::Platform).await?;
            activation::floor(&mut conn, &self.respondent.jurisdiction, at).await?
        };
        let Some(Floor { owner, judging }) = found else { return Ok(own) };
        let found = Found {
            respondent: Arc::clone(&self.respondent),
            owner,
            basis: self.basis,
            judging: Some(judging),
        };
        let floor = found.load(app).await?.judgement(app, claim, now, tape).await;
        Ok(stacked(own, floor, owner))
    }
}

/// What two judgements come to. A floor that failed or lacks facts decides nothing; where the own policy
/// could not answer, the floor decides only what it covers, and a person the rest.
pub(super) fn stacked(own: Judgement, floor: Judgement, floor_of: PartyId) -> Judgement {
    let (decided_by, because) = match (&own, &floor) {
        (
            Judgement::Verdict { verdict: own, until: own_until, .. },
            Judgement::Verdict { verdict: floor, until: floor_until, .. },
        ) => {
            let because = match floor.ruling {
                Ruling::FactsMissing => Because::FactsMissing,
                _ => Because::LessFavourable,
            };
            (decides((own, *own_until), (floor, *floor_until)), because)
        }
        (Judgement::Verdict { .. }, Judgement::Failed { .. }) => (DecidedBy::Own, Because::Failed),
        (other, Judgement::Verdict { verdict, .. }) if verdict.ruling == Ruling::Covered => {
            let failed = matches!(other, Judgement::Failed { .. });
            (DecidedBy::Floor, if failed { Because::Failed } else { Because::NoPolicy })
        }
        _ => return own,
    };
    let (winner, loser) = match decided_by {
        DecidedBy::Own => (own, floor),
        DecidedBy::Floor => (floor, own),
    };
    let because = match (decided_by, because) {
        // The floor's want of facts is no reason against the own policy.
        (DecidedBy::Floor, Because::FactsMissing) => Because::LessFavourable,
        (_, because) => because,
    };
    let other = match loser {
        Judgement::Verdict { by, receipt, verdict, .. } => {
            Some(Other { by, receipt, ruling: Some(verdict.ruling), failure: None })
        }
        Judgement::Failed { by, receipt, failure } => {
            Some(Other { by, receipt, ruling: None, failure: Some(failure.kind) })
        }
        Judgement::NoPolicy { .. } => None,
    };
    match winner {
        Judgement::Verdict { by, receipt, verdict, until, .. } => {
            let stacked = Some(Box::new(Stacked { decided_by, floor_of, other, because }));
            Judgement::Verdict { by, receipt, verdict, until, stacked }
        }
        other => other,
    }
}
