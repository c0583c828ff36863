//! Who is told what, when and how often. Mirrors `notices` of the contract.

use crate::case::{CaseEvent, Channel, Citation, Side};
use crate::text::Text;
use crate::time::Span;
use serde::{Deserialize, Serialize};

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    /// A side of the claim.
    Side(Side),
    /// A role of the respondent.
    Role(String),
}

/// A notice is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// After each of these, counted from the notice before.
    pub every: Span,
    /// How many times more, 1 to 100.
    pub times: u32,
}

/// What follows when the last notice brought nothing (STO-28).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum LastResort {
    #[default]
    Nothing,
    TellSuperior,
    PostGoods,
    TellSuperiorAndPostGoods,
    Close,
}

impl LastResort {
    /// Whether a superior is told.
    pub fn tells_superior(self) -> bool {
        matches!(self, Self::TellSuperior | Self::TellSuperiorAndPostGoods)
    }

    /// Whether the goods are posted.
    pub fn posts_goods(self) -> bool {
        matches!(self, Self::PostGoods | Self::TellSuperiorAndPostGoods)
    }
}

/// A notice, its repeats and what ends them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Unique within the answer.
    pub id: String,
    /// Who is told.
    pub recipient: Recipient,
    /// Subject.
    pub subject: Text,
    /// Body.
    pub body: Text,
    /// Counted from the event; absent: at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Span>,
    /// Sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
    /// Any of these ends the sequence.
    #[serde(default)]
    pub stopped_by: Vec<CaseEvent>,
    /// What follows the last one.
    #[serde(default)]
    pub at_last: LastResort,
    /// How it is sent; empty where the rule does not say.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// Rules behind it.
    #[serde(default)]
    pub citations: Vec<Citation>,
}
