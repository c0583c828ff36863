//! What a back-test found.

use sanbao_policy::back_test::{Bounded, Shift, Summary};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What a back-test found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FoundView {
    /// Decisions that the candidate was asked about.
    pub asked: u64,
    /// Answered the same.
    pub same: u64,
    /// Answered the same in substance, in other words for people.
    pub reworded: u64,
    /// Answered otherwise.
    pub changed: u64,
    /// Answered otherwise, in percent of those asked.
    pub changed_percent: f64,
    /// Answers that were confirmed on a fresh instance: all that differ, and about one in a hundred of the others.
    pub confirmed: u64,
    /// Decisions that the candidate was not asked about.
    pub left_out: LeftOutView,
    /// By kind of change: `covered-to-not-covered`, `offers`, `cover`, `money`, `deadline`, `approval`, `missing`,
    /// `other`, `wording`. A decision may count under several.
    pub changes: BTreeMap<String, u64>,
    /// By rule.
    pub rules: BTreeMap<String, RuleCountView>,
    /// Amounts that differ.
    pub money: Vec<MoneyChangeView>,
    /// Milestones that moved, by their id.
    pub deadlines: BTreeMap<String, ShiftView>,
    /// The last day of cover.
    pub cover: ShiftView,
    /// Failures of the candidate by kind.
    pub failures: BTreeMap<String, u64>,
    /// Facts that the candidate requires and that were not known: each claim would first be asked for them.
    pub asks_for: BTreeMap<String, u64>,
}

/// Decisions that were not asked again.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LeftOutView {
    /// Another category, model or basis date.
    pub filtered: u64,
    /// Not drawn for the sample.
    pub not_drawn: u64,
    /// Receipts of an older form.
    pub unreadable: u64,
    /// The candidate has a setting without a default: give `settings`.
    pub settings_missing: u64,
}

/// How often a rule came and went.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct RuleCountView {
    /// Decisions that cite it newly.
    pub newly: u64,
    /// Decisions that cite it no longer.
    pub no_longer: u64,
}

/// Amounts that differ, in minor units.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MoneyChangeView {
    /// `charges`, `fines-at-least` or `fines-at-most`.
    pub of: String,
    /// ISO 4217.
    pub currency: String,
    /// Decisions.
    pub decisions: u64,
    /// Sum of these decisions before.
    pub from: i64,
    /// Sum of these decisions after.
    pub to: i64,
    /// After less before.
    pub difference: i64,
}

/// How far a time moved.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShiftView {
    /// Decisions in which it is set newly.
    pub added: u64,
    /// Decisions in which it is set no longer.
    pub dropped: u64,
    /// Decisions in which it is earlier.
    pub earlier: u64,
    /// Decisions in which it is later.
    pub later: u64,
    /// Decisions in which it moved, but by how much the calendar cannot tell.
    pub unknown: u64,
    /// Decisions by how far it moved: a week earlier or more, a day to a week earlier, less than a day earlier,
    /// less than a day later, a day to a week later, a week later or more.
    pub histogram: [u64; 6],
    /// Minutes in all; negative: earlier.
    pub minutes: i64,
}

impl FoundView {
    pub(super) fn new(summary: Summary) -> Self {
        let left_out = summary.left_out;
        let changed_percent = summary.changed_percent();
        Self {
            asked: summary.asked,
            same: summary.answers.same,
            reworded: summary.answers.reworded,
            changed: summary.answers.changed,
            changed_percent,
            confirmed: summary.confirmed,
            left_out: LeftOutView {
                filtered: left_out.filtered,
                not_drawn: left_out.not_drawn,
                unreadable: left_out.unreadable,
                settings_missing: left_out.settings_missing,
            },
            changes: named(summary.changes, |count| count),
            rules: named(summary.rules, |rule| RuleCountView {
                newly: rule.newly,
                no_longer: rule.no_longer,
            }),
            money: named(summary.money, |money| money)
                .into_iter()
                .map(|(of, money)| MoneyChangeView::new(&of, money.decisions, money.from, money.to))
                .collect(),
            deadlines: named(summary.deadlines, ShiftView::new),
            cover: ShiftView::new(summary.cover),
            failures: named(summary.failures, |count| count),
            asks_for: named(summary.asks_for, |count| count),
        }
    }
}

impl MoneyChangeView {
    /// Shows the sums of `of`: kind of amount and currency, as in `charges CNY`.
    pub(in crate::views) fn new(of: &str, decisions: u64, from: i128, to: i128) -> Self {
        let (of, currency) = of.split_once(' ').unwrap_or((of, ""));
        Self {
            of: of.to_owned(),
            currency: currency.to_owned(),
            decisions,
            from: small(from),
            to: small(to),
            difference: small(to - from),
        }
    }
}

impl ShiftView {
    fn new(shift: Shift) -> Self {
        let [weeks, days, hours, later_hours, later_days, later_weeks] = shift.moved;
        Self {
            added: shift.added,
            dropped: shift.dropped,
            earlier: weeks + days + hours,
            later: later_hours + later_days + later_weeks,
            unknown: shift.unknown,
            histogram: shift.moved,
            minutes: small(shift.minutes),
        }
    }
}

/// By name; what is beyond the names that are told apart is called `…`.
fn named<V, W>(counts: Bounded<V>, view: impl Fn(V) -> W) -> BTreeMap<String, W> {
    let others = counts.others.map(|others| ("…".to_owned(), others));
    counts.named.into_iter().chain(others).map(|(name, value)| (name, view(value))).collect()
}

fn small(sum: i128) -> i64 {
    i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
}
