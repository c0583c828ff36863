//! What a key may do.

use serde::{Deserialize, Serialize};

/// One permission of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// See tickets, units, receipts, deadlines and the journal.
    #[serde(rename = "tickets:read")]
    TicketsRead,
    /// Open tickets and give commands.
    #[serde(rename = "tickets:write")]
    TicketsWrite,
    /// See policies and activations.
    #[serde(rename = "policies:read")]
    PoliciesRead,
    /// Upload, activate and retire policies.
    #[serde(rename = "policies:write")]
    PoliciesWrite,
    /// See parts, stock and requisitions.
    #[serde(rename = "parts:read")]
    PartsRead,
    /// Receive, count, move and draw parts.
    #[serde(rename = "parts:write")]
    PartsWrite,
    /// Make and revoke keys, name dealers, register units.
    #[serde(rename = "party:write")]
    PartyWrite,
    /// Create parties; for the platform's keys.
    #[serde(rename = "admin")]
    Admin,
    /// Move the clock of a host that was started with a movable one.
    #[serde(rename = "clock")]
    Clock,
}

/// The word for everything that the party may have.
pub const ALL: &str = "*";

impl Scope {
    /// Every scope.
    pub const EVERY: [Scope; 9] = [
        Self::TicketsRead,
        Self::TicketsWrite,
        Self::PoliciesRead,
        Self::PoliciesWrite,
        Self::PartsRead,
        Self::PartsWrite,
        Self::PartyWrite,
        Self::Admin,
        Self::Clock,
    ];

    /// The word used in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TicketsRead => "tickets:read",
            Self::TicketsWrite => "tickets:write",
            Self::PoliciesRead => "policies:read",
            Self::PoliciesWrite => "policies:write",
            Self::PartsRead => "parts:read",
            Self::PartsWrite => "parts:write",
            Self::PartyWrite => "party:write",
            Self::Admin => "admin",
            Self::Clock => "clock",
        }
    }

    /// The scope of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|scope| scope.as_str() == word)
    }
}
