//! Starting, showing and ending runs.

use super::counting;
use super::refresh;
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::policies;
use axum::http::StatusCode;
use sanbao_domain::ids::{PolicyId, ShadowId};
use sanbao_domain::manifest::{Manifest, typed_overrides};
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;
use sanbao_policy::contract::Interface;
use sanbao_store::policy::PolicyStatus;
use sanbao_store::shadow::{self, Count, Divergence, Shadow};
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

/// How long a run may last.
const LONGEST: jiff::SignedDuration = jiff::SignedDuration::from_hours(30 * 24);
/// Runs of one party at the same time.
const MOST: u64 = 4;

/// A run to begin.
#[derive(Clone, Debug)]
pub struct NewShadow {
    /// The version to try.
    pub candidate: PolicyId,
    /// When it ends.
    pub until: Timestamp,
    /// Percent of the live calls.
    pub share: u32,
    /// Interfaces; all where none is named.
    pub interfaces: Vec<String>,
    /// Settings as plain values, in front of those of the live call.
    pub settings: Option<Map<String, Value>>,
}

/// A run with its counts.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The run.
    pub shadow: Shadow,
    /// What was counted.
    pub counts: Vec<Count>,
}

/// Begins a run for a version of the caller's own.
///
/// # Errors
/// 404 for others' versions, 409 for a retired one or where four runs are under way, 422 for what cannot be.
pub async fn start<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    new: NewShadow,
    view: impl FnOnce(&Shown) -> Result<V, Problem>,
) -> Answer {
    let version = policies::own(app, caller, new.candidate).await?;
    let (me, now) = (caller.party.id, app.now());
    check(&new, now)?;
    if version.status == PolicyStatus::Retired {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "policy-retired",
            Text::new("该版本已停用", "The version is retired"),
        )
        .field("candidate")
        .fix(Text::new("选择未停用的版本。", "Name a version that is not retired.")));
    }
    let settings = match &new.settings {
        Some(given) => {
            let manifest: Manifest = serde_json::from_str(&version.manifest)?;
            let typed = typed_overrides(&manifest.settings, given).map_err(|problems| {
                problems.into_iter().fold(Problem::invalid(), |problem, misfit| {
                    let (message, fix) = (misfit.to_string(), misfit.fix());
                    problem.error(misfit.field(), Text::new(&message, &message), Text::new(&fix, &fix))
                })
            })?;
            Some(serde_json::to_string(&typed)?)
        }
        None => None,
    };
    // A candidate that does not load must say so now.
    policies::loaded(app, &version).await?;
    {
        let mut conn = app.store().read(me).await?;
        if shadow::running_of(&mut conn, me).await? >= MOST {
            return Err(too_many());
        }
    }
    let row = Shadow {
        id: app.id(),
        party: me,
        candidate: version.id,
        share: new.share,
        interfaces: new.interfaces,
        settings,
        until: new.until,
        created_by: caller.name.clone(),
        created_at: now,
        ended_at: None,
        ended_by: None,
        kept: 0,
    };
    let location = format!("/v1/shadows/{}", row.id);
    let shown = Shown { shadow: row.clone(), counts: Vec::new() };
    let reply = Reply::created(&view(&shown)?, &location)?;
    let reply = once
        .commit(app, me, reply, move |conn| Box::pin(async move { shadow::insert(conn, &row).await }))
        .await?;
    // This host begins at once, the others within a second.
    refresh(app).await?;
    Ok(reply)
}

fn check(new: &NewShadow, now: Timestamp) -> Result<(), Problem> {
    let mut checks = Checks::new();
    let latest = now.saturating_add(LONGEST).unwrap_or(now);
    checks.that(
        now < new.until && new.until <= latest,
        "until",
        Text::new("须在今后30天内", "it must lie within the next 30 days"),
        Text::new(format!("填 {latest} 以前的时间。"), format!("Give a time until {latest}.")),
    );
    checks.that(
        (1..=100).contains(&new.share),
        "share",
        Text::new("比例超出范围", "the share is out of range"),
        Text::new("填 1 至 100（百分比）。", "Give 1 to 100, in percent."),
    );
    let names: Vec<&str> =
        Interface::ALL.iter().filter(|one| **one != Interface::Manifest).map(|one| one.name()).collect();
    for (index, name) in new.interfaces.iter().enumerate() {
        checks.that(
            names.contains(&name.as_str()),
            format!("interfaces[{index}]"),
            Text::new("没有这个接口", "there is no such interface"),
            Text::new(
                format!("从中选择：{}。", names.join("、")),
                format!("Choose among {}.", names.join(", ")),
            ),
        );
    }
    checks.done()
}

fn too_many() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "too-many-shadows",
        Text::new("同时进行的影子运行过多", "Too many shadow runs are under way"),
    )
    .detail(Text::new(format!("上限为 {MOST} 个。"), format!("The limit is {MOST}.")))
    .fix(Text::new("先结束一个。", "End one of them first."))
}

/// One of the caller's runs.
///
/// # Errors
/// 404 for others'.
pub async fn show(app: &App, caller: &Caller, id: ShadowId) -> Result<Shown, Problem> {
    // What this host has counted is in the answer; other hosts' counts are a second old.
    counting::flush(app).await?;
    let me = caller.party.id;
    let mut conn = app.store().read(me).await?;
    let shadow = shadow::find(&mut conn, me, id).await?.ok_or_else(Problem::not_found)?;
    Ok(Shown { counts: shadow::counts(&mut conn, me, id).await?, shadow })
}

/// The caller's runs, newest first.
///
/// # Errors
/// The database.
pub async fn list(app: &App, caller: &Caller, page: Page<ShadowId>) -> Result<Listed<Shadow>, Problem> {
    let me = caller.party.id;
    let mut conn = app.store().read(me).await?;
    let rows = shadow::list(&mut conn, me, page.after, page.fetch()).await?;
    Ok(page.list(rows, |row| row.id, |row| row))
}

/// Where the candidate of a run of the caller's answered otherwise, latest first; the first thousand are kept.
///
/// # Errors
/// 404 for others' runs.
pub async fn divergences(
    app: &App,
    caller: &Caller,
    id: ShadowId,
    page: Page<Uuid>,
) -> Result<Listed<Divergence>, Problem> {
    counting::flush(app).await?;
    let me = caller.party.id;
    let mut conn = app.store().read(me).await?;
    shadow::find(&mut conn, me, id).await?.ok_or_else(Problem::not_found)?;
    let rows = shadow::divergences(&mut conn, (me, id), page.after, page.fetch()).await?;
    Ok(page.list(rows, |row| row.id, |row| row))
}

/// Ends a run of the caller's; one that has ended stays as it is.
///
/// # Errors
/// 404 for others' runs.
pub async fn end<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    id: ShadowId,
    view: impl FnOnce(&Shown) -> Result<V, Problem>,
) -> Answer {
    let mut shown = show(app, caller, id).await?;
    let (me, now) = (caller.party.id, app.now());
    let by = caller.name.clone();
    if shown.shadow.ended_at.is_none() {
        shown.shadow.ended_at = Some(now);
        shown.shadow.ended_by = Some(by.clone());
    }
    let reply = Reply::ok(&view(&shown)?)?;
    let reply = once
        .commit(app, me, reply, move |conn| {
            Box::pin(async move { shadow::end(conn, me, id, &by, now).await.map(drop) })
        })
        .await?;
    refresh(app).await?;
    Ok(reply)
}
