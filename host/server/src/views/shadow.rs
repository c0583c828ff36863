//! A shadow run: what it tries, what it found, and where the candidate answered otherwise. Differences are shown as
//! those of a back-test are.

use super::back_test::{MoneyChangeView, RuleCountView};
use crate::http::problem::Problem;
use crate::services::activations;
use crate::services::shadows::Shown;
use sanbao_domain::ids::{PolicyId, ReceiptId, ShadowId};
use sanbao_domain::manifest::plain;
use sanbao_domain::time::Timestamp;
use sanbao_policy::compare::{Change, Difference};
use sanbao_store::shadow::{Count, Divergence, Shadow};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;
use uuid::Uuid;

/// A shadow run.
#[derive(Serialize, ToSchema)]
#[schema(as = Shadow)]
pub struct ShadowView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: ShadowId,
    /// The version that is tried.
    #[schema(value_type = String, format = Uuid)]
    pub candidate: PolicyId,
    /// `running` or `ended`.
    #[schema(example = "running")]
    pub status: &'static str,
    /// Percent of the live calls.
    pub share: u32,
    /// The interfaces that are compared; all where none is named.
    pub interfaces: Vec<String>,
    /// Settings that are tried, in front of those of the live call.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub settings: Option<Map<String, Json>>,
    /// It ends by itself at this instant.
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
    /// Name of the key that began it.
    pub created_by: String,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Timestamp>,
    /// `until`, `retired` (the candidate was), or the name of the key that ended it.
    pub ended_by: Option<String>,
}

impl ShadowView {
    /// Shows a run.
    ///
    /// # Errors
    /// Settings that were kept cannot be read.
    pub fn new(row: &Shadow) -> Result<Self, Problem> {
        let settings = match &row.settings {
            Some(kept) => Some(activations::settings(kept)?),
            None => None,
        };
        Ok(Self {
            id: row.id,
            candidate: row.candidate,
            status: if row.ended_at.is_some() { "ended" } else { "running" },
            share: row.share,
            interfaces: row.interfaces.clone(),
            settings: settings
                .map(|settings| settings.into_iter().map(|one| (one.name, plain(&one.value))).collect()),
            until: row.until,
            created_by: row.created_by.clone(),
            created_at: row.created_at,
            ended_at: row.ended_at,
            ended_by: row.ended_by.clone(),
        })
    }
}

/// A shadow run and what it found.
#[derive(Serialize, ToSchema)]
#[schema(as = ShadowReport)]
pub struct ShadowReportView {
    /// The run.
    #[serde(flatten)]
    pub shadow: ShadowView,
    /// Live calls that the candidate was asked too.
    pub asked: u64,
    /// Answered the same.
    pub same: u64,
    /// The same in substance, in other words for people.
    pub reworded: u64,
    /// Answered otherwise.
    pub changed: u64,
    /// Live calls that it was not asked, because the host was too busy or stopped.
    pub dropped: u64,
    /// Live calls that it could not be asked, for want of a setting.
    pub settings_missing: u64,
    /// By kind of change: `covered-to-not-covered`, `offers`, `cover`, `money`, `deadline`, `approval`, `missing`,
    /// `other`, `wording`. An answer may count under several.
    pub changes: BTreeMap<String, u64>,
    /// By rule.
    pub rules: BTreeMap<String, RuleCountView>,
    /// Amounts that differ.
    pub money: Vec<MoneyChangeView>,
    /// Milestones that moved, came or went, by their id.
    pub deadlines: BTreeMap<String, u64>,
    /// Failures of the candidate, by kind.
    pub failures: BTreeMap<String, u64>,
    /// Divergences that are kept, at most 1,000.
    pub divergences: u64,
}

