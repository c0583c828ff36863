//! Who gives a command.

use crate::case::Side;
use crate::ids::PartyId;
use serde::{Deserialize, Serialize};

/// A person or program acting for a party, or the host itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The party acted for; absent for the host's own workers.
    pub party: Option<PartyId>,
    /// Name of the API key, or of the worker.
    pub name: String,
    /// Approval roles held; `*` holds every role of the party.
    pub roles: Vec<String>,
}

impl Actor {
    /// The host's own worker of this name.
    pub fn host(name: &str) -> Self {
        Self { party: None, name: name.to_owned(), roles: Vec::new() }
    }

    /// Whether the actor may sign for `role`.
    pub fn holds(&self, role: &str) -> bool {
        self.roles.iter().any(|held| held == role || held == "*")
    }
}

/// The sides of a claim that an actor may act for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// It may act for the claimant: it is the claimant, or handles the ticket for a customer.
    pub claimant: bool,
    /// It owes the remedy.
    pub respondent: bool,
}

impl Sides {
    /// Whether `side` is among them.
    pub fn has(self, side: Side) -> bool {
        match side {
            Side::Claimant => self.claimant,
            Side::Respondent => self.respondent,
            Side::Carrier | Side::Upstream => false,
        }
    }

    /// Whether the actor takes part in the claim at all.
    pub fn any(self) -> bool {
        self.claimant || self.respondent
    }
}
