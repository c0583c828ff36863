//! Which activation judges when, and how a version stands (STO-39, 40).
//!
//! At every instant the activation that was made last judges, of those that cover the instant and whose
//! version is not retired. So each activation judges in *reigns*, which may be shorter than its own period,
//! and several: a later one may cover its middle.

use crate::ids::{ActivationId, PolicyId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What matters of an activation here. All of one list are of one party and of the same kind: its own
/// policy, or the floor of one jurisdiction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The activation.
    pub id: ActivationId,
    /// Its version.
    pub policy: PolicyId,
    /// First instant.
    pub from: Timestamp,
    /// First instant after it; open when absent.
    pub until: Option<Timestamp>,
    /// When it was made; of two made at the same time the later id counts as later.
    pub made: Timestamp,
    /// Whether its version is retired: it judges nothing then.
    pub retired: bool,
}

impl Period {
    /// Whether it covers the instant, its version retired or not.
    pub fn covers(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// Whether it was made after the other.
    pub fn later_than(&self, other: &Self) -> bool {
        (self.made, self.id) > (other.made, other.id)
    }
}

/// A time in which one activation judges without a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reign {
    /// The activation.
    pub activation: ActivationId,
    /// Its version.
    pub policy: PolicyId,
    /// First instant.
    pub from: Timestamp,
    /// First instant after it; open when absent.
    pub until: Option<Timestamp>,
}

impl Reign {
    /// Whether it judges at the instant.
    pub fn covers(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// The one that judges at an instant.
pub fn judges(periods: &[Period], at: Timestamp) -> Option<&Period> {
    let covering = periods.iter().filter(|period| !period.retired && period.covers(at));
    covering.max_by_key(|period| (period.made, period.id))
}

/// Who judges when, in the order of time; nobody in the gaps.
pub fn reigns(periods: &[Period]) -> Vec<Reign> {
    let mut bounds: Vec<Timestamp> =
        periods.iter().flat_map(|period| [Some(period.from), period.until]).flatten().collect();
    bounds.sort_unstable();
    bounds.dedup();
    let mut reigns: Vec<Reign> = Vec::new();
    for (index, &from) in bounds.iter().enumerate() {
        let Some(period) = judges(periods, from) else { continue };
        let until = bounds.get(index + 1).copied();
        match reigns.last_mut() {
            Some(last) if last.activation == period.id && last.until == Some(from) => last.until = until,
            _ => reigns.push(Reign { activation: period.id, policy: period.policy, from, until }),
        }
    }
    reigns
}

/// How a version stands. A draft is no version yet: it is an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It passed the check, and is neither in force nor to come into force. It may have been in force: then
    /// it still judges what belongs to that time.
    Checked,
    /// It comes into force later.
    Scheduled,
    /// It is in force.
    Active,
    /// It judges nothing any more.
    Retired,
}

/// How a version stands, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How it stands.
    pub state: State,
    /// From when it is in force, or was the last time.
    pub active_from: Option<Timestamp>,
    /// Until when; absent while nothing ends it.
    pub active_until: Option<Timestamp>,
    /// From when it comes into force the next time.
    pub scheduled_from: Option<Timestamp>,
}

impl Standing {
    /// A version that was never in force.
    pub const CHECKED: Self =
        Self { state: State::Checked, active_from: None, active_until: None, scheduled_from: None };

    /// A version that its party has retired.
    pub const RETIRED: Self = Self { state: State::Retired, ..Self::CHECKED };

    /// How a version that is not retired stands now. The reigns may be of several kinds: the party's own
    /// policy, and floors.
    pub fn of(version: PolicyId, reigns: &[Reign], now: Timestamp) -> Self {
        let own = times(version, reigns);
        let current = own.iter().find(|(from, until)| *from <= now && until.is_none_or(|until| now < until));
        let past = || own.iter().rfind(|(_, until)| until.is_some_and(|until| until <= now));
        let shown = current.copied().or_else(|| past().copied());
        let scheduled_from = own.iter().map(|(from, _)| *from).find(|from| *from > now);
        let state = match (current, scheduled_from) {
            (Some(_), _) => State::Active,
            (None, Some(_)) => State::Scheduled,
            (None, None) => State::Checked,
        };
        let (active_from, active_until) = shown.map_or((None, None), |(from, until)| (Some(from), until));
        Self { state, active_from, active_until, scheduled_from }
    }
}

/// When a version is in force: its reigns in the order of time, those that touch as one.
fn times(version: PolicyId, reigns: &[Reign]) -> Vec<(Timestamp, Option<Timestamp>)> {
    let own = reigns.iter().filter(|reign| reign.policy == version);
    let mut own: Vec<_> = own.map(|reign| (reign.from, reign.until)).collect();
    own.sort_unstable_by_key(|(from, _)| *from);
    let mut times: Vec<(Timestamp, Option<Timestamp>)> = Vec::new();
    for (from, until) in own {
        match times.last_mut() {
            Some((_, end)) if end.is_none_or(|end| from <= end) => {
                *end = match (*end, until) {
                    (Some(end), Some(until)) => Some(end.max(until)),
                    _ => None,
                };
            }
            _ => times.push((from, until)),
        }
    }
    times
}
