//! What a party may use: the host's usual figures, unless the platform has set others for it.
//!
//! Every host holds the figures in memory, as every call asks for them, and looks every second whether any
//! have changed; on the host where they are set they hold at once.

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::parties::{self, Known};
use axum::http::StatusCode;
use sanbao_domain::allowance::{Allowance, Exceptions};
use sanbao_domain::ids::PartyId;
use sanbao_domain::text::Text;
use sanbao_policy::decision::Terms;
use sanbao_policy::runner::{Load, Share};
use sanbao_store::limit::{self, Edition, Kept, Limit};
use sanbao_store::{Scope, StoreError, back_test, upload};
use serde::Serialize;
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::ops::RangeInclusive;
use std::sync::{Arc, PoisonError, RwLock};

/// The parties' own figures, as they were read last.
#[derive(Debug, Default)]
pub(crate) struct Limits(RwLock<(Option<Edition>, HashMap<PartyId, Exceptions>)>);

/// What a party may use of the host.
pub fn of(app: &App, party: PartyId) -> Allowance {
    let usual = &app.config().limits;
    let read = app.limits().0.read().unwrap_or_else(PoisonError::into_inner);
    read.1.get(&party).map_or(*usual, |own| own.over(usual))
}

/// The terms under which `owner`'s policy answers for what `respondent` owes.
pub fn terms(app: &App, owner: PartyId, respondent: &Known) -> Terms {
    let mut terms = Terms::new(Arc::clone(&respondent.calendar));
    terms.limits.fuel = of(app, owner).fuel_per_call;
    terms
}

/// What an allowance is to the runner.
pub(crate) fn share(allowance: &Allowance) -> Share {
    Share {
        concurrent: allowance.concurrent_calls as usize,
        per_second: NonZeroU32::new(allowance.calls_per_second),
    }
}

/// Reads the parties' own figures where any have changed.
///
/// # Errors
/// The database.
pub async fn refresh(app: &App) -> Result<(), StoreError> {
    let mut conn = app.store().read(Scope::Platform).await?;
    // Older than what follows, if anything: a change in between is read again the next time.
    let edition = limit::edition(&mut conn).await?;
    if app.limits().0.read().unwrap_or_else(PoisonError::into_inner).0 == Some(edition) {
        return Ok(());
    }
    let all = limit::all(&mut conn).await?;
    drop(conn);
    let own: HashMap<_, _> = all.into_iter().map(|limit| (limit.party, limit.figures)).collect();
    let usual = &app.config().limits;
    let shares = own.iter().map(|(party, figures)| (*party, share(&figures.over(usual))));
    app.runner().set_shares(shares.collect());
    *app.limits().0.write().unwrap_or_else(PoisonError::into_inner) = (Some(edition), own);
    Ok(())
}

/// What a party may use and uses.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What it may use.
    pub allowance: Allowance,
    /// What differs from the usual, and who said so.
    pub own: Option<Limit>,
    /// What it keeps.
    pub kept: Kept,
    /// Uploads whose check has not ended.
    pub uploads: u64,
    /// Back-tests that have not ended.
    pub back_tests: u64,
    /// Calls on its behalf on this host.
    pub load: Load,
}

/// What a party may use and uses now.
///
/// # Errors
/// The database.
pub async fn standing(app: &App, party: PartyId) -> Result<Standing, Problem> {
    let (own, kept, uploads, back_tests) = {
        let mut conn = app.store().read(Scope::Platform).await?;
        let own = limit::find(&mut conn, party).await?;
        let kept = limit::kept(&mut conn, party).await?;
        let uploads = upload::unfinished(&mut conn, party).await?;
        (own, kept, uploads, back_test::unfinished(&mut conn, party).await?)
    };
    let usual = &app.config().limits;
    let allowance = own.as_ref().map_or(*usual, |own| own.figures.over(usual));
    Ok(Standing { allowance, own, kept, uploads, back_tests, load: app.runner().load(party) })
}

/// Sets a party's own figures in place of those that it had; what is absent is as usual again.
///
/// # Errors
/// 404 for an unknown party, 422 for figures beyond what the host can give.
pub async fn set<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    (party, figures): (PartyId, Exceptions),
    view: impl FnOnce(&Standing) -> V,
) -> Answer {
    parties::known(app, party).await?.ok_or_else(Problem::not_found)?;
    check(app, &figures)?;
    let limit = Limit { party, figures, set_by: caller.name.clone(), set_at: app.now() };
    let mut standing = standing(app, party).await?;
    standing.allowance = figures.over(&app.config().limits);
    standing.own = Some(limit.clone());
    let reply = Reply::ok(&view(&standing))?;
    let reply = once
        .commit(app, Scope::Platform, reply, move |conn| {
            Box::pin(async move { limit::put(conn, &limit).await })
        })
        .await?;
    refresh(app).await?;
    Ok(reply)
}

