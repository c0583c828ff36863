//! What differs between two versions of a policy.

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::problem::Problem;
use crate::services::policies;
use axum::http::StatusCode;
use sanbao_domain::ids::{PartyId, PolicyId};
use sanbao_domain::manifest::Manifest;
use sanbao_domain::text::Text;
use sanbao_policy::check::{CheckReport, Difference};
use sanbao_store::policy::Policy;
use sanbao_store::{StoreError, policy, predecessor};

/// Between a version of the caller's own and `from`, or the one of the same name that was in force before.
///
/// # Errors
/// 404 for others' versions; 404 `no-earlier-version` where there is none to compare with.
pub async fn between(
    app: &App,
    caller: &Caller,
    id: PolicyId,
    from: Option<PolicyId>,
) -> Result<Difference, Problem> {
    let to = policies::own(app, caller, id).await?;
    let from = match from {
        Some(from) => Some(policies::own(app, caller, from).await?),
        None => before(app, caller.party.id, &to.name, Some(id)).await?,
    };
    let from = from.ok_or_else(|| {
        Problem::new(
            StatusCode::NOT_FOUND,
            "no-earlier-version",
            Text::new("没有更早的版本", "There is no earlier version"),
        )
        .fix(Text::new("用 ?from= 指定要比较的版本。", "Name a version to compare with in ?from=."))
    })?;
    let ((old, before), (new, after)) = (read(&from)?, read(&to)?);
    Ok(Difference::new((&old, &before), (&new, &after)))
}

/// Puts the difference from the version that a checked upload would follow into its report.
///
/// # Errors
/// The database, or a stored report that does not read.
pub async fn tell(app: &App, owner: PartyId, report: &mut CheckReport) -> Result<(), Problem> {
    let Some(manifest) = &report.manifest else { return Ok(()) };
    let Some(from) = before(app, owner, &manifest.name, None).await? else { return Ok(()) };
    if from.digest == report.digest.0 {
        return Ok(());
    }
    let (old, before) = read(&from)?;
    report.difference = Some(Difference::new((&old, &before), (manifest, report)));
    Ok(())
}

async fn before(
    app: &App,
    owner: PartyId,
    name: &str,
    before: Option<PolicyId>,
) -> Result<Option<Policy>, StoreError> {
    let mut conn = app.store().read(owner).await?;
    match predecessor::find(&mut conn, owner, name, before, app.now()).await? {
        Some(id) => policy::find(&mut conn, owner, id).await,
        None => Ok(None),
    }
}

fn read(row: &Policy) -> Result<(Manifest, CheckReport), serde_json::Error> {
    Ok((serde_json::from_str(&row.manifest)?, serde_json::from_str(&row.report)?))
}
