//! What a trial starts from: a recorded decision, a claim as it stands, or facts.

use super::{Question, output};
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::http::schema;
use crate::services::parties::{self, Known};
use crate::services::tickets::intake::{Basis, OpenClaim, dealership_ended, unknown_respondent};
use crate::services::tickets::{facts, read};
use sanbao_domain::case::{Case, Product};
use sanbao_domain::claim::{Claim, Facts, Judgement};
use sanbao_domain::manifest::plain;
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;
use sanbao_store::dealership;
use serde::Deserialize;
use serde_json::Value as Json;
use std::sync::Arc;
use utoipa::ToSchema;

/// Facts of no ticket.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatedFacts {
    /// What it is about.
    #[schema(value_type = schema::Product)]
    pub product: Product,
    /// What would be asked of whom, as in a new ticket.
    pub claim: OpenClaim,
}

/// A claim, who owes, and what was answered before, as a receipt holds it.
pub(super) struct Base {
    pub(super) claim: Claim,
    pub(super) respondent: Arc<Known>,
    pub(super) before: Option<String>,
}

pub(super) async fn of(
    app: &App,
    caller: &Caller,
    question: &Question,
    checks: &mut Checks,
    now: Timestamp,
) -> Result<Base, Problem> {
    match question {
        Question { receipt: Some(id), ticket: None, claim: None, facts: None, .. } => {
            let (saved, row) = read::receipt_of(app, caller, *id).await?;
            let mut claim = saved.ticket.claim(row.claim).ok_or_else(Problem::not_found)?.clone();
            if row.interface != "coverage.decide" {
                return Err(Problem::invalid().error(
                    "receipt",
                    Text::new(
                        format!("该记录回答的是 {}", row.interface),
                        format!("the receipt answers {}", row.interface),
                    ),
                    Text::new("选一条 coverage.decide 的记录。", "Choose a receipt of coverage.decide."),
                ));
            }
            let deciding = match &claim.judgement {
                Some(Judgement::Verdict { receipt, .. } | Judgement::Failed { receipt, .. }) => {
                    Some(*receipt)
                }
                _ => None,
            };
            // What the host adds to an answer is known of the claim's own judgement.
            let before = match (&claim.judgement, deciding == Some(row.id)) {
                (Some(judgement), true) => output(judgement),
                _ => Some(row.output.clone()),
            };
            let input: Json = serde_json::from_str(&row.input)?;
            let case: Case = serde_json::from_value(input["question"]["case"].clone())?;
            claim.claimant.role = case.claimant.clone();
            claim.matter = case.matter;
            claim.facts = stated(case);
            judged_again(app, claim, before).await
        }
        Question { receipt: None, ticket: Some(ticket), claim: Some(claim), facts: None, .. } => {
            let saved = read::saved(app, caller, *ticket).await?;
            let claim = read::visible(&saved.ticket, *claim, caller).ok_or_else(Problem::not_found)?.clone();
            let before = claim.judgement.as_ref().and_then(output);
            judged_again(app, claim, before).await
        }
        Question { receipt: None, ticket: None, claim: None, facts: Some(facts), .. } => {
            let (claim, respondent) = new(app, caller, facts, checks, now).await?;
            Ok(Base { claim, respondent, before: None })
        }
        _ => Err(Problem::invalid().error(
            "receipt",
            Text::new("依据不明确", "it is not clear what to start from"),
            Text::new(
                "填写 receipt，或 ticket 与 claim，或 facts，三者取一。",
                "Give either receipt, or ticket and claim, or facts.",
            ),
        )),
    }
}

async fn judged_again(app: &App, claim: Claim, before: Option<String>) -> Result<Base, Problem> {
    let respondent = parties::known(app, claim.respondent).await?.ok_or_else(Problem::not_found)?;
    Ok(Base { claim, respondent, before })
}

/// A claim as it would be opened.
async fn new(
    app: &App,
    caller: &Caller,
    stated: &StatedFacts,
    checks: &mut Checks,
    now: Timestamp,
) -> Result<(Claim, Arc<Known>), Problem> {
    let at = "facts.claim.";
    let me = &caller.party;
    let respondent = match stated.claim.respondent.filter(|respondent| *respondent != me.id) {
        None => Arc::clone(me),
        Some(id) => parties::known(app, id).await?.ok_or_else(|| unknown_respondent(at))?,
    };
    let dealership = if respondent.id == me.id {
        None
    } else {
        let found = {
            let mut conn = app.store().read(me.id).await?;
            dealership::find(&mut conn, respondent.id, me.id).await?
        };
        let found = found.ok_or_else(|| unknown_respondent(at))?;
        match (found.ended_at, &found.ended_rule) {
            (None, _) => Some(found),
            (Some(_), Some(rule)) => return Err(dealership_ended(at, rule)),
            (Some(_), None) => return Err(unknown_respondent(at)),
        }
    };
    facts::product(checks, "facts.product.", &stated.product);
    let basis = Basis::from(stated.product.clone());
    let claim = stated.claim.claim(checks, at, app.id(), me, &respondent, dealership.as_ref(), basis, now);
    Ok((claim, respondent))
}

/// The facts of a case, its attributes as plain values again.
fn stated(case: Case) -> Facts {
    Facts {
        product: case.product,
        dates: case.dates,
        history: case.history,
        asked: case.asked,
        cause: case.cause,
        fault: case.fault,
        claimed: case.claimed,
        attributes: case.attributes.iter().map(|one| (one.name.clone(), plain(&one.value))).collect(),
    }
}