fn check(app: &App, figures: &Exceptions) -> Result<(), Problem> {
    let config = app.config();
    let mut checks = Checks::new();
    let mut within = |field: &str, figure: Option<u64>, range: RangeInclusive<u64>| {
        let (least, most) = (*range.start(), *range.end());
        checks.that(
            figure.is_none_or(|figure| range.contains(&figure)),
            field,
            Text::new("超出本机可给的范围", "this is outside what the host can give"),
            Text::new(
                format!("填 {least} 至 {most}，或不填。"),
                format!("Give {least} to {most}, or leave it out."),
            ),
        );
    };
    within("policies", figures.policies.map(u64::from), 1..=1_000_000);
    within("component_bytes", figures.component_bytes, 1024..=config.max_component as u64);
    within("fuel_per_call", figures.fuel_per_call, 100_000..=10_000_000_000);
    within("calls_per_second", figures.calls_per_second.map(u64::from), 1..=1_000_000);
    within("concurrent_calls", figures.concurrent_calls.map(u64::from), 1..=config.policy_instances.into());
    within("unfinished_uploads", figures.unfinished_uploads.map(u64::from), 1..=1000);
    within("back_tests", figures.back_tests.map(u64::from), 1..=100);
    checks.done()
}

/// Refuses an upload that would go beyond what its party may keep, before anything is done with it.
///
/// # Errors
/// 413 `component-too-large`, 409 `too-many-policies`.
pub async fn may_upload(app: &App, party: PartyId, bytes: usize) -> Result<(), Problem> {
    let allowance = of(app, party);
    if bytes as u64 > allowance.component_bytes {
        let fix = Text::new(
            "缩小组件（去掉调试信息，优化体积），或请平台提高限额。",
            "Make the component smaller (strip it, build it for size), or ask the platform for a higher limit.",
        );
        let title = Text::new("组件过大", "The component is larger than the party may upload");
        let problem = Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "component-too-large", title);
        return Err(beyond(problem, "component_bytes", allowance.component_bytes, bytes as u64).fix(fix));
    }
    let kept = {
        let mut conn = app.store().read(party).await?;
        limit::kept(&mut conn, party).await?
    };
    if kept.policies >= u64::from(allowance.policies) {
        let fix = Text::new(
            "停用不再需要的版本，或请平台提高限额。",
            "Retire versions that are no longer needed, or ask the platform for a higher limit.",
        );
        let title = Text::new("版本过多", "The party keeps as many versions as it may");
        let problem = Problem::new(StatusCode::CONFLICT, "too-many-policies", title);
        return Err(beyond(problem, "policies", allowance.policies.into(), kept.policies).fix(fix));
    }
    Ok(())
}

/// Refuses one more unfinished upload of a party that has `unfinished` already.
///
/// # Errors
/// 429 `too-many-uploads`.
pub fn may_begin_upload(app: &App, party: PartyId, unfinished: u64) -> Result<(), Problem> {
    let limit = of(app, party).unfinished_uploads.into();
    if unfinished < limit {
        return Ok(());
    }
    let title = Text::new("未完成的上传过多", "As many uploads are being checked as may");
    let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-uploads", title);
    let fix = Text::new("等其中一个检查完再上传。", "Wait until one of them has been checked.");
    Err(beyond(problem, "unfinished_uploads", limit, unfinished).fix(fix))
}

/// Refuses one more back-test of a party that has `running` already.
///
/// # Errors
/// 429 `too-many-back-tests`.
pub fn may_begin_back_test(app: &App, party: PartyId, running: u64) -> Result<(), Problem> {
    let limit = of(app, party).back_tests.into();
    if running < limit {
        return Ok(());
    }
    let title = Text::new("同时进行的回测过多", "As many back-tests run as may");
    let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-back-tests", title);
    let fix = Text::new("等其中一个结束，或取消一个。", "Wait until one of them has ended, or cancel one.");
    Err(beyond(problem, "back_tests", limit, running).fix(fix))
}

fn beyond(problem: Problem, figure: &'static str, limit: u64, used: u64) -> Problem {
    let detail = Text::new(
        format!("限额 {limit}，已有 {used}。"),
        format!("The limit is {limit}, and this is {used}."),
    );
    problem.field(figure).detail(detail).with("limit", limit).with("used", used)
}
