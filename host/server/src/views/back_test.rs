//! A back-test: how far it came, and what it found.

use crate::http::problem::Problem;
use crate::services::back_tests::{Progress, Request, Shown};
use sanbao_domain::ids::{BackTestId, PolicyId, ReceiptId};
use sanbao_domain::text::{Language, Text};
use sanbao_domain::time::Timestamp;
use sanbao_policy::back_test::{Bounded, Shift, Summary};
use sanbao_policy::compare::Change;
use sanbao_store::back_test::{BackTest, BackTestState};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A candidate version on the party's history.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = BackTest)]
pub struct BackTestView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: BackTestId,
    /// The version.
    #[schema(value_type = String, format = Uuid)]
    pub candidate: PolicyId,
    /// `queued`, `running`, `finished`, `cancelled` or `failed`.
    #[schema(value_type = String, example = "running")]
    pub state: BackTestState,
    /// What was asked for, made explicit.
    #[schema(value_type = Object)]
    pub request: Request,
    /// When it was asked for: later decisions are not part of it.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When a host first took it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub started_at: Option<Timestamp>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<Timestamp>,
    /// How far it came.
    pub progress: ProgressView,
    /// The candidate answered otherwise on an instance that was used before than on a fresh one. A policy should
    /// keep nothing between calls; every answer counted here comes from a fresh instance.
    pub keeps_state: bool,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// What it found so far.
    pub found: FoundView,
}

/// How far a back-test came.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProgressView {
    /// Decisions to read, once they are counted.
    pub total: Option<u64>,
    /// Of them, read.
    pub done: u64,
    /// Read in a second, over the time that hosts spent on it.
    pub per_second: u64,
    /// Seconds left at that rate, once there is one.
    pub seconds_left: Option<u64>,
}

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
#[derive(Clone, Debug, Serialize, ToSchema)]
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

/// A decision before and after.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExampleView {
    /// The decision.
    #[schema(value_type = String, format = Uuid)]
    pub receipt: ReceiptId,
    /// Where to read it.
    #[schema(example = "/v1/receipts/0190a0b0-0000-7000-8000-000000000000")]
    pub link: String,
    /// Its ticket.
    #[schema(example = "/v1/tickets/0190a0b0-0000-7000-8000-000000000000")]
    pub ticket: String,
    /// The function that was asked.
    pub function: String,
    /// When it was decided.
    #[schema(value_type = String, format = DateTime)]
    pub decided_at: Timestamp,
    /// The words under which it is counted.
    pub changes: Vec<String>,
    /// What differs, in full.
    #[schema(value_type = Vec<Object>)]
    pub differences: Vec<Change>,
    /// Rules that the candidate cites and the receipt does not.
    pub newly: Vec<String>,
    /// Rules that the receipt cites and the candidate does not.
    pub no_longer: Vec<String>,
    /// What was answered.
    #[schema(value_type = Object)]
    pub before: Json,
    /// What the candidate answers; absent where it answers no such question.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub after: Option<Json>,
}

impl BackTestView {
    /// Shows a back-test.
    ///
    /// # Errors
    /// A row that cannot be read back.
    pub fn new(job: &BackTest, language: Language) -> Result<Self, Problem> {
        let progress: Progress = serde_json::from_str(&job.progress)?;
        let why = job.why.as_deref().map(serde_json::from_str::<Text>).transpose()?;
        Ok(Self {
            id: job.id,
            candidate: job.policy,
            state: job.state,
            request: serde_json::from_str(&job.request)?,
            created_at: job.created_at,
            started_at: job.started_at,
            finished_at: job.finished_at,
            progress: ProgressView::new(job),
            keeps_state: progress.keeps_state,
            failure: why.map(|why| why.get(language).to_owned()),
            found: FoundView::new(progress.summary),
        })
    }
}

impl ProgressView {
    fn new(job: &BackTest) -> Self {
        let per_second = job.done.saturating_mul(1000) / job.ran_ms.max(1);
        let left = job.total.map(|total| total.saturating_sub(job.done));
        let seconds = left.filter(|_| per_second > 0 && !job.state.is_final());
        Self {
            total: job.total,
            done: job.done,
            per_second,
            seconds_left: seconds.map(|left| left.div_ceil(per_second.max(1))),
        }
    }
}

impl FoundView {
    fn new(summary: Summary) -> Self {
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
                .map(|(name, money)| {
                    let (of, currency) = name.split_once(' ').unwrap_or((&name, ""));
                    MoneyChangeView {
                        of: of.to_owned(),
                        currency: currency.to_owned(),
                        decisions: money.decisions,
                        from: small(money.from),
                        to: small(money.to),
                        difference: small(money.to - money.from),
                    }
                })
                .collect(),
            deadlines: named(summary.deadlines, ShiftView::new),
            cover: ShiftView::new(summary.cover),
            failures: named(summary.failures, |count| count),
            asks_for: named(summary.asks_for, |count| count),
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

impl ExampleView {
    /// Shows an example.
    pub fn new(shown: Shown) -> Self {
        let Shown { example, receipt, asked } = shown;
        let json = |text: &str| serde_json::from_str(text).unwrap_or(Json::Null);
        let (after, difference) = asked.map_or((None, None), |asked| (asked.output, asked.difference));
        Self {
            receipt: receipt.id,
            link: format!("/v1/receipts/{}", receipt.id),
            ticket: format!("/v1/tickets/{}", receipt.ticket),
            function: receipt.interface,
            decided_at: receipt.decided_at,
            changes: example.changes,
            differences: difference.map(|difference| difference.changes).unwrap_or_default(),
            newly: example.newly,
            no_longer: example.no_longer,
            before: json(&receipt.output),
            after: after.as_deref().map(json),
        }
    }
}
