//! Reading back how a version fared.

use super::{HOUR, flush, hour_start};
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::services::policies;
use crate::views::policy_health::{CallsView, HealthView};
use sanbao_domain::ids::PolicyId;
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;
use sanbao_policy::contract::Interface;
use sanbao_store::policy_health::{self as store, Asked};

/// Most hours in one answer: a month of them.
const MOST: i64 = 31 * 24;

/// Which hours are asked for; whole ones, in which the two instants lie.
#[derive(Clone, Debug, Default)]
pub struct Hours {
    /// In the first; the 23rd before the last when nothing is said.
    pub from: Option<Timestamp>,
    /// In the last; now when nothing is said.
    pub to: Option<Timestamp>,
    /// One interface alone.
    pub interface: Option<String>,
}

fn hour_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(HOUR)
}

/// How a version of the caller's own fares.
///
/// # Errors
/// 404 for others' versions; 422 for more than a month, hours that end before they begin, or an interface that
/// does not exist.
pub async fn show(app: &App, caller: &Caller, id: PolicyId, hours: Hours) -> Result<HealthView, Problem> {
    let version = policies::own(app, caller, id).await?;
    let now = hour_of(app.now());
    let to = hours.to.map_or(now, hour_of);
    let from = hours.from.map_or(to - 23, hour_of);
    let names = Interface::ALL.map(Interface::name);
    Checks::new()
        .that(
            from <= to,
            "from",
            Text::new("开始晚于结束", "it begins after it ends"),
            Text::new("from 不晚于 to。", "Give a from that is not after to."),
        )
        .that(
            to - from < MOST,
            "from",
            Text::new("时间跨度超过31天", "these are more than 31 days"),
            Text::new("分几次查询。", "Ask for 31 days at a time."),
        )
        .that(
            hours.interface.as_deref().is_none_or(|name| names.contains(&name)),
            "interface",
            Text::new("没有这个接口", "there is no such interface"),
            Text::new(
                format!("从中选一：{}。", names.join("、")),
                format!("Give one of {}.", names.join(", ")),
            ),
        )
        .done()?;
    // What this host has counted is in the answer; other hosts' counts are seconds old.
    flush(app).await?;
    let asked = Asked {
        party: version.party,
        policy: id,
        from: hour_start(from),
        until: hour_start(to + 1),
        interface: hours.interface,
    };
    let week = Asked { from: hour_start(now - 167), until: hour_start(now + 1), ..asked.clone() };
    let (rows, parts, week) = {
        let mut conn = app.store().read(version.party).await?;
        let rows = store::hours(&mut conn, &asked).await?;
        let parts = store::parts(&mut conn, &asked).await?;
        (rows, parts, store::hours(&mut conn, &week).await?)
    };
    Ok(HealthView::new(id, (asked.from, asked.until), (&rows, &parts), &week, hour_start(now - 23)))
}

/// How a version fared in the running hour and the 23 before it, as far as hosts have told.
///
/// # Errors
/// The database.
pub async fn brief(app: &App, version: &sanbao_store::policy::Policy) -> Result<CallsView, Problem> {
    let now = hour_of(app.now());
    let (party, policy) = (version.party, version.id);
    let (from, until) = (hour_start(now - 23), hour_start(now + 1));
    let mut conn = app.store().read(party).await?;
    let rows = store::hours(&mut conn, &Asked { party, policy, from, until, interface: None }).await?;
    Ok(CallsView::sum(rows.iter()))
}
