//! Asking what it costs.

use super::{Walk, policy};
use crate::http::problem::Problem;
use crate::services::tickets::refused::refused;
use sanbao_domain::charges::{Item, Quote};
use sanbao_domain::claim::charges::{Refusal, baseline};
use sanbao_domain::ids::ClaimId;

impl Walk<'_> {
    /// Asks what work outside cover costs.
    ///
    /// # Errors
    /// 422 where nobody can say, as a price is missing.
    pub async fn quote(&mut self, id: ClaimId, items: Vec<Item>) -> Result<Quote, Problem> {
        let claim = self.ticket.claim(id).ok_or_else(Problem::not_found)?;
        let quote = match policy(&self.governed, id) {
            Some(policy) => policy.quote(self.app, claim, items, self.now, &mut self.tape).await,
            None => baseline(&items),
        };
        quote.ok_or_else(|| refused(&Refusal::Uncountable.into(), claim, self.actor))
    }
}
