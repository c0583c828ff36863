//! A party's guard over the versions that it puts in force.
//!
//! It belongs to the party and not to an activation: a net is wanted most under the activation that somebody
//! made in a hurry, and one rule that always holds is easier to trust than one that each activation may lack.

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use sanbao_domain::text::Text;
use sanbao_store::policy_health::guard::{self, Guard, Return};
use serde::Serialize;

/// The caller's guard, and what it has taken back.
///
/// # Errors
/// The database.
pub async fn show(app: &App, caller: &Caller) -> Result<(Option<Guard>, Vec<Return>), Problem> {
    let me = caller.party.id;
    let mut conn = app.store().read(me).await?;
    Ok((guard::find(&mut conn, me).await?, guard::returned(&mut conn, me).await?))
}

/// Sets the caller's guard.
///
/// # Errors
/// 422 for figures out of range.
pub async fn put<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    guard: Guard,
    view: impl FnOnce(Guard) -> V,
) -> Answer {
    let mut checks = Checks::new();
    for (field, value, most) in [
        ("failures_percent", guard.failures_percent, 100),
        ("min_calls", guard.min_calls, 1_000_000),
        ("window_hours", guard.window_hours, 168),
    ] {
        checks.that(
            (1..=most).contains(&value),
            field,
            Text::new("数值超出范围", "the figure is out of range"),
            Text::new(format!("填 1 至 {most}。"), format!("Give 1 to {most}.")),
        );
    }
    checks.done()?;
    let (me, now) = (caller.party.id, app.now());
    let reply = Reply::ok(&view(guard))?;
    once.commit(app, me, reply, move |conn| Box::pin(async move { guard::put(conn, me, guard, now).await }))
        .await
}

/// Takes the caller's guard away.
///
/// # Errors
/// The database.
pub async fn remove(app: &App, caller: &Caller) -> Answer {
    let me = caller.party.id;
    let removed: Result<bool, sanbao_store::StoreError> =
        app.store().write(me, move |conn| Box::pin(guard::remove(conn, me))).await;
    removed?;
    Ok(Reply::no_content())
}
