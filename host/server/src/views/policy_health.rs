//! How a policy version fares, as its party sees it.

use crate::services::policy_health::histogram::Histogram;
use sanbao_domain::ids::PolicyId;
use sanbao_domain::time::Timestamp;
use sanbao_store::policy_health::{Hour, Part};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Live calls and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = PolicyCalls)]
pub struct CallsView {
    /// Live calls: no what-if, back-test or shadow is among them.
    pub calls: u64,
    /// Failed by the policy's fault.
    pub failed: u64,
    /// Failed by the host's: not loaded, or no slot in time. Never held against the policy.
    pub unavailable: u64,
    /// Answered that a person decides.
    pub referred: u64,
    /// Of the calls that the host could make, those that failed, in percent.
    pub failed_percent: f64,
    /// Of all calls, those that went to a person: failed, unavailable or referred, in percent.
    pub to_person_percent: f64,
}

/// What calls needed; each percentile is at most about three percent off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PolicyPercentiles)]
pub struct PercentilesView {
    /// Half of the calls needed no more.
    pub p50: u64,
    /// Nine of ten.
    pub p90: u64,
    /// Ninety-nine of a hundred.
    pub p99: u64,
    /// The most that any needed, exactly.
    pub max: u64,
}

/// Everything about the calls of an interface, or of all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = PolicyFigures)]
pub struct FiguresView {
    /// How many.
    #[serde(flatten)]
    pub counts: CallsView,
    /// Failures by kind.
    pub failures: BTreeMap<String, u64>,
    /// Fuel.
    pub fuel: PercentilesView,
    /// Wall time in microseconds, with the wait for a slot.
    pub took_us: PercentilesView,
}

/// The calls of one interface.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = PolicyInterfaceHealth)]
pub struct InterfaceView {
    /// The interface of the contract.
    #[schema(example = "coverage")]
    pub interface: String,
    /// How they fared.
    #[serde(flatten)]
    pub figures: FiguresView,
}

/// One hour, for a chart; hours without a call are left out.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = PolicyHour)]
pub struct HourView {
    /// Its first instant.
    #[schema(value_type = String, format = DateTime)]
    pub hour: Timestamp,
    /// How many.
    #[serde(flatten)]
    pub counts: CallsView,
}

/// How a version fares on live calls, over all hosts.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = PolicyHealth)]
pub struct HealthView {
    /// The version.
    #[schema(value_type = String, format = Uuid)]
    pub policy: PolicyId,
    /// First instant of the first hour.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// First instant after the last.
    #[schema(value_type = String, format = DateTime)]
    pub to: Timestamp,
    /// All calls of these hours.
    pub total: FiguresView,
    /// The same by interface.
    pub interfaces: Vec<InterfaceView>,
    /// The same by hour, earliest first.
    pub hours: Vec<HourView>,
    /// The running hour and the 23 before it.
    pub last_24_hours: CallsView,
    /// The running hour and the 167 before it.
    pub last_7_days: CallsView,
}

impl CallsView {
    /// Adds up hours.
    pub fn sum<'h>(hours: impl Iterator<Item = &'h Hour>) -> Self {
        let mut sum = Self::default();
        for hour in hours {
            sum.calls += hour.calls;
            sum.failed += hour.failed;
            sum.unavailable += hour.unavailable;
            sum.referred += hour.referred;
        }
        sum.failed_percent = percent(sum.failed, sum.calls.saturating_sub(sum.unavailable));
        sum.to_person_percent = percent(sum.failed + sum.unavailable + sum.referred, sum.calls);
        sum
    }
}

/// To two decimals.
fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    // Counts are far below 2^53.
    (part as f64 * 10_000.0 / whole as f64).round() / 100.0
}

impl FiguresView {
    fn new<'r>(hours: impl Iterator<Item = &'r Hour> + Clone, parts: impl Iterator<Item = &'r Part>) -> Self {
        let (mut fuel, mut took) = (Histogram::default(), Histogram::default());
        let mut failures: BTreeMap<String, u64> = BTreeMap::new();
        for part in parts {
            let step = u16::try_from(part.bucket).unwrap_or(u16::MAX);
            match part.figure.as_str() {
                "fuel" => fuel.add(step, part.amount),
                "took" => took.add(step, part.amount),
                kind => *failures.entry(kind.to_owned()).or_default() += part.amount,
            }
        }
        let most = |of: fn(&Hour) -> u64| hours.clone().map(of).max().unwrap_or_default();
        Self {
            counts: CallsView::sum(hours.clone()),
            failures,
            fuel: PercentilesView::new(&fuel, most(|hour| hour.fuel_max), 1),
            took_us: PercentilesView::new(&took, most(|hour| hour.took_max), 1000),
        }
    }
}

impl PercentilesView {
    fn new(all: &Histogram, max: u64, unit: u64) -> Self {
        // The middle of the highest step may lie above the most that was seen.
        let at = |percent| all.percentile(percent).unwrap_or_default().min(max) / unit;
        Self { p50: at(50), p90: at(90), p99: at(99), max: max / unit }
    }
}

impl HealthView {
    /// Of the hours asked for, and of the week that ends now.
    pub fn new(
        policy: PolicyId,
        (from, to): (Timestamp, Timestamp),
        (hours, parts): (&[Hour], &[Part]),
        week: &[Hour],
        day_since: Timestamp,
    ) -> Self {
        let mut names: Vec<&str> = hours.iter().map(|hour| hour.interface.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let interfaces = names.into_iter().map(|name| InterfaceView {
            interface: name.to_owned(),
            figures: FiguresView::new(
                hours.iter().filter(|hour| hour.interface == name),
                parts.iter().filter(|part| part.interface == name),
            ),
        });
        let by_hour = hours.chunk_by(|one, next| one.hour == next.hour).filter_map(|hours| {
            Some(HourView { hour: hours.first()?.hour, counts: CallsView::sum(hours.iter()) })
        });
        Self {
            policy,
            from,
            to,
            total: FiguresView::new(hours.iter(), parts.iter()),
            interfaces: interfaces.collect(),
            hours: by_hour.collect(),
            last_24_hours: CallsView::sum(week.iter().filter(|hour| hour.hour >= day_since)),
            last_7_days: CallsView::sum(week.iter()),
        }
    }
}
