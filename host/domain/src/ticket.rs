//! The ticket: the case file that holds one or more claims about the same matter.

use crate::claim::Claim;
use crate::ids::{ClaimId, PartyId, TicketId, UnitId};
use crate::text::Language;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The end customer, as taken down at the counter (STO-24).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Customer {
    /// Name.
    pub name: String,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The language that messages to the customer are written in; Chinese when nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// How a ticket stands: derived from its claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TicketState {
    /// Some claim is not at its end.
    Open,
    /// Every claim is at its end, and one at least was closed.
    Closed,
    /// Every claim was cancelled.
    Cancelled,
}

/// A case file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    /// Its id.
    pub id: TicketId,
    /// Number for people, unique for the handler.
    pub number: u64,
    /// The handler's own reference, unique for the handler; a second ticket with the same one is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The party that handles it.
    pub handler: PartyId,
    /// The unit it is about, where one is registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The end customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Its claims, at least one.
    pub claims: Vec<Claim>,
}

impl Ticket {
    /// How it stands.
    pub fn state(&self) -> TicketState {
        if self.claims.iter().any(|claim| !claim.state.is_final()) {
            TicketState::Open
        } else if self.claims.iter().all(|claim| claim.state.is_cancelled()) {
            TicketState::Cancelled
        } else {
            TicketState::Closed
        }
    }

    /// The claim with this id.
    pub fn claim(&self, id: ClaimId) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.id == id)
    }

    /// The claim with this id, to apply events to.
    pub fn claim_mut(&mut self, id: ClaimId) -> Option<&mut Claim> {
        self.claims.iter_mut().find(|claim| claim.id == id)
    }

    /// The earliest instant at which a running deadline falls due.
    pub fn next_due_at(&self) -> Option<Timestamp> {
        self.claims
            .iter()
            .flat_map(|claim| &claim.deadlines)
            .filter(|deadline| deadline.is_running())
            .map(|deadline| deadline.due_at)
            .min()
    }

    /// Whether `party` may see it: it handles it, claims or owes.
    pub fn concerns(&self, party: PartyId) -> bool {
        self.handler == party
            || self
                .claims
                .iter()
                .any(|claim| claim.respondent == party || claim.claimant.party == Some(party))
    }
}