impl ShadowReportView {
    /// Shows a run with its counts.
    ///
    /// # Errors
    /// Settings that were kept cannot be read.
    pub fn new(shown: &Shown) -> Result<Self, Problem> {
        let mut view = Self {
            shadow: ShadowView::new(&shown.shadow)?,
            asked: 0,
            same: 0,
            reworded: 0,
            changed: 0,
            dropped: 0,
            settings_missing: 0,
            changes: BTreeMap::new(),
            rules: BTreeMap::new(),
            money: Vec::new(),
            deadlines: BTreeMap::new(),
            failures: BTreeMap::new(),
            divergences: shown.shadow.kept,
        };
        // Decisions, before and after, by kind of amount and currency.
        let mut money: BTreeMap<&str, (u64, i64, i64)> = BTreeMap::new();
        for Count { figure, subject, amount } in &shown.counts {
            let count = u64::try_from(*amount).unwrap_or_default();
            match figure.as_str() {
                "asked" => view.asked = count,
                "same" => view.same = count,
                "reworded" => view.reworded = count,
                "changed" => view.changed = count,
                "dropped" => view.dropped = count,
                "settings-missing" => view.settings_missing = count,
                "change" => drop(view.changes.insert(subject.clone(), count)),
                "newly" => view.rules.entry(subject.clone()).or_default().newly = count,
                "no-longer" => view.rules.entry(subject.clone()).or_default().no_longer = count,
                "money" => money.entry(subject).or_default().0 = count,
                "money-from" => money.entry(subject).or_default().1 = *amount,
                "money-to" => money.entry(subject).or_default().2 = *amount,
                "milestone" => drop(view.deadlines.insert(subject.clone(), count)),
                "failure" => drop(view.failures.insert(subject.clone(), count)),
                _ => {}
            }
        }
        let changes = money.into_iter().map(|(of, (decisions, from, to))| {
            MoneyChangeView::new(of, decisions, i128::from(from), i128::from(to))
        });
        view.money.extend(changes);
        Ok(view)
    }
}

/// An answer of the candidate that differs from the live one.
#[derive(Serialize, ToSchema)]
#[schema(as = ShadowDivergence)]
pub struct DivergenceView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: Uuid,
    /// The live call's receipt.
    #[schema(value_type = String, format = Uuid)]
    pub receipt: ReceiptId,
    /// Where to read it.
    #[schema(example = "/v1/receipts/0190a0b0-0000-7000-8000-000000000000")]
    pub link: String,
    /// The function that was asked.
    #[schema(example = "coverage.decide")]
    pub function: String,
    /// When the candidate was asked.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The words under which it is counted.
    pub changes: BTreeSet<String>,
    /// What differs, in full.
    #[schema(value_type = Vec<Object>)]
    pub differences: Vec<Change>,
    /// Rules that the candidate cites and the live answer does not.
    pub newly: Vec<String>,
    /// Rules that the live answer cites and the candidate does not.
    pub no_longer: Vec<String>,
}

impl DivergenceView {
    /// Shows a divergence.
    ///
    /// # Errors
    /// What was kept cannot be read.
    pub fn new(row: &Divergence) -> Result<Self, Problem> {
        let Difference { changes, newly, no_longer } = serde_json::from_str(&row.doc)?;
        Ok(Self {
            id: row.id,
            receipt: row.receipt,
            link: format!("/v1/receipts/{}", row.receipt),
            function: row.interface.clone(),
            at: row.at,
            changes: changes.iter().map(|change| change.word().into_owned()).collect(),
            differences: changes,
            newly,
            no_longer,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn counts_are_shown_as_those_of_a_back_test_are() {
        let at = Timestamp::UNIX_EPOCH;
        let shadow = Shadow {
            id: ShadowId(Uuid::nil()),
            party: sanbao_domain::ids::PartyId(Uuid::nil()),
            candidate: PolicyId(Uuid::nil()),
            share: 50,
            interfaces: Vec::new(),
            settings: None,
            until: at,
            created_by: "key".into(),
            created_at: at,
            ended_at: Some(at),
            ended_by: Some("until".into()),
            kept: 2,
        };
        let counts = [
            ("asked", "", 9),
            ("changed", "", 2),
            ("change", "money", 2),
            ("money", "charges CNY", 2),
            ("money-from", "charges CNY", 500),
            ("money-to", "charges CNY", 350),
            ("milestone", "reply", 3),
            ("newly", "R-1", 1),
        ];
        let count = |(figure, subject, amount): (&str, &str, i64)| Count {
            figure: figure.into(),
            subject: subject.into(),
            amount,
        };
        let shown = Shown { shadow, counts: counts.map(count).into() };
        let view = serde_json::to_value(ShadowReportView::new(&shown).unwrap()).unwrap();
        assert_eq!(
            view["money"],
            json!([{ "of": "charges", "currency": "CNY", "decisions": 2, "from": 500, "to": 350, "difference": -150 }])
        );
        assert_eq!(view["deadlines"], json!({ "reply": 3 }));
        assert_eq!(view["rules"], json!({ "R-1": { "newly": 1, "no_longer": 0 } }));
        assert_eq!((&view["asked"], &view["changes"]), (&json!(9), &json!({ "money": 2 })));
        assert_eq!(view["status"], "ended");
    }
}
