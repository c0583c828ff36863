//! Recovering a decided claim from whoever supplied the goods: consumer → dealer → brand → supplier are all
//! claims, each judged by the policy of whoever owes it (LGT-03, BUS-50).

use super::intake::{OpenClaim, OpenTicket};
use super::{open, read};
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::idempotency::Once;
use crate::http::page::Listed;
use crate::http::problem::Problem;
use crate::http::reply::Answer;
use crate::http::schema;
use crate::services::parties;
use crate::views::claim::PartyName;
use crate::views::ticket::concerns;
use axum::http::StatusCode;
use sanbao_domain::case::{Dates, Matter, Remedy, Wish};
use sanbao_domain::claim::{Claim, Origin, State, StateName};
use sanbao_domain::ids::{ClaimId, FindingId, PartyId, TicketId};
use sanbao_domain::money::Money;
use sanbao_domain::text::{Language, Text};
use sanbao_domain::verdict::Ruling;
use sanbao_store::upstream::Upstream;
use sanbao_store::{ticket, upstream};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A claim upstream.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenUpstream {
    /// Who owes it: a supplier or brand that you deal for.
    #[schema(value_type = String, format = Uuid)]
    pub respondent: PartyId,
    /// Your own reference for the new ticket.
    pub reference: Option<String>,
    /// The finding whose cost is recovered; the claim as a whole when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub finding: Option<FindingId>,
    /// Amount claimed; what you advanced when absent.
    #[schema(value_type = Option<schema::Money>)]
    pub claimed: Option<Money>,
    /// Pieces; when absent those that the remedy was owed for.
    pub quantity: Option<u32>,
    /// unspecified, repair, replace, refund, credit or parts; credit when nothing is said.
    #[schema(value_type = Option<String>, example = "credit")]
    pub asked: Option<Wish>,
    /// What happened when, in front of what is carried over; when you received the goods, for instance.
    #[serde(default)]
    #[schema(value_type = Option<schema::Dates>)]
    pub dates: Dates,
    /// Facts that the respondent's policy declares.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub attributes: serde_json::Map<String, serde_json::Value>,
}

/// A claim that recovers another one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UpstreamView {
    /// Its ticket.
    #[schema(value_type = String, format = Uuid)]
    pub ticket: TicketId,
    /// Number of the ticket.
    pub number: u64,
    /// The claim.
    #[schema(value_type = String, format = Uuid)]
    pub claim: ClaimId,
    /// The finding whose cost it recovers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<String>,
    /// Who owes it.
    pub respondent: PartyName,
    /// Where it stands.
    #[schema(value_type = String, example = "judged")]
    pub state: StateName,
    /// How it was judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "covered")]
    pub ruling: Option<Ruling>,
    /// Amount claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Money>)]
    pub claimed: Option<Money>,
    /// What was agreed on or carried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "credit")]
    pub remedy: Option<Remedy>,
}

/// Opens the claim upstream, in a ticket of the caller's own.
///
/// # Errors
/// 404 for a claim that does not concern the caller, 403 for the side that asks, 409 before it is decided
/// and where it is recovered already, 422 for what is wrong with it, and whatever opening a ticket answers.
pub async fn open(
    app: &App,
    caller: &Caller,
    language: Language,
    once: &Once,
    (id, claim): (TicketId, ClaimId),
    request: OpenUpstream,
) -> Answer {
    let me = caller.party.id;
    let saved = read::saved(app, caller, id).await?.ticket;
    let decided = saved.claim(claim).filter(|claim| concerns(&saved, claim, me));
    let decided = decided.ok_or_else(Problem::not_found)?;
    // The dealer that claims from the brand does not recover its own claim; the one that owes its customer does.
    let owes = decided.respondent == me;
    if !owes && (decided.handler != me || decided.claimant.party == Some(me)) {
        return Err(not_yours());
    }
    if !decided.is_decided() {
        return Err(undecided(decided));
    }
    if request.respondent == me {
        return Err(Problem::invalid().error(
            "respondent",
            Text::new("不能向自己追偿", "nobody recovers from itself"),
            Text::new("填写供应商或品牌。", "Name the supplier or brand."),
        ));
    }
    if let Some(finding) = request.finding
        && decided.procedures.findings.find(finding).is_none()
    {
        return Err(Problem::not_found().field("finding"));
    }
    let subject = request.finding.map(|id| id.to_string()).unwrap_or_default();
    let mut withdrawn = 0;
    for earlier in recoveries(app, me, (id, claim)).await? {
        if earlier.0.subject == subject {
            if !earlier.2.state.is_cancelled() {
                return Err(already(earlier.0.ticket));
            }
            withdrawn += 1;
        }
    }
    let advanced = decided.procedures.recovery.advanced_by(me);
    let claimed = match (request.claimed, advanced) {
        (Some(claimed), _) => Some(claimed),
        (None, Ok(advanced)) => advanced,
        (None, Err(_)) => return Err(several_currencies()),
    };
    let product = decided.product_as_counted();
    let due = decided.pieces_due().clamp(1, product.quantity.max(1));
    let facts = &decided.facts;
    let ticket = OpenTicket {
        reference: request.reference,
        customer: None,
        unit: None,
        claims: vec![OpenClaim {
            respondent: Some(request.respondent),
            claimant: None,
            matter: Matter::Warranty,
            quantity: request.quantity.or(Some(due)),
            asked: request.asked.unwrap_or(Wish::Credit),
            cause: facts.cause,
            fault: facts.fault.clone(),
            claimed,
            // What the claimant received and reported when is not true of whoever recovers.
            dates: Dates { received: None, reported: None, ..facts.dates }.overlaid(request.dates),
            history: Some(facts.history.clone()),
            attributes: request.attributes,
        }],
        product: Some(product),
        upstream_of: Some(Origin { ticket: id, claim, finding: request.finding, withdrawn }),
    };
    open::open(app, caller, language, once, ticket).await
}

