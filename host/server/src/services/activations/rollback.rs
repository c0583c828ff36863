//! Taking an activation back: what was in force before it judges again, with the settings that it had then.
//!
//! The activation that is taken back ends where the earlier version begins to judge again, either on the day of
//! the rollback or at its own start. Verdicts that were given stay as they are.

use super::conditions::{self, How, Intended};
use super::{instant, standing};
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::parties::{self, Known};
use axum::http::StatusCode;
use futures::future::BoxFuture;
use sanbao_domain::activation::{Period, Reign, reigns};
use sanbao_domain::ids::{ActivationId, PartyId};
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;
use sanbao_store::activation::rollback::{self, Rollback};
use sanbao_store::activation::{self, Activation};
use sanbao_store::{Conn, Scope, StoreError, policy};
use serde::{Deserialize, Serialize};

/// From when on the earlier version judges again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Since {
    /// From the basis date of the day of the rollback.
    #[default]
    Today,
    /// From the basis date on which the activation began.
    ItsStart,
}

/// A rollback that somebody asks for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What is to be taken back.
    pub activation: ActivationId,
    /// From when on.
    pub since: Since,
    /// Why; people read it later.
    pub reason: String,
    /// Who asks.
    pub by: String,
}

/// What a rollback will write.
struct Plan {
    /// The party's activations as they were read.
    known: Vec<Activation>,
    again: Activation,
    rollback: Rollback,
}

/// Takes an activation of the caller's back.
///
/// # Errors
/// 404 for others' activations; 409 `rolled-back-already`, `not-in-force`, `nothing-before`, `policy-retired`;
/// 409 `lost-race` when others changed the activations meanwhile.
pub async fn roll_back<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    wanted: Wanted,
    view: impl FnOnce(&Activation, &Rollback) -> Result<V, Problem>,
) -> Answer {
    let Plan { known, again, rollback } = plan(app, &caller.party, wanted).await?;
    let reply = Reply::created(&view(&again, &rollback)?, "/v1/activations")?;
    once.commit(app, again.party, reply, move |conn| {
        Box::pin(async move { rollback::insert(conn, &known, &again, &rollback).await })
    })
    .await
}

/// What is written in the same transaction, before the rollback.
pub type Beside = Box<dyn for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<(), StoreError>> + Send>;

/// As [`roll_back`], by the host itself; `beside` is told what will judge again.
///
/// # Errors
/// As there.
pub async fn by_host(
    app: &App,
    party: PartyId,
    wanted: Wanted,
    beside: impl FnOnce(&Activation) -> Beside,
) -> Result<Activation, Problem> {
    let party = parties::known(app, party).await?.ok_or_else(Problem::not_found)?;
    let Plan { known, again, rollback } = plan(app, &party, wanted).await?;
    let made = again.clone();
    let beside = beside(&again);
    let written: Result<(), StoreError> = app
        .store()
        .write(party.id, move |conn| {
            Box::pin(async move {
                beside(conn).await?;
                rollback::insert(conn, &known, &again, &rollback).await
            })
        })
        .await;
    written?;
    Ok(made)
}

async fn plan(app: &App, party: &Known, wanted: Wanted) -> Result<Plan, Problem> {
    Checks::new().text("reason", &wanted.reason, 1..=1000).done()?;
    let (known, before, periods) = {
        let mut conn = app.store().read(party.id).await?;
        let known = activation::list(&mut conn, party.id).await?;
        let found = known.iter().find(|row| row.id == wanted.activation).ok_or_else(Problem::not_found)?;
        let periods = standing::of_kind(&mut conn, party.id, found.floor.as_deref()).await?;
        (known, rollback::list(&mut conn, party.id).await?, periods)
    };
    let found = |id| known.iter().find(|row: &&Activation| row.id == id).ok_or_else(Problem::not_found);
    let taken_back = found(wanted.activation)?;
    if let Some(done) = before.iter().find(|done| done.taken_back == taken_back.id) {
        return Err(already(done));
    }
    let from = match wanted.since {
        Since::ItsStart => taken_back.valid_from,
        Since::Today => today(app, party).max(taken_back.valid_from),
    };
    let reign = reigning(&periods, taken_back.id, from)?;
    let earlier = earlier(&periods, &before, taken_back.id, from).ok_or_else(nothing_before)?;
    let now = app.now();
    // Hosts' clocks differ a little, and what was made last judges.
    let just_after = taken_back.created_at.checked_add(jiff::SignedDuration::from_micros(1)).unwrap_or(now);
    let again = Activation {
        id: app.id(),
        party: party.id,
        policy: earlier.policy,
        valid_from: from,
        valid_to: reign.until,
        settings: found(earlier.id)?.settings.clone(),
        created_at: now.max(just_after),
        retired_at: None,
        floor: taken_back.floor.clone(),
    };
    let version = {
        let mut conn = app.store().read(Scope::Platform).await?;
        policy::find(&mut conn, party.id, again.policy).await?.ok_or_else(Problem::not_found)?
    };
    let intended =
        Intended { party, version: &version, activation: &again, how: How::Returned, back_test: None };
    conditions::check(app, &intended).await?;
    let rollback = Rollback {
        party: party.id,
        activation: again.id,
        taken_back: taken_back.id,
        earlier: earlier.id,
        reason: wanted.reason,
        made_by: wanted.by,
        created_at: now,
    };
    Ok(Plan { known, again, rollback })
}

