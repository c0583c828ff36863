//! Parties: whoever claims, owes a remedy or runs the host.

use crate::calendar::CalendarSpec;
use crate::ids::PartyId;
use crate::text::Language;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What kind of party somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // The names are the usual words and speak for themselves.
pub enum PartyKind {
    Consumer,
    Business,
    Store,
    Dealer,
    Distributor,
    Agent,
    ServiceStation,
    Brand,
    Supplier,
    Carrier,
    Platform,
}

/// A party that uses the host.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Its id.
    pub id: PartyId,
    /// Its kind; consumers and carriers are named in claims and hold no account.
    pub kind: PartyKind,
    /// Its name as others see it.
    pub name: String,
    /// ISO 3166 code of the law that applies to what it owes.
    pub jurisdiction: String,
    /// Working days, holidays and time zone.
    pub calendar: CalendarSpec,
    /// When it was created.
    pub created_at: Timestamp,
}

/// How the host reaches a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// E-mail address of its people.
    pub email: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// The language that they are written to in.
    pub language: Language,
    /// Its program, where one listens.
    pub webhook: Option<Webhook>,
}

impl Default for Contact {
    /// Unknown, and Chinese.
    fn default() -> Self {
        Self { email: None, phone: None, language: Language::Zh, webhook: None }
    }
}

/// Where a party's program listens.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Address, `https` but on a developer's own machine.
    pub url: String,
    /// Known to both sides: it signs what is sent.
    pub secret: String,
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook").field("url", &self.url).finish_non_exhaustive()
    }
}

/// One brand lets one dealer open claims against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dealership {
    /// The party that owes the remedy: a brand, an agent, a supplier.
    pub brand: PartyId,
    /// The party that may claim.
    pub dealer: PartyId,
    /// The dealer's kind in the brand's eyes: `dealer`, `distributor` (LGT-26), `service-station`.
    pub kind: PartyKind,
    /// The rank that the brand gives it, in its own words (LGT-02).
    pub standing: Option<String>,
    /// Importance class in the brand's own classes (FUP-02).
    pub grade: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ended, if it did.
    pub ended_at: Option<Timestamp>,
    /// The rule behind its end, where a measure ended it (LGT-31).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_rule: Option<String>,
}
