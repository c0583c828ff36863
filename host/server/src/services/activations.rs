//! Activations: from when until when a version judges what its party owes (STO-39, 40).
//!
//! **In force on a day** is the version of the activation that contains the first instant of that day in
//! the respondent's time zone; of several, the one that was made last. So a day is judged by one version
//! from beginning to end: what begins in the middle of a day judges from the next day on, and a later
//! activation of the same period replaces an earlier one. A retired version is never in force.

pub mod conditions;
pub mod judged;
pub mod rollback;
pub mod settings;
pub mod standing;

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::idempotency::Once;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::back_tests::condition::Demand;
use crate::services::parties::Known;
use crate::services::{parties, policies};
use axum::http::StatusCode;
use conditions::{How, Intended};
use sanbao_domain::case::Attribute;
use sanbao_domain::ids::{ActivationId, PolicyId};
use sanbao_domain::manifest::{FactProblem, Manifest, typed_settings};
use sanbao_domain::party::PartyKind;
use sanbao_domain::text::Text;
use sanbao_domain::time::{Date, Timestamp};
use sanbao_store::Scope;
use sanbao_store::activation::rollback::Rollback;
use sanbao_store::activation::{self, Activation};
use sanbao_store::policy::Policy;
use serde::Serialize;

/// What judges on a day.
#[derive(Clone, Debug)]
pub struct InForce {
    /// The activation.
    pub activation: ActivationId,
    /// The party's settings, typed by the version's manifest.
    pub settings: Vec<Attribute>,
    /// The version.
    pub version: Policy,
}

/// A day or an instant, as clients write it.
#[derive(Clone, Copy, Debug)]
pub enum Start {
    /// From the first instant of the day in the party's time zone.
    Day(Date),
    /// From this instant.
    Instant(Timestamp),
}

impl Start {
    /// The instant, for a party.
    pub fn instant(self, party: &Known) -> Timestamp {
        match self {
            Self::Day(day) => instant(party, day),
            Self::Instant(at) => at,
        }
    }
}

/// What judges when `respondent` owes a claim with this basis date.
///
/// # Errors
/// The database, or settings that cannot be read back.
pub async fn in_force(app: &App, respondent: &Known, basis: Date) -> Result<Option<InForce>, Problem> {
    let at = instant(respondent, basis);
    let found = {
        let mut conn = app.store().read(Scope::Platform).await?;
        activation::in_force(&mut conn, respondent.id, at).await?
    };
    let Some(found) = found else { return Ok(None) };
    let settings = settings(&found.settings)?;
    Ok(Some(InForce { activation: found.activation, settings, version: found.policy }))
}

/// The instant that stands for a day: its first one in the party's time zone. Days at the very ends of
/// what a clock can tell are clamped.
pub fn instant(party: &Known, day: Date) -> Timestamp {
    let start = day.to_zoned(party.calendar.time_zone().clone()).and_then(|midnight| midnight.start_of_day());
    match start {
        Ok(start) => start.timestamp(),
        Err(_) if day.year() <= 0 => Timestamp::MIN,
        Err(_) => Timestamp::MAX,
    }
}

/// Settings as an activation keeps them: typed, the defaults filled in.
///
/// # Errors
/// Text that is no such list.
pub fn settings(kept: &str) -> Result<Vec<Attribute>, serde_json::Error> {
    serde_json::from_str(kept)
}

/// What an activation is made from.
#[derive(Clone, Debug)]
pub struct NewActivation {
    /// The version.
    pub policy: PolicyId,
    /// First.
    pub from: Start,
    /// First that is no longer included.
    pub until: Option<Start>,
    /// Settings as plain JSON values by name.
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// The jurisdiction whose statutory floor it is to be (STO-41).
    pub floor: Option<String>,
    /// What is demanded of a back-test before.
    pub back_test: Option<Demand>,
}

