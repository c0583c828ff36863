//! Which visits or calls follow. Mirrors `follow-up` of the contract.

use crate::case::{CaseEvent, Channel, Citation};
use crate::text::Text;
use crate::time::Span;
use serde::{Deserialize, Serialize};

/// A visit or call, once or at an interval.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Unique within the answer.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// Earliest, counted from the event; absent: at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Span>,
    /// Latest, counted from the event.
    pub within: Span,
    /// Goes on at this interval (FUP-03…05).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Span>,
    /// Goes on until one of these (XID-01).
    #[serde(default)]
    pub until: Vec<CaseEvent>,
    /// How (FUP-06); empty where the rule does not say.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// What to find out.
    #[serde(default)]
    pub questions: Vec<Text>,
    /// Rules behind it.
    #[serde(default)]
    pub citations: Vec<Citation>,
}
