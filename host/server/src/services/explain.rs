//! Explaining a recorded decision: which rules were cited, with which facts, in words.

mod facts;
mod rules;
mod words;

use super::tickets::read;
use crate::app::App;
use crate::bootstrap::PLATFORM;
use crate::http::auth::Caller;
use crate::http::problem::Problem;
use crate::services::parties::{self, Known};
use crate::views::claim::PartyName;
use crate::views::explain::{ExplainView, ExplainedFloor, ExplainedVersion, Tongue};
use axum::http::StatusCode;
use sanbao_domain::case::Case;
use sanbao_domain::claim::{Claim, Judgement};
use sanbao_domain::floor::Because;
use sanbao_domain::ids::{ClaimId, PartyId, ReceiptId, TicketId};
use sanbao_domain::manifest::Manifest;
use sanbao_domain::text::Text;
use sanbao_store::receipt::Receipt;
use sanbao_store::{Scope, activation, policy};
use serde_json::Value as Json;

/// A recorded decision in words.
///
/// # Errors
/// 404 where it does not concern the caller.
pub async fn receipt(
    app: &App,
    caller: &Caller,
    tongue: Tongue,
    id: ReceiptId,
) -> Result<ExplainView, Problem> {
    let (saved, row) = read::receipt_of(app, caller, id).await?;
    let claim = saved.ticket.claim(row.claim).ok_or_else(Problem::not_found)?;
    explained(app, caller, tongue, claim, row).await
}

/// The decision that a claim's verdict rests on, in words.
///
/// # Errors
/// 404 where it does not concern the caller; 409 where no policy was asked.
pub async fn claim(
    app: &App,
    caller: &Caller,
    tongue: Tongue,
    (ticket, claim): (TicketId, ClaimId),
) -> Result<ExplainView, Problem> {
    let saved = read::saved(app, caller, ticket).await?;
    let found = read::visible(&saved.ticket, claim, caller).ok_or_else(Problem::not_found)?;
    let id = match &found.judgement {
        Some(Judgement::Verdict { receipt, .. } | Judgement::Failed { receipt, .. }) => *receipt,
        None | Some(Judgement::NoPolicy { .. }) => return Err(not_judged()),
    };
    let (_, row) = read::receipt_of(app, caller, id).await?;
    explained(app, caller, tongue, found, row).await
}

/// The version behind a receipt.
struct Version {
    owner: PartyId,
    name: String,
    version: String,
    manifest: Manifest,
    window: Option<activation::Activation>,
}

async fn explained(
    app: &App,
    caller: &Caller,
    tongue: Tongue,
    claim: &Claim,
    row: Receipt,
) -> Result<ExplainView, Problem> {
    let respondent = parties::known(app, row.respondent).await?.ok_or_else(Problem::not_found)?;
    let version = version(app, claim, &row).await?;
    let owner = match &version {
        Some(version) => parties::known(app, version.owner).await?,
        None => None,
    };
    let input: Json = serde_json::from_str(&row.input)?;
    let output: Json = serde_json::from_str(&row.output)?;
    let case: Option<Case> = serde_json::from_value(input["question"]["case"].clone()).ok();
    let manifest = version.as_ref().map(|version| &version.manifest);
    let said = words::Says { manifest, calendar: &respondent.calendar, case: case.as_ref() };
    let own = version.as_ref().is_some_and(|version| version.owner == caller.party.id);
    let log = if own { Some(serde_json::from_str(&row.log)?) } else { None };
    Ok(ExplainView {
        receipt: row.id,
        ticket: row.ticket,
        claim: row.claim,
        summary: tongue.say(&said.summary(&row.interface, &output)),
        policy: shown(tongue, &respondent, version.as_ref(), owner.as_deref(), case.as_ref(), &row),
        rules: rules::cited(tongue, manifest, case.as_ref(), &output["answer"]),
        facts: case.as_ref().map(|case| facts::core(tongue, case)).unwrap_or_default(),
        beside: beside(tongue, claim, row.id),
        function: row.interface,
        outcome: row.outcome,
        decided_at: row.decided_at,
        log,
    })
}

/// The version that was asked: the respondent's own, or the floor's.
async fn version(app: &App, claim: &Claim, row: &Receipt) -> Result<Option<Version>, Problem> {
    let Some(id) = row.policy else { return Ok(None) };
    let asked = claim.asked().map(|(owner, _)| owner);
    let mut conn = app.store().read(Scope::Platform).await?;
    for owner in [row.respondent].into_iter().chain(asked).chain([PLATFORM]) {
        let found = policy::find(&mut conn, owner, id).await?;
        let Some(found) = found.filter(|found| found.party == owner) else { continue };
        let all = activation::list(&mut conn, owner).await?;
        let window = all.into_iter().find(|activation| Some(activation.id) == row.activation);
        let manifest = serde_json::from_str(&found.manifest)?;
        let (name, version) = (found.name, found.version);
        return Ok(Some(Version { owner, name, version, manifest, window }));
    }
    Ok(None)
}

fn shown(
    tongue: Tongue,
    respondent: &Known,
    version: Option<&Version>,
    owner: Option<&Known>,
    case: Option<&Case>,
    row: &Receipt,
) -> ExplainedVersion {
    let (basis, why) = words::basis(respondent, case, row.decided_at);
    let window = version.and_then(|version| version.window.as_ref());
    ExplainedVersion {
        id: row.policy,
        name: version.map(|version| version.name.clone()).unwrap_or_default(),
        version: version.map(|version| version.version.clone()).unwrap_or_default(),
        owner: owner.map(|owner| PartyName { id: owner.id, name: owner.name.clone() }),
        activation: row.activation,
        from: window.map(|window| window.valid_from),
        until: window.and_then(|window| window.valid_to),
        basis: Some(basis),
        why: tongue.say(&why),
    }
}

fn beside(tongue: Tongue, claim: &Claim, receipt: ReceiptId) -> Option<ExplainedFloor> {
    let stacked = claim.judged_beside()?;
    let deciding = match &claim.judgement {
        Some(Judgement::Verdict { receipt, .. }) => *receipt,
        _ => return None,
    };
    let other = stacked.other.as_ref().map(|other| other.receipt);
    // Of an earlier judgement nothing is known but its own receipt.
    if receipt != deciding && Some(receipt) != other {
        return None;
    }
    let text = match stacked.because {
        Because::LessFavourable => Text::new(
            "消费者适用两者中更有利的；另一方对消费者不更有利。",
            "A consumer has the more favourable of policy and law; the other one is no more favourable.",
        ),
        Because::FactsMissing => {
            Text::new("另一方缺少事实，未作决定。", "The other one lacks facts and decides nothing.")
        }
        Because::Failed => {
            Text::new("另一方未能作答，未作决定。", "The other one failed and decides nothing.")
        }
        Because::NoPolicy => Text::new(
            "责任方没有规定保修范围的生效政策。",
            "No policy of the respondent was in force that says what is covered.",
        ),
    };
    Some(ExplainedFloor {
        decided_by: stacked.decided_by,
        because: stacked.because,
        text: tongue.say(&text),
        receipt: if receipt == deciding { other } else { Some(deciding) },
    })
}

fn not_judged() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "not-judged",
        Text::new("没有政策对此作出判断", "No policy has judged it"),
    )
    .detail(Text::new(
        "责任方在基准日没有生效的政策，或此诉求不需要判断；由人工处理。",
        "The respondent had no policy in force on the basis date, or nothing is to be judged: a person decides.",
    ))
}
