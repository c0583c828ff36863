//! One claim, as one party may see it.

use super::deadline::DeadlineView;
use super::offer::SettlementView;
use super::person::{ChainView, RefusalView, WithPersonView};
use super::rulebook::Rulebook;
use super::verdict::VerdictView;
use crate::http::schema;
use sanbao_domain::actor::Actor;
use sanbao_domain::case::{Cause, Dates, History, Matter, Product, Wish};
use sanbao_domain::claim::{Claim, CommandName, Procedures, State, StateName};
use sanbao_domain::ids::{ClaimId, FindingId, PartyId, TicketId};
use sanbao_domain::money::Money;
use sanbao_domain::party::PartyKind;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// A party by name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartyName {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: PartyId,
    /// Its name.
    pub name: String,
}

/// Names of the parties of a ticket.
pub type Names = HashMap<PartyId, String>;

impl PartyName {
    /// The party with its name, where that is known.
    pub fn new(id: PartyId, names: &Names) -> Self {
        Self { id, name: names.get(&id).cloned().unwrap_or_default() }
    }
}

/// Who asks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClaimantView {
    /// The party; absent for a consumer, who holds no account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyName>,
    /// Its kind in the respondent's eyes.
    #[schema(value_type = String, example = "consumer")]
    pub kind: PartyKind,
    /// Its rank in the respondent's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<String>,
    /// Its importance class in the respondent's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
}

/// What is known about a claim.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FactsView {
    /// What it is about.
    #[schema(value_type = schema::Product)]
    pub product: Product,
    /// What happened when.
    #[schema(value_type = schema::Dates)]
    pub dates: Dates,
    /// What happened before.
    #[schema(value_type = schema::History)]
    pub history: History,
    /// unspecified, repair, replace, refund, credit or parts.
    #[schema(value_type = String, example = "refund")]
    pub asked: Wish,
    /// The cause found or reported.
    #[schema(value_type = String, example = "quality")]
    pub cause: Cause,
    /// Fault code or words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Amount claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Money>)]
    pub claimed: Option<Money>,
    /// Facts that the policy declares, as plain values by name.
    #[schema(value_type = Object)]
    pub attributes: serde_json::Map<String, serde_json::Value>,
}

/// One claim of a ticket.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClaimView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: ClaimId,
    /// warranty, enquiry, complaint, stock-request, training or installation.
    #[schema(value_type = String, example = "warranty")]
    pub matter: Matter,
    /// opened, facts-missing, judged, escalated, awaiting-approval, approved, rejected, in-work, completed,
    /// handed-over, closed or cancelled.
    #[schema(value_type = String, example = "judged")]
    pub state: StateName,
    /// Who asks.
    pub claimant: ClaimantView,
    /// Who owes.
    pub respondent: PartyName,
    /// The decided claim that this one recovers; shown to whoever recovers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_of: Option<OriginView>,
    /// What is known.
    pub facts: FactsView,
    /// The latest judgement.
    #[serde(flatten)]
    pub verdict: VerdictView,
    /// Why a person must settle it, and who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_person: Option<WithPersonView>,
    /// Who signs for what was agreed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<ChainView>,
    /// What the sides settled on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settlement: Option<SettlementView>,
    /// Who said no, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<RefusalView>,
    /// How it ended: the remedy that was carried out, or why the claim was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<OutcomeView>,
    /// Everything that is or was due.
    pub deadlines: Vec<DeadlineView>,
    /// What runs beside the claim's own states, by procedure; only what has begun.
    #[schema(value_type = Object)]
    pub procedures: Procedures,
    /// The commands that this key may give now.
    #[schema(value_type = Vec<String>, example = json!(["agree", "escalate"]))]
    pub possible: Vec<CommandName>,
}

/// The decided claim that another one recovers (BUS-50).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OriginView {
    /// Its ticket.
    #[schema(value_type = String, format = Uuid)]
    pub ticket: TicketId,
    /// The claim.
    #[schema(value_type = String, format = Uuid)]
    pub claim: ClaimId,
    /// The finding whose cost is recovered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub finding: Option<FindingId>,
}

/// How a claim ended.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OutcomeView {
    /// The remedy carried out; absent after a refusal or a withdrawal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub remedy: Option<sanbao_domain::case::Remedy>,
    /// Why it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
}

impl ClaimView {
    /// Shows a claim to an actor.
    pub fn new(claim: &Claim, viewer: &Actor, names: &Names, book: &Rulebook) -> Self {
        let with_person = match &claim.state {
            State::Escalated(escalation) => Some(WithPersonView::new(escalation, book)),
            _ => None,
        };
        let approval = match &claim.state {
            State::AwaitingApproval { chain, .. } => Some(ChainView::new(chain, book)),
            _ => None,
        };
        let refusal = match &claim.state {
            State::Rejected(rejected) => Some(RefusalView::new(rejected, claim, book)),
            _ => None,
        };
        let outcome = match &claim.state {
            State::Closed { remedy } => Some(OutcomeView { remedy: *remedy, withdrawn: None }),
            State::Cancelled { reason } => {
                Some(OutcomeView { remedy: None, withdrawn: Some(reason.clone()) })
            }
            _ => None,
        };
        Self {
            id: claim.id,
            matter: claim.matter,
            state: claim.state.name(),
            claimant: claimant(claim, names),
            respondent: PartyName::new(claim.respondent, names),
            upstream_of: claim.upstream_of.filter(|_| viewer.party == Some(claim.handler)).map(|origin| {
                OriginView { ticket: origin.ticket, claim: origin.claim, finding: origin.finding }
            }),
            facts: facts(claim),
            verdict: VerdictView::new(claim, book),
            with_person,
            approval,
            settlement: claim
                .state
                .settlement()
                .map(|settlement| SettlementView::new(settlement, claim.pieces_due(), book)),
            refusal,
            outcome,
            procedures: claim.procedures.clone(),
            deadlines: claim.deadlines.iter().map(|deadline| DeadlineView::new(deadline, book)).collect(),
            possible: claim.possible(viewer),
        }
    }
}

fn claimant(claim: &Claim, names: &Names) -> ClaimantView {
    let role = &claim.claimant.role;
    ClaimantView {
        party: claim.claimant.party.map(|party| PartyName::new(party, names)),
        kind: role.kind,
        standing: role.standing.clone(),
        grade: role.grade.clone(),
    }
}

fn facts(claim: &Claim) -> FactsView {
    let facts = claim.facts.clone();
    FactsView {
        product: facts.product,
        dates: facts.dates,
        history: facts.history,
        asked: facts.asked,
        cause: facts.cause,
        fault: facts.fault,
        claimed: facts.claimed,
        attributes: facts.attributes,
    }
}
