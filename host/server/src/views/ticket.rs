//! The case file, as one party may see it.

use super::claim::{ClaimView, Names, PartyName};
use super::rulebook::Rulebook;
use crate::http::schema;
use sanbao_domain::actor::Actor;
use sanbao_domain::claim::Claim;
use sanbao_domain::ids::{PartyId, PolicyId, TicketId, UnitId};
use sanbao_domain::manifest::Manifest;
use sanbao_domain::text::Language;
use sanbao_domain::ticket::{Customer, Ticket, TicketState};
use sanbao_domain::time::Timestamp;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// A ticket with the claims that concern the viewer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TicketView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: TicketId,
    /// Number for people, unique for the handler.
    pub number: u64,
    /// The handler's own reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// open, closed or cancelled.
    #[schema(value_type = String, example = "open")]
    pub state: TicketState,
    /// Grows with every change; the ETag.
    pub version: i64,
    /// Who handles it.
    pub handler: PartyName,
    /// The registered unit that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub unit: Option<UnitId>,
    /// The end customer; shown to the handler and to those who owe a remedy.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Customer>)]
    pub customer: Option<Customer>,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    pub opened_at: Timestamp,
    /// Its claims.
    pub claims: Vec<ClaimView>,
}

/// What a view needs beside the ticket itself.
pub struct Lens<'a> {
    /// Who looks.
    pub viewer: &'a Actor,
    /// In which language.
    pub language: Language,
    /// Names of the parties.
    pub names: &'a Names,
    /// Manifests of the policies that judged.
    pub manifests: &'a HashMap<PolicyId, Arc<Manifest>>,
}

impl Lens<'_> {
    /// The words of the policy that judged a claim.
    pub fn book(&self, claim: &Claim) -> Rulebook {
        let policy = claim.judged_by().map(|by| by.policy);
        let words = |policy: Option<PolicyId>| policy.and_then(|policy| self.manifests.get(&policy)).cloned();
        Rulebook::new(words(policy), self.language).beside(words(
            claim.judged_beside().and_then(|stacked| stacked.other.as_ref()).map(|other| other.by.policy),
        ))
    }

    /// Whether a claim of the ticket may be shown: all of them to the handler, to others their own.
    pub fn shows(&self, ticket: &Ticket, claim: &Claim) -> bool {
        self.viewer.party.is_some_and(|party| concerns(ticket, claim, party))
    }
}

/// Whether a claim concerns a party.
pub fn concerns(ticket: &Ticket, claim: &Claim, party: PartyId) -> bool {
    ticket.handler == party || claim.respondent == party || claim.claimant.party == Some(party)
}

impl TicketView {
    /// Shows a ticket.
    pub fn new(ticket: &Ticket, version: i64, lens: &Lens<'_>) -> Self {
        let claims: Vec<&Claim> = ticket.claims.iter().filter(|claim| lens.shows(ticket, claim)).collect();
        let answers_for_it = lens.viewer.party.is_some_and(|party| {
            ticket.handler == party || claims.iter().any(|claim| claim.respondent == party)
        });
        Self {
            id: ticket.id,
            number: ticket.number,
            reference: ticket.reference.clone(),
            state: ticket.state(),
            version,
            handler: PartyName::new(ticket.handler, lens.names),
            unit: ticket.unit,
            customer: ticket.customer.clone().filter(|_| answers_for_it),
            opened_at: ticket.opened_at,
            claims: claims
                .into_iter()
                .map(|claim| ClaimView::new(claim, lens.viewer, lens.names, &lens.book(claim)))
                .collect(),
        }
    }
}
