//! `/v1/shadows`: a version beside the one in force.

use crate::app::App;
use crate::http::auth::{May, PoliciesRead, PoliciesWrite};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, PageParams, Params};
use crate::http::post::Post;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::activations;
use crate::services::shadows::{self, NewShadow, Shown};
use axum::extract::State;
use sanbao_domain::ids::{PolicyId, ReceiptId, ShadowId};
use sanbao_domain::manifest::plain;
use sanbao_domain::time::Timestamp;
use sanbao_store::shadow::{Count, Divergence, Shadow};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, start))
        .routes(routes!(show))
        .routes(routes!(divergences))
        .routes(routes!(end))
}

/// A shadow run.
#[derive(Serialize, ToSchema)]
#[schema(as = Shadow)]
struct ShadowView {
    #[schema(value_type = String, format = Uuid)]
    id: ShadowId,
    /// The version that is tried.
    #[schema(value_type = String, format = Uuid)]
    candidate: PolicyId,
    /// `running` or `ended`.
    #[schema(example = "running")]
    status: &'static str,
    /// Percent of the live calls.
    share: u32,
    /// The interfaces that are compared; all where none is named.
    interfaces: Vec<String>,
    /// Settings that are tried, in front of those of the live call.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    settings: Option<Map<String, Value>>,
    /// It ends by itself at this instant.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    /// Name of the key that began it.
    created_by: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
    /// `until`, `retired` (the candidate was), or the name of the key that ended it.
    ended_by: Option<String>,
}

fn view(row: &Shadow) -> Result<ShadowView, Problem> {
    let settings = match &row.settings {
        Some(kept) => Some(activations::settings(kept)?),
        None => None,
    };
    Ok(ShadowView {
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

/// How often a rule came and went.
#[derive(Default, Serialize, ToSchema)]
#[schema(as = ShadowRule)]
struct RuleCounts {
    /// Answers that cite it newly.
    newly: i64,
    /// Answers that cite it no longer.
    no_longer: i64,
}

/// Sums of amounts that differ, in minor units.
#[derive(Default, Serialize, ToSchema)]
#[schema(as = ShadowMoney)]
struct MoneySums {
    /// By the version in force.
    from: i64,
    /// By the candidate.
    to: i64,
}

/// A shadow run and what it found.
#[derive(Serialize, ToSchema)]
#[schema(as = ShadowReport)]
struct ReportView {
    #[serde(flatten)]
    shadow: ShadowView,
    /// Live calls that the candidate was asked too.
    asked: i64,
    /// Answered the same.
    same: i64,
    /// The same in substance, in other words for people.
    reworded: i64,
    /// Answered otherwise.
    changed: i64,
    /// Live calls that it was not asked, because the host was too busy or stopped.
    dropped: i64,
    /// Live calls that it could not be asked, for want of a setting.
    settings_missing: i64,
    /// What changed, by kind: `covered-to-not-covered`, `offers`, `money` …; one answer may count under several.
    changes: BTreeMap<String, i64>,
    /// By rule.
    rules: BTreeMap<String, RuleCounts>,
    /// By kind of amount and currency: `charges CNY`.
    money: BTreeMap<String, MoneySums>,
    /// Milestones that moved, came or went.
    milestones: BTreeMap<String, i64>,
    /// Failures of the candidate, by kind.
    failures: BTreeMap<String, i64>,
    /// Divergences that are kept, at most 1,000.
    divergences: u64,
}

fn report(shown: &Shown) -> Result<ReportView, Problem> {
    let mut view = ReportView {
        shadow: view(&shown.shadow)?,
        asked: 0,
        same: 0,
        reworded: 0,
        changed: 0,
        dropped: 0,
        settings_missing: 0,
        changes: BTreeMap::new(),
        rules: BTreeMap::new(),
        money: BTreeMap::new(),
        milestones: BTreeMap::new(),
        failures: BTreeMap::new(),
        divergences: shown.shadow.kept,
    };
    for Count { figure, subject, amount } in &shown.counts {
        let (subject, amount) = (subject.clone(), *amount);
        match figure.as_str() {
            "asked" => view.asked = amount,
            "same" => view.same = amount,
            "reworded" => view.reworded = amount,
            "changed" => view.changed = amount,
            "dropped" => view.dropped = amount,
            "settings-missing" => view.settings_missing = amount,
            "change" => drop(view.changes.insert(subject, amount)),
            "newly" => view.rules.entry(subject).or_default().newly = amount,
            "no-longer" => view.rules.entry(subject).or_default().no_longer = amount,
            "money-from" => view.money.entry(subject).or_default().from = amount,
            "money-to" => view.money.entry(subject).or_default().to = amount,
            "milestone" => drop(view.milestones.insert(subject, amount)),
            "failure" => drop(view.failures.insert(subject, amount)),
            _ => {}
        }
    }
    Ok(view)
}

/// An answer of the candidate that differs from the live one.
#[derive(Serialize, ToSchema)]
#[schema(as = ShadowDivergence)]
struct DivergenceView {
    #[schema(value_type = String, format = Uuid)]
    id: Uuid,
    /// The live call's receipt.
    #[schema(value_type = String, format = Uuid)]
    receipt: ReceiptId,
    /// The function that was asked.
    #[schema(example = "coverage.decide")]
    function: String,
    /// When the candidate was asked.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `changes`, each with its `kind` and what it was and would be; rules cited `newly` and `no_longer`.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    difference: Map<String, Value>,
}

/// A run to begin.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Start {
    /// A version of your own that is not retired; it need not be activated.
    #[schema(value_type = String, format = Uuid)]
    candidate: PolicyId,
    /// When it ends by itself, within the next 30 days.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    /// Percent of the live calls; 100 when nothing is said.
    #[schema(minimum = 1, maximum = 100)]
    share: Option<u32>,
    /// Interfaces to compare: coverage, approval …; all when nothing is said.
    #[serde(default)]
    interfaces: Vec<String>,
    /// Settings by name, as plain values. Those not given are those of the live call, as far as the candidate
    /// declares them.
    #[schema(value_type = Option<Object>)]
    settings: Option<Map<String, Value>>,
}

/// Begins a shadow run: while it lasts, a version is asked what your policies in force are asked, after they have
/// answered, and where it answers otherwise is kept for you. No customer, dealer or ticket sees anything of it,
/// and live calls never wait for it. At most four at a time. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/shadows", tag = "policies", request_body = Start,
    responses((status = 201, description = "The run.", body = ReportView), Problems))]
