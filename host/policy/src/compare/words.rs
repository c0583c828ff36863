//! The words of a difference.

use sanbao_domain::case::Remedy;
use sanbao_domain::time::{Date, Span};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a call came to, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Came {
    /// The ruling of a verdict.
    Covered,
    /// The ruling of a verdict.
    NotCovered,
    /// The ruling of a verdict.
    FactsMissing,
    /// The ruling of a verdict.
    Referred,
    /// Any answer to another question.
    Answered,
    /// The policy failed: a person decides.
    Failed,
    /// The policy does not answer such questions: the host's baseline does.
    Unanswered,
}

impl Came {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::NotCovered => "not-covered",
            Self::FactsMissing => "facts-missing",
            Self::Referred => "referred",
            Self::Answered => "answered",
            Self::Failed => "failed",
            Self::Unanswered => "unanswered",
        }
    }
}

/// Which amount differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MoneyOf {
    /// The total of a quote.
    Charges,
    /// The least of all fines of a finding.
    FinesAtLeast,
    /// The most of all fines of a finding, where each has one.
    FinesAtMost,
}

impl MoneyOf {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Charges => "charges",
            Self::FinesAtLeast => "fines-at-least",
            Self::FinesAtMost => "fines-at-most",
        }
    }
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Change {
    /// The ruling, or whether there is an answer at all.
    Ruling {
        /// Before.
        from: Came,
        /// After.
        to: Came,
    },
    /// What is offered.
    Offers {
        /// Offered no longer.
        lost: Vec<Remedy>,
        /// Newly offered.
        gained: Vec<Remedy>,
        /// Remedies offered before and after, under other terms: charge, scope, discretion, freight, obligations.
        other_terms: Vec<Remedy>,
    },
    /// How long cover lasts.
    Cover {
        /// Last day before; absent: no cover, or beyond the calendar.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Date>,
        /// Last day after.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
        /// Days gained (negative: lost), where both are known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<i32>,
    },
    /// Which facts are asked for.
    Missing {
        /// Asked for no longer.
        lost: Vec<String>,
        /// Newly asked for.
        gained: Vec<String>,
    },
    /// An amount, in minor units of one currency.
    Money {
        /// Which.
        of: MoneyOf,
        /// ISO 4217.
        currency: String,
        /// Before; zero where there was none.
        from: i64,
        /// After.
        to: i64,
    },
    /// When a milestone is due.
    Deadline {
        /// The milestone.
        milestone: String,
        /// Before; absent: it was not set.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Span>,
        /// After; absent: it is not set any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Span>,
        /// Minutes later (negative: earlier) by the respondent's calendar, where both are known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<i64>,
    },
    /// Who signs, in order.
    Approval {
        /// Roles before.
        from: Vec<String>,
        /// Roles after.
        to: Vec<String>,
    },
    /// Anything else of substance.
    Other,
    /// Texts for people alone.
    Wording,
}

impl Change {
    /// The word by which changes are counted and looked for: `covered-to-not-covered`, `offers`, `money` …
    pub fn word(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Ruling { from, to } => return format!("{}-to-{}", from.word(), to.word()).into(),
            Self::Offers { .. } => "offers",
            Self::Cover { .. } => "cover",
            Self::Missing { .. } => "missing",
            Self::Money { .. } => "money",
            Self::Deadline { .. } => "deadline",
            Self::Approval { .. } => "approval",
            Self::Other => "other",
            Self::Wording => "wording",
        })
    }
}

/// All that differs between two answers to the same question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What differs, at least one thing.
    pub changes: Vec<Change>,
    /// Rules cited after and not before, sorted.
    pub newly: Vec<String>,
    /// Rules cited before and not after, sorted.
    pub no_longer: Vec<String>,
}

impl Difference {
    pub(crate) fn of(change: Change) -> Self {
        Self { changes: vec![change], ..Self::default() }
    }

    /// Whether only texts for people differ.
    pub fn is_wording(&self) -> bool {
        self.changes.iter().all(|change| *change == Change::Wording)
    }
}
