//! What a customer does on the page behind a link: reads it, answers a quote, signs a report, says what the
//! service was like. Nothing else is possible there, and only on the customer's own claims.

use crate::app::App;
use crate::http::idempotency::Once;
use crate::http::ids::IfMatch;
use crate::http::problem::Problem;
use crate::http::secret::Secret;
use crate::services::links::of_customer;
use crate::services::parties::{self, Known};
use crate::services::tickets::command;
use crate::services::tickets::order::Carry;
use crate::services::tickets::procedures::charges::AnswerOnPage;
use crate::services::tickets::procedures::jobs::JobOrder;
use crate::services::tickets::show::Words;
use crate::services::tickets::walk::Walk;
use sanbao_domain::actor::Actor;
use sanbao_domain::claim::jobs::{Command as Job, Step};
use sanbao_domain::claim::survey::{Answer, Command as Survey};
use sanbao_domain::claim::{Command, procedure};
use sanbao_domain::ids::{ClaimId, JobId, QuoteId};
use sanbao_domain::text::Language;
use sanbao_domain::ticket::Ticket;
use sanbao_store::link::{self, Link};
use sanbao_store::{Scope, ticket};
use std::sync::Arc;

/// Name under which the journal shows the customer.
const NAME: &str = "customer";

/// A link that leads somewhere, and where.
pub struct Visit {
    /// The link.
    pub link: Link,
    /// The case file.
    pub ticket: Ticket,
    /// Who handles it.
    pub handler: Arc<Known>,
    /// Names and manifests for its views.
    pub words: Words,
    /// The customer, who acts for the handler's side as claimant and holds no role.
    pub actor: Actor,
}

/// What a customer can do.
#[derive(Clone, Debug)]
pub enum Act {
    /// Agree to a quote, or not.
    Answer {
        /// Which quote was shown.
        quote: QuoteId,
        /// Name.
        by: String,
        /// Why not; absent for a yes.
        refusal: Option<String>,
    },
    /// Sign a report.
    Sign {
        /// Of which job.
        job: JobId,
        /// Hash of the report that was shown.
        hash: String,
        /// Name.
        by: String,
        /// What the customer adds.
        comment: Option<String>,
    },
    /// Say what the service was like.
    Survey(Answer),
}

impl Carry for Act {
    async fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> Result<(), Problem> {
        match self {
            Self::Answer { quote, by, refusal } => AnswerOnPage { quote, by, refusal }.carry(walk, id).await,
            Self::Sign { job, hash, by, comment } => {
                let step = Step::Sign { by, comment, hash: Some(hash) };
                JobOrder(Job::Step { job: Some(job), step }).carry(walk, id).await
            }
            Self::Survey(answer) => {
                walk.give(id, Command::Procedure(procedure::Command::Survey(Survey::Answer(answer)))).await
            }
        }
    }
}

/// What a link leads to; nothing for one that is unknown, has ended or was revoked: they look the same.
///
/// # Errors
/// The database.
pub async fn visit(app: &App, token: &str) -> Result<Option<Visit>, Problem> {
    let Some(secret) = Secret::from_digits(token) else { return Ok(None) };
    let link = {
        let mut conn = app.store().read(Scope::Platform).await?;
        link::by_hash(&mut conn, &secret.hash()).await?
    };
    let now = app.now();
    let Some(link) = link.filter(|link| link.revoked_at.is_none() && now < link.expires_at) else {
        return Ok(None);
    };
    let saved = {
        let mut conn = app.store().read(link.party).await?;
        ticket::find(&mut conn, link.party, link.ticket).await?
    };
    let handler = parties::known(app, link.party).await?;
    let (Some(saved), Some(handler)) = (saved, handler) else { return Ok(None) };
    let words = Words::gather(app, &[&saved.ticket]).await?;
    let actor = Actor { party: Some(link.party), name: NAME.to_owned(), roles: Vec::new() };
    Ok(Some(Visit { link, ticket: saved.ticket, handler, words, actor }))
}

/// Does it.
///
/// # Errors
/// 404 for a claim that is not the customer's; the machine's refusal.
pub async fn act(
    app: &App,
    visit: &Visit,
    language: Language,
    claim: ClaimId,
    act: Act,
) -> Result<(), Problem> {
    if !of_customer(&visit.ticket).any(|own| own.id == claim) {
        return Err(Problem::not_found());
    }
    let who = (visit.link.party, &visit.actor);
    let ids = (visit.ticket.id, claim);
    command::give_as(app, who, language, ids, IfMatch(None), &Once::keyless(), act).await?;
    Ok(())
}
