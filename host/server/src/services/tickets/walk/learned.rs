//! Facts that the policy learns from a record made for another purpose.

use super::Walk;
use crate::http::problem::Problem;
use sanbao_domain::claim::{Command, CommandName, Evidence, State};
use sanbao_domain::ids::ClaimId;

impl Walk<'_> {
    /// Gives the claim what a record says, as far as its policy declares it, and lets the policy judge anew
    /// where no person has the claim in hand. Once the claim is past judging, the record alone remains.
    ///
    /// # Errors
    /// The machine's refusal of what follows.
    pub async fn learn(&mut self, id: ClaimId, mut evidence: Evidence) -> Result<(), Problem> {
        if self.claim(id)?.check(self.actor, CommandName::AddEvidence).is_err() {
            return Ok(());
        }
        let declared = self.governed(id)?.policy.as_ref().map(|policy| policy.manifest().clone());
        evidence.attributes.retain(|name, _| {
            declared
                .as_ref()
                .is_some_and(|manifest| manifest.attributes.iter().any(|attribute| attribute.name == *name))
        });
        if evidence == Evidence::default() {
            return Ok(());
        }
        self.give(id, Command::AddEvidence(evidence)).await?;
        if matches!(self.claim(id)?.state, State::Opened) { self.judge(id).await } else { Ok(()) }
    }
}