async fn start(State(app): State<App>, caller: May<PoliciesWrite>, post: Post<Start>) -> Answer {
    let Start { candidate, until, share, interfaces, settings } = post.body;
    let new = NewShadow { candidate, until, share: share.unwrap_or(100), interfaces, settings };
    shadows::start(&app, &caller, &post.once, new, report).await
}

/// Your shadow runs, newest first. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/shadows", tag = "policies", params(PageParams),
    responses((status = 200, description = "A page", body = Listed<ShadowView>), Problems))]
async fn list(State(app): State<App>, caller: May<PoliciesRead>, Params(page): Params<PageParams>) -> Answer {
    let Listed { items, next_cursor } = shadows::list(&app, &caller, page.page()?).await?;
    let items: Vec<ShadowView> = items.iter().map(view).collect::<Result<_, _>>()?;
    Reply::ok(&Listed { items, next_cursor })
}

/// A shadow run and what it has found so far: exact counts over all hosts. Needs `policies:read`.
#[utoipa::path(get, path = "/v1/shadows/{shadow}", tag = "policies",
    params(("shadow" = String, Path, format = Uuid)),
    responses((status = 200, description = "The run.", body = ReportView), Problems))]
async fn show(State(app): State<App>, caller: May<PoliciesRead>, Ids(id): Ids<ShadowId>) -> Answer {
    Reply::ok(&report(&shadows::show(&app, &caller, id).await?)?)
}

/// Where the candidate answered otherwise, latest first; the first thousand of a run are kept. Needs
/// `policies:read`.
#[utoipa::path(get, path = "/v1/shadows/{shadow}/divergences", tag = "policies",
    params(("shadow" = String, Path, format = Uuid), PageParams),
    responses((status = 200, description = "A page", body = Listed<DivergenceView>), Problems))]
async fn divergences(
    State(app): State<App>,
    caller: May<PoliciesRead>,
    Ids(id): Ids<ShadowId>,
    Params(page): Params<PageParams>,
) -> Answer {
    let Listed { items, next_cursor } = shadows::divergences(&app, &caller, id, page.page()?).await?;
    let one = |row: Divergence| {
        let Divergence { id, receipt, interface, doc, at } = row;
        let difference = serde_json::from_str(&doc)?;
        Ok(DivergenceView { id, receipt, function: interface, at, difference })
    };
    let items: Vec<DivergenceView> = items.into_iter().map(one).collect::<Result<_, Problem>>()?;
    Reply::ok(&Listed { items, next_cursor })
}

/// Nothing to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct End {}

/// Ends a shadow run early; one that has ended stays as it is. Needs `policies:write`.
#[utoipa::path(post, path = "/v1/shadows/{shadow}/end", tag = "policies",
    params(("shadow" = String, Path, format = Uuid)), request_body = End,
    responses((status = 200, description = "The run.", body = ReportView), Problems))]
async fn end(
    State(app): State<App>,
    caller: May<PoliciesWrite>,
    Ids(id): Ids<ShadowId>,
    post: Post<End>,
) -> Answer {
    shadows::end(&app, &caller, &post.once, id, report).await
}
