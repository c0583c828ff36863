//! A back-test: what it was asked, how far it came, and what it found.

mod example;
mod filter;
mod found;

pub use example::ExampleView;
pub use filter::FilterView;
pub use found::{FoundView, MoneyChangeView, RuleCountView};

use crate::http::problem::Problem;
use crate::services::back_tests::{Progress, Request};
use sanbao_domain::ids::{BackTestId, PolicyId};
use sanbao_domain::manifest::plain;
use sanbao_domain::text::{Language, Text};
use sanbao_domain::time::Timestamp;
use sanbao_store::back_test::{BackTest, BackTestState};
use serde::Serialize;
use serde_json::{Map, Value as Json};
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
    /// Which decisions are asked again.
    pub filter: FilterView,
    /// Settings that are tried, in front of those of each decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub settings: Option<Map<String, Json>>,
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

impl BackTestView {
    /// Shows a back-test.
    ///
    /// # Errors
    /// A row that cannot be read back.
    pub fn new(job: &BackTest, language: Language) -> Result<Self, Problem> {
        let request: Request = serde_json::from_str(&job.request)?;
        let progress: Progress = serde_json::from_str(&job.progress)?;
        let why = job.why.as_deref().map(serde_json::from_str::<Text>).transpose()?;
        Ok(Self {
            id: job.id,
            candidate: job.policy,
            state: job.state,
            filter: FilterView::new(&request),
            settings: request
                .settings
                .map(|tried| tried.into_iter().map(|one| (one.name, plain(&one.value))).collect()),
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
