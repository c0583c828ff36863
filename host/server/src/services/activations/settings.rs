//! Other settings for a version that is in force: a new activation of the same version, from a day on.

use super::conditions::{self, How, Intended};
use super::{Start, misfits, rollback, settings, standing};
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::idempotency::Once;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::policies;
use sanbao_domain::ids::ActivationId;
use sanbao_domain::manifest::{Manifest, plain, typed_settings};
use sanbao_store::activation::{self, Activation};
use serde::Serialize;
use serde_json::{Map, Value};

/// Settings that are to change.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The activation in force.
    pub activation: ActivationId,
    /// From when on; the present day when absent.
    pub from: Option<Start>,
    /// Plain values by name; null for the default. What is not named stays as it is.
    pub settings: Map<String, Value>,
}

/// Changes settings of what is in force; the rest of the activation stays as it is.
///
/// # Errors
/// 404 for others' activations, 409 `not-in-force` when it does not judge then, 422 for settings that the
/// manifest does not take.
pub async fn change<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    changed: Changed,
    view: impl FnOnce(&Activation) -> Result<V, Problem>,
) -> Answer {
    let party = &caller.party;
    let (present, periods) = {
        let mut conn = app.store().read(party.id).await?;
        let rows = activation::list(&mut conn, party.id).await?;
        let present = rows.into_iter().find(|row| row.id == changed.activation);
        let present = present.ok_or_else(Problem::not_found)?;
        let periods = standing::of_kind(&mut conn, party.id, present.floor.as_deref()).await?;
        (present, periods)
    };
    let version = policies::own(app, caller, present.policy).await?;
    let from = match changed.from {
        Some(from) => from.instant(party),
        None => rollback::today(app, party).max(present.valid_from),
    };
    let reign = rollback::reigning(&periods, present.id, from)?;
    let manifest: Manifest = serde_json::from_str(&version.manifest)?;
    let mut values: Map<String, Value> =
        settings(&present.settings)?.into_iter().map(|one| (one.name, plain(&one.value))).collect();
    for (name, value) in changed.settings {
        match value {
            Value::Null => drop(values.remove(&name)),
            value => drop(values.insert(name, value)),
        }
    }
    let typed = typed_settings(&manifest.settings, &values).map_err(misfits)?;
    let row = Activation {
        id: app.id(),
        valid_from: from,
        valid_to: reign.until,
        settings: serde_json::to_string(&typed)?,
        created_at: app.now(),
        retired_at: None,
        ..present
    };
    let intended =
        Intended { party, version: &version, activation: &row, how: How::Changed, back_test: None };
    conditions::check(app, &intended).await?;
    let reply = Reply::created(&view(&row)?, "/v1/activations")?;
    once.commit(app, row.party, reply, move |conn| {
        Box::pin(async move { activation::insert(conn, &row).await })
    })
    .await
}
