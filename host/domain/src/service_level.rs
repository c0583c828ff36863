//! Milestones and targets. Mirrors `service-level` of the contract.

use crate::case::{CaseEvent, Channel, Citation};
use crate::money::Decimal;
use crate::text::Text;
use crate::time::Span;
use serde::{Deserialize, Serialize};

/// Why the clock of a milestone stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Pause {
    AwaitingClaimant,
    AwaitingParts,
    AwaitingSupplier,
    AwaitingCarrier,
    ForceMajeure,
}

/// Something that is due after an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Stable id within the policy.
    pub id: String,
    /// What is due.
    pub title: Text,
    /// Counted from the event asked about.
    pub due: Span,
    /// The event that fulfils it.
    pub met_by: CaseEvent,
    /// How it must be done.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// When its clock stands still.
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// Rules behind it.
    #[serde(default)]
    pub citations: Vec<Citation>,
}

/// What a target measures (BUS-03…05).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Milestones met in time, of all that fell due.
    Timeliness,
    /// Satisfied answers, of all given.
    Satisfaction,
    /// Complaints that were the service's fault, of all jobs.
    JustifiedComplaints,
}

/// Which side of the figure is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Bound {
    AtLeast,
    AtMost,
}

/// A target of the party.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// What is measured.
    pub measure: Measure,
    /// Which side is good.
    pub bound: Bound,
    /// The figure.
    pub percent: Decimal,
    /// Rule behind it.
    pub rule: String,
}
