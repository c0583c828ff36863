//! Takes a version back that fails too often, once, whichever host notices first, and tells its party.

use super::hour_start;
use crate::app::App;
use crate::channels::templates::Template;
use crate::http::problem::Problem;
use crate::services::activations::rollback::{self, Beside, Since, Wanted};
use crate::services::messages::write;
use sanbao_domain::ids::PartyId;
use sanbao_domain::message::Message;
use sanbao_store::activation::Activation;
use sanbao_store::policy_health::guard::{self, Faring, Guard, Return};
use sanbao_store::{Conn, Scope, StoreError, message, policy};

/// Name under which a rollback shows who made it.
const NAME: &str = "policy-guard";

/// Looks how the activations of these parties fare, and takes back what passes its party's guard.
///
/// # Errors
/// The database.
pub async fn watch(app: &App, parties: impl IntoIterator<Item = PartyId>) -> Result<(), Problem> {
    for party in parties {
        let passing = {
            let mut conn = app.store().read(Scope::Platform).await?;
            let Some(guard) = guard::find(&mut conn, party).await? else { continue };
            let hour = app.now().as_second().div_euclid(super::HOUR);
            let since = hour_start(hour + 1 - i64::from(guard.window_hours));
            let faring = guard::faring(&mut conn, party, since).await?;
            faring.into_iter().filter(|one| passes(&guard, one)).map(|one| (guard, one)).collect::<Vec<_>>()
        };
        for (guard, faring) in passing {
            take_back(app, party, guard, faring).await?;
        }
    }
    Ok(())
}

/// As [`watch`], for every party that has a guard.
///
/// # Errors
/// The database.
pub async fn watch_all(app: &App) -> Result<(), Problem> {
    let guarded = {
        let mut conn = app.store().read(Scope::Platform).await?;
        guard::all(&mut conn).await?
    };
    watch(app, guarded.into_iter().map(|one| one.party)).await
}

/// Whether so many calls failed that the version is to be taken back.
fn passes(guard: &Guard, faring: &Faring) -> bool {
    faring.calls >= u64::from(guard.min_calls)
        && u128::from(faring.failed) * 100 >= u128::from(guard.failures_percent) * u128::from(faring.calls)
}

async fn take_back(app: &App, party: PartyId, guard: Guard, faring: Faring) -> Result<(), Problem> {
    let Faring { activation, policy, calls, failed } = faring;
    let version = {
        let mut conn = app.store().read(Scope::Platform).await?;
        policy::find(&mut conn, party, policy).await?.ok_or_else(Problem::not_found)?
    };
    let now = app.now();
    let places = vec![
        ("name", version.name),
        ("version", version.version),
        ("calls", calls.to_string()),
        ("failed", failed.to_string()),
        ("percent", guard.failures_percent.to_string()),
        ("hours", guard.window_hours.to_string()),
    ];
    let row = Return { party, activation, policy, again: None, calls, failed, guard, at: now };
    let wanted = Wanted {
        activation,
        since: Since::ItsStart,
        reason: format!(
            "{failed} of {calls} calls failed, from {} percent on it is taken back",
            guard.failures_percent
        ),
        by: NAME.to_owned(),
    };
    let told = write::of_policy(app, party, Template::PolicyReturned, &places, now).await?;
    let noted = row.clone();
    let done = rollback::by_host(app, party, wanted, move |again: &Activation| {
        let row = Return { again: Some(again.id), ..noted };
        let beside: Beside = Box::new(move |conn| Box::pin(async move { note(conn, &row, &told).await }));
        beside
    });
    match done.await {
        Ok(_) => {
            tracing::warn!(%party, %policy, %activation, calls, failed, "a failing version was taken back");
            Ok(())
        }
        // Somebody took it back, or another one judges already; or somebody was faster.
        Err(problem)
            if matches!(
                problem.code(),
                "rolled-back-already" | "not-in-force" | "not-found" | "lost-race" | "exists"
            ) =>
        {
            Ok(())
        }
        // There is nothing that could judge again: it is told, once.
        Err(problem) if problem.status().is_client_error() => {
            let told = write::of_policy(app, party, Template::PolicyFailing, &places, now).await?;
            let written: Result<(), StoreError> = app
                .store()
                .write(Scope::Platform, move |conn| Box::pin(async move { note(conn, &row, &told).await }))
                .await;
            match written {
                Ok(()) | Err(StoreError::Stale) => Ok(()),
                Err(error) => Err(error.into()),
            }
        }
        Err(problem) => Err(problem),
    }
}

/// Takes the return down and tells the party; [`StoreError::Stale`] where another host did.
async fn note(conn: &mut Conn, row: &Return, told: &Message) -> Result<(), StoreError> {
    if !guard::passed(conn, row).await? {
        return Err(StoreError::Stale);
    }
    message::insert(conn, told).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_guard_holds_from_its_figures_on() {
        let guard = Guard { failures_percent: 20, min_calls: 10, window_hours: 1 };
        for (calls, failed, held) in [
            (10, 2, true),
            (10, 1, false),
            (9, 9, false),
            (11, 2, false),
            (1000, 200, true),
            (1000, 199, false),
            (0, 0, false),
            (u64::MAX, u64::MAX, true),
        ] {
            let id = Uuid::nil();
            let faring = Faring { activation: id.into(), policy: id.into(), calls, failed };
            assert_eq!(passes(&guard, &faring), held, "{failed} of {calls}");
        }
    }
}
