//! A quote: the policy says what it costs and who must agree, and a superior's signature is planned for.

use crate::http::problem::Problem;
use crate::services::tickets::order::Carry;
use crate::services::tickets::walk::Walk;
use sanbao_domain::approval::{ApprovalPlan, ApprovalRequest, Subject};
use sanbao_domain::case::Channel;
use sanbao_domain::charges::Item;
use sanbao_domain::claim::CommandName;
use sanbao_domain::claim::charges::{Command, Name};
use sanbao_domain::ids::{ClaimId, QuoteId};

/// What does this work cost?
#[derive(Clone, Debug)]
pub struct AskQuote {
    /// Its id.
    pub quote: QuoteId,
    /// The work that is planned.
    pub items: Vec<Item>,
}

impl Carry for AskQuote {
    async fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> Result<(), Problem> {
        walk.check(id, CommandName::from(Name::Quote))?;
        let terms = walk.quote(id, self.items).await?;
        let plan = if terms.consent.by_superior() {
            walk.plan(id, ApprovalRequest::of(Subject::PaidWork, terms.total())).await?
        } else {
            ApprovalPlan::baseline(false)
        };
        walk.give(id, Command::Quote { quote: self.quote, terms: Box::new(terms), plan }.into()).await
    }
}

/// The customer has read the quote on the page and answers it there: reading it is being told (STO-30).
#[derive(Clone, Debug)]
pub struct AnswerOnPage {
    /// Which quote.
    pub quote: QuoteId,
    /// Name of whoever answers.
    pub by: String,
    /// Why not; absent for a yes.
    pub refusal: Option<String>,
}

impl Carry for AnswerOnPage {
    async fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> Result<(), Problem> {
        let Self { quote, by, refusal } = self;
        let named = Some(quote);
        let told = walk
            .claim(id)?
            .procedures
            .charges
            .current()
            .is_some_and(|current| current.quote == quote && current.disclosed.is_some());
        if !told {
            let disclose = Command::Disclose { quote: named, to: by.clone(), channel: Channel::Message };
            walk.give(id, disclose.into()).await?;
        }
        let command = match refusal {
            Some(reason) => Command::Refuse { quote: named, by, reason },
            None => Command::Consent { quote: named, by },
        };
        walk.give(id, command.into()).await
    }
}