/// Puts a version of the caller's in force.
///
/// # Errors
/// 404 for others' versions, 409 for a retired one, 422 for settings that the manifest does not take.
pub async fn activate<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    new: NewActivation,
    view: impl FnOnce(&Activation) -> Result<V, Problem>,
) -> Answer {
    let version = policies::own(app, caller, new.policy).await?;
    if let Some(jurisdiction) = &new.floor {
        may_be_floor(caller, jurisdiction)?;
    }
    let manifest: Manifest = serde_json::from_str(&version.manifest).map_err(Problem::internal)?;
    let settings = typed_settings(&manifest.settings, &new.settings).map_err(misfits)?;
    let from = new.from.instant(&caller.party);
    let until = new.until.map(|until| until.instant(&caller.party));
    if until.is_some_and(|until| until <= from) {
        return Err(Problem::invalid().error(
            "until",
            Text::new("结束不晚于开始", "it ends before it begins"),
            Text::new("填晚于 from 的时间。", "Give a time later than `from`."),
        ));
    }
    let row = Activation {
        id: app.id(),
        party: caller.party.id,
        policy: version.id,
        valid_from: from,
        valid_to: until,
        settings: serde_json::to_string(&settings).map_err(Problem::internal)?,
        created_at: app.now(),
        retired_at: None,
        floor: new.floor,
    };
    let intended = Intended {
        party: &caller.party,
        version: &version,
        activation: &row,
        how: How::Activated,
        back_test: new.back_test.as_ref(),
    };
    conditions::check(app, &intended).await?;
    let reply = Reply::created(&view(&row)?, "/v1/activations")?;
    once.commit(app, row.party, reply, move |conn| {
        Box::pin(async move { activation::insert(conn, &row).await })
    })
    .await
}

/// The law of a place is put in force by the platform alone.
fn may_be_floor(caller: &Caller, jurisdiction: &str) -> Result<(), Problem> {
    if caller.party.kind != PartyKind::Platform {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "platform-only",
            Text::new("只有平台可以设定法定最低标准", "Only the platform puts a statutory floor in force"),
        )
        .field("floor")
        .rule("STO-41")
        .fix(Text::new(
            "去掉 floor，作为自己的政策启用。",
            "Leave floor out, to activate it as your own policy.",
        )));
    }
    if parties::is_jurisdiction(jurisdiction) {
        return Ok(());
    }
    Err(Problem::invalid().error(
        "floor",
        Text::new("不是 ISO 3166 代码", "this is not an ISO 3166 code"),
        Text::new("如 CN、CN-FJ、DE。", "Write a code such as CN, CN-FJ or DE."),
    ))
}

fn misfits(problems: Vec<FactProblem>) -> Problem {
    problems.into_iter().fold(Problem::invalid(), |problem, misfit| {
        let (message, fix) = (misfit.to_string(), misfit.fix());
        problem.error(misfit.field(), Text::new(&message, &message), Text::new(&fix, &fix))
    })
}

/// The caller's activations, latest made first.
///
/// # Errors
/// The database.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Activation>, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    Ok(activation::list(&mut conn, caller.party.id).await?)
}

/// What the caller took back, in no order.
///
/// # Errors
/// The database.
pub async fn rollbacks(app: &App, caller: &Caller) -> Result<Vec<Rollback>, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    Ok(activation::rollback::list(&mut conn, caller.party.id).await?)
}

/// Ends an activation early: at `at`, or now. It never ends later than it did.
///
/// # Errors
/// 404 for others' activations, 409 when it ends no later than that anyhow.
pub async fn retire<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    (id, at): (ActivationId, Option<Start>),
    view: impl FnOnce(&Activation) -> Result<V, Problem>,
) -> Answer {
    let (owner, now) = (caller.party.id, app.now());
    let ends = at.map_or(now, |at| at.instant(&caller.party));
    let rows = list(app, caller).await?;
    let mut row = rows.into_iter().find(|row| row.id == id).ok_or_else(Problem::not_found)?;
    if row.valid_to.is_some_and(|until| until <= ends) {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "ends-earlier",
            Text::new("它本就更早结束", "It ends no later than that already"),
        )
        .fix(Text::new("填更早的时间。", "Choose an earlier time.")));
    }
    row.valid_to = Some(ends);
    row.retired_at = Some(now);
    let reply = Reply::ok(&view(&row)?)?;
    once.commit(app, owner, reply, move |conn| {
        Box::pin(async move { activation::retire(conn, owner, id, ends, now).await.map(drop) })
    })
    .await
}
