//! What is asked on the way of a finding.

use super::{Walk, policy};
use crate::http::problem::Problem;
use sanbao_domain::claim::findings::Proposal;
use sanbao_domain::ids::ClaimId;
use sanbao_domain::penalty::{Finding, FindingKind};
use sanbao_store::finding;

impl Walk<'_> {
    /// How many findings of this kind stand already against the claim's other party, or this person of it:
    /// of the respondent's findings on any ticket, those with a measure that holds.
    ///
    /// # Errors
    /// The database.
    pub async fn earlier(
        &self,
        id: ClaimId,
        kind: FindingKind,
        person: Option<&str>,
    ) -> Result<u32, Problem> {
        let claim = self.claim(id)?;
        let mut conn = self.app.store().read(claim.respondent).await?;
        Ok(finding::standing(&mut conn, claim.respondent, claim.answerable(), kind, person).await?)
    }

    /// Asks which measures follow from a finding; none without a policy that answers.
    ///
    /// # Errors
    /// 404 for a claim that nobody named.
    pub async fn assess(&mut self, id: ClaimId, finding: Finding) -> Result<Proposal, Problem> {
        let claim = self.ticket.claim(id).ok_or_else(Problem::not_found)?;
        Ok(match policy(&self.governed, id) {
            Some(policy) => policy.assess(self.app, claim, finding, self.now, &mut self.tape).await,
            None => Proposal::default(),
        })
    }
}
