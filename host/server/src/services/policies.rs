//! Policies: uploaded and checked, kept with their report, loaded when they are needed, retired.

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::idempotency::Once;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::activations::standing::Standings;
use crate::services::artifacts::ArtifactError;
use axum::body::Bytes;
use sanbao_domain::activation::{Standing, State};
use sanbao_domain::ids::PolicyId;
use sanbao_policy::digest::Digest;
use sanbao_policy::policy::{LoadError, Policy};
use sanbao_policy::registry;
use sanbao_store::policy::{self, PolicyStatus};
use sanbao_store::{Scope, StoreError};
use serde::Serialize;
use std::sync::Arc;
use tokio::task::JoinError;

/// A version that should be there could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum NotLoaded {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The component's bytes are gone or damaged, or cannot be had just now.
    #[error(transparent)]
    Artifact(#[from] ArtifactError),
    /// It passed the check once, but does not load any more.
    #[error(transparent)]
    Load(Arc<LoadError>),
    /// Loading was cut short.
    #[error(transparent)]
    Cut(#[from] JoinError),
}

impl From<registry::NotLoaded<NotLoaded>> for NotLoaded {
    fn from(error: registry::NotLoaded<NotLoaded>) -> Self {
        match error {
            registry::NotLoaded::Fetch(error) => error,
            registry::NotLoaded::Load(error) => Self::Load(error),
            registry::NotLoaded::Cut(error) => Self::Cut(error),
        }
    }
}

impl From<NotLoaded> for Problem {
    fn from(error: NotLoaded) -> Self {
        match error {
            NotLoaded::Store(error) => error.into(),
            NotLoaded::Artifact(error) => error.into(),
            other => Self::internal(other),
        }
    }
}

/// A version of the caller's own, or of a party that it deals for.
///
/// # Errors
/// 404 for others.
pub async fn find(app: &App, caller: &Caller, id: PolicyId) -> Result<policy::Policy, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    policy::find(&mut conn, caller.party.id, id).await?.ok_or_else(Problem::not_found)
}

/// A version of the caller's own.
///
/// # Errors
/// 404 for others.
pub async fn own(app: &App, caller: &Caller, id: PolicyId) -> Result<policy::Policy, Problem> {
    let found = find(app, caller, id).await?;
    if found.party == caller.party.id { Ok(found) } else { Err(Problem::not_found()) }
}

/// The caller's versions, newest first; only those that stand so, where asked.
///
/// # Errors
/// The database.
pub async fn list(
    app: &App,
    caller: &Caller,
    page: Page<PolicyId>,
    state: Option<State>,
) -> Result<Listed<(policy::Policy, Standing)>, Problem> {
    let owner = caller.party.id;
    let standings = Standings::read(app, owner).await?;
    let mut found = Vec::new();
    let mut after = page.after;
    let wanted = page.fetch() as usize;
    // A state is computed, so the database cannot look for it: pages are read until one of ours is full.
    loop {
        let rows = {
            let mut conn = app.store().read(owner).await?;
            policy::list(&mut conn, owner, after, page.fetch()).await?
        };
        let last = rows.len() < wanted;
        after = rows.last().map(|row| row.id).or(after);
        let standing = rows.into_iter().map(|row| (standings.of(&row), row));
        let fitting = standing.filter(|(standing, _)| state.is_none_or(|state| standing.state == state));
        found.extend(fitting.map(|(standing, row)| (row, standing)));
        if last || found.len() >= wanted {
            return Ok(page.list(found, |(policy, _)| policy.id, |one| one));
        }
    }
}

/// How a version stands, whoever's it is.
///
/// # Errors
/// The database.
pub async fn standing(app: &App, version: &policy::Policy) -> Result<Standing, Problem> {
    Ok(Standings::read(app, version.party).await?.of(version))
}

/// The component of a version of the caller's own.
///
/// # Errors
/// 404 for others.
pub async fn component(app: &App, caller: &Caller, id: PolicyId) -> Result<Bytes, Problem> {
    let version = own(app, caller, id).await?;
    Ok(app.artifacts().get(Digest(version.digest)).await?)
}

/// Retires a version: it judges nothing any more, and what it decided stays.
///
/// # Errors
/// 404 for others' versions; retiring a retired one changes nothing.
pub async fn retire<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    id: PolicyId,
    view: impl Fn(&policy::Policy) -> Result<V, Problem>,
) -> Answer {
    let mut version = own(app, caller, id).await?;
    let (owner, now) = (caller.party.id, app.now());
    if version.status == PolicyStatus::Checked {
        version.status = PolicyStatus::Retired;
        version.retired_at = Some(now);
    }
    let reply = Reply::ok(&view(&version)?)?;
    once.commit(app, owner, reply, move |conn| {
        Box::pin(async move { policy::retire(conn, owner, id, now).await.map(drop) })
    })
    .await
}

/// The version, ready to be asked. Loads it where this host has not needed it before.
///
/// # Errors
/// The database, or a component that does not load.
pub async fn loaded(app: &App, version: &policy::Policy) -> Result<Arc<Policy>, NotLoaded> {
    let fetch = || fetch(app, version);
    Ok(app.policies().load(app.compiler(), Digest(version.digest), fetch).await?)
}

/// The component's bytes, from where they are kept.
async fn fetch(app: &App, version: &policy::Policy) -> Result<Vec<u8>, NotLoaded> {
    Ok(app.artifacts().get(Digest(version.digest)).await?.into())
}

/// Loads the versions that are in use, so that the first claims need not wait: first those whose compiled code
/// is kept, in about a millisecond each, then those that need a compiler.
pub async fn warm_up(app: App) {
    let versions = async {
        let mut conn = app.store().read(Scope::Platform).await?;
        policy::in_use(&mut conn).await
    };
    let versions: Vec<policy::Policy> = match versions.await {
        Ok(versions) => versions,
        Err(error) => return tracing::warn!(%error, "could not read the policies in use"),
    };
    let mut cold = Vec::new();
    for version in versions {
        // Beyond what may be loaded, one more would only drive out another.
        if app.policies().is_full() {
            return;
        }
        let kept = app.policies().kept(app.compiler(), Digest(version.digest)).await;
        if !kept.is_ok_and(|policy| policy.is_some()) {
            cold.push(version);
        }
    }
    for version in cold {
        if app.policies().is_full() {
            return;
        }
        if let Err(error) = loaded(&app, &version).await {
            tracing::error!(policy = %version.id, name = version.name, version = version.version, %error, "policy does not load");
        }
    }
}