/// The claims by which the caller recovers a claim.
///
/// # Errors
/// 404 where the claim does not concern the caller.
pub async fn list(
    app: &App,
    caller: &Caller,
    (id, claim): (TicketId, ClaimId),
) -> Result<Listed<UpstreamView>, Problem> {
    let me = caller.party.id;
    let saved = read::saved(app, caller, id).await?.ticket;
    saved.claim(claim).filter(|claim| concerns(&saved, claim, me)).ok_or_else(Problem::not_found)?;
    let mut views = Vec::new();
    for (link, number, claim) in recoveries(app, me, (id, claim)).await? {
        let name = parties::known(app, claim.respondent).await?.map(|party| party.name.clone());
        views.push(UpstreamView {
            ticket: link.ticket,
            number,
            claim: link.claim,
            finding: Some(link.subject).filter(|subject| !subject.is_empty()),
            respondent: PartyName { id: claim.respondent, name: name.unwrap_or_default() },
            state: claim.state.name(),
            ruling: claim.verdict().map(|verdict| verdict.ruling),
            claimed: claim.facts.claimed.clone(),
            remedy: match &claim.state {
                State::Closed { remedy } => *remedy,
                state => state.settlement().map(|settlement| settlement.remedy),
            },
        });
    }
    Ok(Listed::all(views))
}

/// The recovering claims of a claim with the numbers of their tickets, oldest first.
async fn recoveries(
    app: &App,
    me: PartyId,
    of: (TicketId, ClaimId),
) -> Result<Vec<(Upstream, u64, Claim)>, Problem> {
    let mut conn = app.store().read(me).await?;
    let mut all = Vec::new();
    for link in upstream::of(&mut conn, me, of).await? {
        if let Some(saved) = ticket::find(&mut conn, me, link.ticket).await?
            && let Some(claim) = saved.ticket.claim(link.claim)
        {
            let claim = claim.clone();
            all.push((link, saved.ticket.number, claim));
        }
    }
    Ok(all)
}

fn not_yours() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "not-to-recover",
        Text::new("只有承担责任的一方可以追偿", "Only whoever owes the claim recovers it"),
    )
    .rule("BUS-50")
    .fix(Text::new(
        "由责任方或为其顾客经办的一方追偿。",
        "The respondent recovers it, or whoever handles the ticket for its own customer.",
    ))
}

fn undecided(claim: &Claim) -> Problem {
    Problem::new(StatusCode::CONFLICT, "not-decided", Text::new("诉求尚未决定", "The claim is not decided"))
        .rule("BUS-50")
        .fix(Text::new("批准后再追偿。", "Recover it once a remedy was approved."))
        .with("state", claim.state.name())
}

fn already(ticket: TicketId) -> Problem {
    Problem::new(StatusCode::CONFLICT, "recovered-already", Text::new("已追偿", "It is recovered already"))
        .rule("BUS-50")
        .detail(Text::new(format!("见工单 {ticket}。"), format!("Ticket {ticket} recovers it.")))
        .fix(Text::new(
            "在该工单上继续；撤回后可以重新追偿。",
            "Go on there. Once it is withdrawn, it can be recovered anew.",
        ))
        .with("ticket", ticket)
}

fn several_currencies() -> Problem {
    Problem::invalid().error(
        "claimed",
        Text::new("垫付有多种币种，无法合计", "what was advanced is in several currencies and has no sum"),
        Text::new("填写 claimed。", "State the amount claimed."),
    )
}