/// The first instant of the party's present day: a day is judged by one version from beginning to end.
pub(super) fn today(app: &App, party: &Known) -> Timestamp {
    instant(party, party.calendar.day(app.now()))
}

/// The time around an instant in which an activation judges.
///
/// # Errors
/// 409 `not-in-force` when another one judges at the instant, or none.
pub(super) fn reigning(periods: &[Period], id: ActivationId, at: Timestamp) -> Result<Reign, Problem> {
    let reigns = reigns(periods);
    let there = reigns.iter().find(|reign| reign.covers(at));
    if let Some(reign) = there.filter(|reign| reign.activation == id) {
        return Ok(*reign);
    }
    let problem = Problem::new(
        StatusCode::CONFLICT,
        "not-in-force",
        Text::new("届时它并不裁决", "It does not judge then"),
    )
    .detail(Text::new(
        format!("在 {at}，它已终止，或由更晚设立的启用记录裁决。"),
        format!("At {at} it has ended, or one that was made later judges."),
    ))
    .fix(Text::new(
        "用 GET /v1/activations?on=日期 查看由谁裁决。",
        "See with GET /v1/activations?on=DATE what judges, and take that.",
    ));
    Err(match there {
        Some(reign) => problem.with("judges", reign.activation),
        None => problem,
    })
}

/// What judged before: of those that were made earlier and not taken back themselves, the latest that covers
/// the instant, or that ended when the activation began. Before a rollback it was what that took back.
fn earlier<'p>(
    periods: &'p [Period],
    before: &[Rollback],
    id: ActivationId,
    at: Timestamp,
) -> Option<&'p Period> {
    let found = |id| periods.iter().find(|period| period.id == id);
    if let Some(rollback) = before.iter().find(|rollback| rollback.activation == id) {
        return found(rollback.taken_back);
    }
    let taken_back = found(id)?;
    let candidates = || {
        let stands = |period: &&Period| before.iter().all(|done| done.taken_back != period.id);
        periods.iter().filter(|period| taken_back.later_than(period)).filter(stands)
    };
    let latest = |at| {
        let covering = candidates().filter(|period| period.covers(at));
        covering.max_by_key(|period| (period.made, period.id))
    };
    let eve = taken_back.from.checked_sub(jiff::SignedDuration::from_micros(1)).ok();
    latest(at).or_else(|| eve.and_then(latest))
}

fn already(done: &Rollback) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "rolled-back-already",
        Text::new("已回退", "It was rolled back already"),
    )
    .detail(Text::new(
        format!("{} 由 {} 回退：{}", done.created_at, done.made_by, done.reason),
        format!("{} rolled it back at {}: {}", done.made_by, done.created_at, done.reason),
    ))
    .fix(Text::new("如需另作安排，直接启用一个版本。", "To change more, activate a version."))
    .with("activation", done.activation)
}

fn nothing_before() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "nothing-before",
        Text::new("此前没有生效的版本", "Nothing was in force before it"),
    )
    .fix(Text::new(
        "启用另一个版本，或提前终止它，由人工处理。",
        "Activate another version, or end this one: a person decides then.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanbao_domain::ids::PolicyId;
    use uuid::Uuid;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or_default()
    }

    fn id(number: u128) -> ActivationId {
        ActivationId(Uuid::from_u128(number))
    }

    /// Made in the order of their numbers.
    fn period(number: u128, from: i64, until: Option<i64>) -> Period {
        let policy = PolicyId(Uuid::from_u128(number));
        let made = at(i64::try_from(number).unwrap_or_default());
        Period { id: id(number), policy, from: at(from), until: until.map(at), made, retired: false }
    }

    fn taken(number: u128) -> Rollback {
        Rollback {
            party: PartyId(Uuid::nil()),
            activation: id(99),
            taken_back: id(number),
            earlier: id(98),
            reason: String::new(),
            made_by: String::new(),
            created_at: at(0),
        }
    }

    #[test]
    fn what_judged_before_covers_the_time_or_ended_when_the_other_began() {
        let open = [period(1, 0, None), period(2, 10, None)];
        let before = |periods: &[Period], done: &[Rollback], number, second| {
            earlier(periods, done, id(number), at(second)).map(|period| period.id)
        };
        assert_eq!(before(&open, &[], 2, 15), Some(id(1)));
        assert_eq!(before(&open, &[], 1, 5), None);
        let ended = [period(1, 0, Some(10)), period(2, 10, None)];
        assert_eq!(before(&ended, &[], 2, 15), Some(id(1)));
        let gap = [period(1, 0, Some(9)), period(2, 10, None)];
        assert_eq!(before(&gap, &[], 2, 15), None);
        // The second was taken back by the third: whoever takes the fourth back does not want it again.
        let again = [period(1, 0, None), period(2, 10, Some(20)), period(3, 20, None), period(4, 10, None)];
        assert_eq!(before(&again, &[taken(2)], 4, 25), Some(id(3)));
        assert_eq!(before(&again, &[taken(2)], 4, 12), Some(id(1)));
        // Taking a rollback back brings back what it took.
        let rollback = Rollback { activation: id(3), ..taken(2) };
        assert_eq!(before(&again, &[rollback], 3, 25), Some(id(2)));
        // Made later is not before, wherever it begins.
        let later = [period(2, 5, None), period(3, 0, Some(5))];
        assert_eq!(before(&later, &[], 2, 6), None);
    }
}
