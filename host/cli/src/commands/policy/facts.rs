//! The facts file of `sanbao policy run`: a case with plain attributes and settings, and what else a
//! question needs.

use crate::failure::Failure;
use sanbao_domain::approval::ApprovalRequest;
use sanbao_domain::calendar::{Calendar, CalendarSpec};
use sanbao_domain::case::{Case, CaseEvent, Cause, Dates, History, Matter, PartyRole, Product, Remedy, Wish};
use sanbao_domain::charges::Item;
use sanbao_domain::manifest::{FactProblem, Manifest, typed_attributes, typed_settings, unmet_requirements};
use sanbao_domain::money::Money;
use sanbao_domain::penalty::Finding;
use sanbao_domain::retention::Part;
use sanbao_domain::time::Moment;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::path::Path;
use std::sync::Arc;

/// What the file may hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Words for the reader.
    #[serde(default, rename = "about")]
    _about: Option<serde::de::IgnoredAny>,
    now: Moment,
    jurisdiction: String,
    claimant: PartyRole,
    respondent: PartyRole,
    #[serde(default)]
    matter: Matter,
    product: Product,
    #[serde(default)]
    dates: Dates,
    #[serde(default)]
    history: History,
    #[serde(default)]
    asked: Wish,
    #[serde(default)]
    agreed: Option<Remedy>,
    #[serde(default)]
    cause: Cause,
    #[serde(default)]
    fault: Option<String>,
    #[serde(default)]
    claimed: Option<Money>,
    #[serde(default)]
    attributes: Map<String, Value>,
    #[serde(default)]
    settings: Map<String, Value>,
    /// The respondent's calendar; without it UTC, and Saturday and Sunday off.
    #[serde(default)]
    calendar: Option<CalendarSpec>,
    /// For approval.
    #[serde(default)]
    request: Option<ApprovalRequest>,
    /// For milestones, notices and visits.
    #[serde(default)]
    event: Option<CaseEvent>,
    /// For penalty.
    #[serde(default)]
    finding: Option<Finding>,
    /// For retention.
    #[serde(default)]
    part: Option<Part>,
    /// For charges.
    #[serde(default)]
    remedy: Option<Remedy>,
    /// For charges.
    #[serde(default)]
    items: Option<Vec<Item>>,
}

/// What a question needs beside the case.
pub(super) struct More {
    pub(super) request: Option<ApprovalRequest>,
    pub(super) event: Option<CaseEvent>,
    pub(super) finding: Option<Finding>,
    pub(super) part: Option<Part>,
    pub(super) remedy: Option<Remedy>,
    pub(super) items: Option<Vec<Item>>,
}

/// Facts that fit the policy.
pub(super) struct Facts {
    pub(super) case: Case,
    pub(super) calendar: Arc<Calendar>,
    pub(super) more: More,
    /// Required attributes that are not given: path and question.
    pub(super) unmet: Vec<(String, sanbao_domain::text::Text)>,
}

/// Reads a facts file; every attribute and setting that does not fit is named.
pub(super) fn read(path: &Path, manifest: &Manifest) -> Result<Facts, Failure> {
    let bytes = std::fs::read(path).map_err(Failure::file(path))?;
    let bad = |what: String| {
        Failure::input(
            format!("{}: {what}", path.display()),
            "`sanbao policy facts FILE` prints a facts file to start from",
        )
    };
    let reader = &mut serde_json::Deserializer::from_slice(&bytes);
    let file: File =
        serde_path_to_error::deserialize(reader).map_err(|error| match error.path().to_string() {
            root if root == "." => bad(error.inner().to_string()),
            path => bad(format!("{path}: {}", error.inner())),
        })?;
    let mut problems: Vec<FactProblem> = Vec::new();
    let mut typed = |result: Result<_, Vec<FactProblem>>| {
        result.unwrap_or_else(|found| {
            problems.extend(found);
            Vec::new()
        })
    };
    let attributes = typed(typed_attributes(&manifest.attributes, &file.attributes));
    let settings = typed(typed_settings(&manifest.settings, &file.settings));
    let mut lines: Vec<String> =
        problems.iter().map(|problem| format!("{}: {problem}; {}", problem.field(), problem.fix())).collect();
    let spec = file.calendar.unwrap_or_else(|| CalendarSpec::of_zone("UTC"));
    let calendar = spec.load().map_err(|error| {
        lines.push(format!("calendar: {error}"));
    });
    let (Ok(calendar), true) = (calendar, lines.is_empty()) else {
        return Err(bad(lines.join("\n  ")));
    };
    let unmet = unmet_requirements(manifest, &attributes)
        .into_iter()
        .map(|declared| (format!("attributes.{}", declared.name), declared.label.clone()))
        .collect();
    let case = Case {
        now: file.now,
        jurisdiction: file.jurisdiction,
        claimant: file.claimant,
        respondent: file.respondent,
        matter: file.matter,
        product: file.product,
        dates: file.dates,
        history: file.history,
        asked: file.asked,
        agreed: file.agreed,
        cause: file.cause,
        fault: file.fault,
        claimed: file.claimed,
        attributes,
        settings,
    };
    let more = More {
        request: file.request,
        event: file.event,
        finding: file.finding,
        part: file.part,
        remedy: file.remedy,
        items: file.items,
    };
    Ok(Facts { case, calendar: Arc::new(calendar), more, unmet })
}
