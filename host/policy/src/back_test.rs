//! A candidate version asked again what a party's policies were asked before, as cheaply as it can be done
//! soundly.
//!
//! Nothing is recorded and nothing hashed; an answer is compared byte by byte with the recorded one as it would be
//! written, and only what differs is read and compared in the domain's words. Many
//! calls run on one **warm** instance, as making an instance costs more than most rules. A policy should keep
//! nothing between calls, but nothing forces it: every difference is therefore confirmed on a fresh instance, and
//! a share of the equal answers too. The first time that the two disagree, [`KeepsState`] tells the caller, who
//! starts over with fresh instances only. An instance is replaced after every failure and every few thousand
//! calls.

mod bounded;
mod fit;
mod sample;
mod summary;
mod tester;
mod text;
mod warm;

pub use bounded::{Bounded, LIMIT, Merge};
pub use sample::{EXAMPLES, Example, Sample, draw};
pub use summary::{Answers, LeftOut, Money, Rule, SHIFTS, Shift, Summary};
pub use tester::{Asked, KeepsState, Tester};

use crate::policy::Policy;
use fit::Fit;
use sanbao_domain::calendar::Calendar;
use sanbao_domain::case::Attribute;
use sanbao_domain::time::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// A decision as its receipt holds it.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// The receipt.
    pub id: Uuid,
    /// The function that was asked: `coverage.decide`.
    pub function: &'a str,
    /// Canonical JSON: limits and question.
    pub input: &'a str,
    /// Canonical JSON: `{"answer": …}` or `{"failure": …}`.
    pub output: &'a str,
}

/// Which decisions are asked again; an empty list or an absent end admits all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    /// Product categories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Product models.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<String>,
    /// First basis date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis_from: Option<Date>,
    /// Last basis date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis_to: Option<Date>,
}

/// What is tried, and on what.
pub struct Candidate {
    policy: Arc<Policy>,
    calendar: Arc<Calendar>,
    fit: Fit,
    wanted: Wanted,
    /// Of 2⁶⁴: draws up to it are in the sample.
    most: u64,
    seed: u64,
}

impl Candidate {
    /// A version with the respondent's calendar. `settings` are typed by its manifest and stand in front of
    /// those of each recorded question, which are fitted to it.
    pub fn new(policy: Arc<Policy>, calendar: Arc<Calendar>, settings: Option<Vec<Attribute>>) -> Self {
        let fit = Fit::new(policy.manifest(), settings.unwrap_or_default());
        Self { policy, calendar, fit, wanted: Wanted::default(), most: u64::MAX, seed: 0 }
    }

    /// Asks only these.
    pub fn wanted(mut self, wanted: Wanted) -> Self {
        self.wanted = wanted;
        self
    }

    /// Asks `share` of them (0 to 1), drawn by the receipts' ids: the same seed draws the same receipts, whoever
    /// reads them, in whatever order.
    pub fn sampled(mut self, share: f64, seed: u64) -> Self {
        // Saturating: a share of one is all of them.
        self.most = (share.clamp(0.0, 1.0) * 18_446_744_073_709_551_616.0) as u64;
        self.seed = seed;
        self
    }

    /// The version.
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    fn draws(&self, id: Uuid) -> bool {
        self.most == u64::MAX || draw(self.seed, id) < self.most
    }
}

/// Lets the calling thread run only when no other thread of the machine wants to, as far as the system can do
/// that: a back-test can wait, live calls cannot.
pub fn yield_to_others() {
    // Linux changes the priority of the one thread; elsewhere it would be that of the whole host.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(19) {
        tracing::info!(%error, "a back-test runs at the usual priority");
    }
}
