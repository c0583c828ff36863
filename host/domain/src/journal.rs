//! The journal: everything that happened on a ticket, in order, never changed.

use crate::actor::Actor;
use crate::claim::Event;
use crate::ids::ClaimId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Position in the ticket's journal, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// On which claim.
    pub claim: ClaimId,
    /// What happened.
    pub event: Event,
}
