//! What people are reminded of at a step: the policy's rules that tell them how to behave.

use super::read;
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::problem::Problem;
use crate::services::ask::Found;
use crate::services::parties;
use crate::views::ticket::concerns;
use sanbao_domain::case::CaseEvent;
use sanbao_domain::ids::{ClaimId, TicketId};
use sanbao_domain::text::Language;
use serde::Serialize;
use utoipa::ToSchema;

/// What to think of at one step.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChecklistView {
    /// The step.
    #[schema(value_type = String, example = "arrived")]
    pub occasion: CaseEvent,
    /// The rules to think of, in the policy's order; none where the policy has none or there is none.
    pub items: Vec<ChecklistItemView>,
}

/// One thing to think of.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChecklistItemView {
    /// Rule id.
    #[schema(example = "BUS-25")]
    pub rule: String,
    /// Its title.
    pub title: String,
    /// The rule itself.
    pub text: String,
}

/// The reminders of the policy that governs a claim.
///
/// # Errors
/// 404 where the claim does not concern the caller.
pub async fn of(
    app: &App,
    caller: &Caller,
    language: Language,
    (ticket, claim): (TicketId, ClaimId),
    occasion: CaseEvent,
) -> Result<ChecklistView, Problem> {
    let me = caller.party.id;
    let saved = read::saved(app, caller, ticket).await?;
    let claim = saved.ticket.claim(claim).filter(|claim| concerns(&saved.ticket, claim, me));
    let claim = claim.ok_or_else(Problem::not_found)?;
    let respondent = parties::known(app, claim.respondent).await?.ok_or_else(Problem::not_found)?;
    let found = {
        let mut conn = app.store().read(me).await?;
        Found::read(&mut conn, claim, respondent, app.now()).await?
    };
    let governed = found.load(app).await?;
    let manifest = governed.policy.as_ref().map(|policy| policy.manifest());
    let items = manifest.iter().flat_map(|manifest| manifest.reminders(occasion)).map(|rule| {
        let (title, text) = (rule.title.get(language).to_owned(), rule.text.get(language).to_owned());
        ChecklistItemView { rule: rule.id.clone(), title, text }
    });
    Ok(ChecklistView { occasion, items: items.collect() })
}
