//! Everything that happened on a ticket, in order.

use super::claim::{Names, PartyName};
use sanbao_domain::claim::Event;
use sanbao_domain::ids::ClaimId;
use sanbao_domain::journal::Entry;
use sanbao_domain::time::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Who did it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ActorView {
    /// The party; absent for the host's own workers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyName>,
    /// Name of the key, or of the worker.
    pub name: String,
}

/// One entry of the journal.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EntryView {
    /// Position in the ticket's journal, from 1.
    pub seq: u64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who.
    pub actor: ActorView,
    /// On which claim.
    #[schema(value_type = String, format = Uuid)]
    pub claim: ClaimId,
    /// What happened.
    #[schema(example = "judged")]
    pub event: &'static str,
    /// What belongs to it: the verdict of `judged`, the evidence of `evidence-added`.
    #[schema(value_type = Object)]
    pub details: Map<String, Value>,
}

impl EntryView {
    /// Shows an entry.
    pub fn new(entry: Entry, names: &Names) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at,
            actor: ActorView {
                party: entry.actor.party.map(|party| PartyName::new(party, names)),
                name: entry.actor.name,
            },
            claim: entry.claim,
            event: entry.event.kind(),
            details: details(&entry.event),
        }
    }
}

/// What an event carries beside its kind.
fn details(event: &Event) -> Map<String, Value> {
    match serde_json::to_value(event) {
        Ok(Value::Object(mut all)) => {
            all.remove("event");
            all
        }
        _ => Map::new(),
    }
}
