//! The check of one upload: fetch, verify the signature, check, keep. The version and the end of the job commit
//! together.

use super::Failure;
use crate::app::App;
use crate::http::problem::Problem;
use crate::services::artifacts::{self, ArtifactError};
use crate::services::{differences, signing};
use sanbao_domain::ids::PolicyId;
use sanbao_policy::check::{self, CheckReport, Checked, Code, Step};
use sanbao_policy::compile::Cancel;
use sanbao_policy::digest::Digest;
use sanbao_store::policy::{self, Policy, PolicyStatus, SignedBy};
use sanbao_store::upload::{self, Outcome, Upload, UploadState};
use sanbao_store::{Entity, Scope, StoreError};
use tokio::sync::mpsc;
use tokio::task::{JoinError, spawn_blocking};

/// How often two uploads of one version may stand in each other's way.
const ATTEMPTS: usize = 4;

/// The host could not check an upload; it is worth another try.
#[derive(Debug, thiserror::Error)]
pub enum NotChecked {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bytes.
    #[error(transparent)]
    Artifact(#[from] ArtifactError),
    /// The check panicked or was cut short.
    #[error(transparent)]
    Cut(#[from] JoinError),
    /// The host could not compile: it ran out of something, or stops.
    #[error("the check did not come to its end")]
    Unfinished,
    /// What differs from the version before cannot be said.
    #[error("the version cannot be compared with the one before: {0:?}")]
    Compared(Problem),
    /// What was found cannot be written.
    #[error("what was found cannot be written")]
    Written(#[from] serde_json::Error),
}

impl NotChecked {
    /// What is said of it when no further try is made.
    pub fn failure(&self) -> Failure {
        match self {
            Self::Artifact(ArtifactError::Missing(_)) => Failure::ComponentMissing,
            Self::Artifact(ArtifactError::Damaged { .. }) => Failure::ComponentDamaged,
            Self::Artifact(ArtifactError::Store(_)) | Self::Store(_) => Failure::DatabaseUnavailable,
            Self::Artifact(_) => Failure::StorageUnavailable,
            Self::Cut(_) | Self::Compared(_) | Self::Unfinished | Self::Written(_) => {
                Failure::CheckInterrupted
            }
        }
    }
}

/// Checks an upload that this host has taken, to its end.
///
/// # Errors
/// The host's own faults; [`StoreError::Stale`] when another host has taken it meanwhile.
pub async fn carry_out(app: &App, taken: &Upload) -> Result<(), NotChecked> {
    let bytes = app.artifacts().get(super::digest(taken)).await?;
    let signed = match signing::verify(app, taken.party, &bytes, taken.signature.as_deref()).await? {
        Ok(signed) => signed,
        Err(problem) => {
            // Nothing of it runs; what a look at it shows is said all the same.
            let (mut report, _) = spawn_blocking(move || {
                let (report, component) = check::inspect(&bytes);
                (report, component.len())
            })
            .await?;
            report.problems.insert(0, problem);
            return refuse(app, taken, &report).await;
        }
    };
    let checked = run(app, taken, bytes).await?;
    if checked.report.is_unfinished() {
        return Err(NotChecked::Unfinished);
    }
    settle(app, taken, checked, signed).await
}

/// The check itself, where blocking is allowed; its steps are written as it comes to them.
async fn run(app: &App, taken: &Upload, bytes: axum::body::Bytes) -> Result<Checked, NotChecked> {
    // Whoever takes the job away does not leave a compiler running.
    let cancel = Cancel::default();
    let _given_up = cancel.on_drop();
    let (said, mut steps) = mpsc::unbounded_channel();
    let host = app.clone();
    let checking = spawn_blocking(move || {
        check::check_unless(&cancel, host.compiler(), &bytes, &mut |step| {
            // Nobody may be listening any more.
            let _ = said.send(step);
        })
    });
    while let Some(step) = steps.recv().await {
        progress(app, taken, step).await?;
    }
    Ok(checking.await?)
}

async fn progress(app: &App, taken: &Upload, step: Step) -> Result<(), NotChecked> {
    let word = match serde_json::to_value(step)? {
        serde_json::Value::String(word) => word,
        other => other.to_string(),
    };
    let (row, now) = (taken.clone(), app.now());
    let ours: bool = app
        .store()
        .write(taken.party, move |conn| {
            Box::pin(async move { upload::progress(conn, &row, &word, now).await })
        })
        .await?;
    app.uploads().send_replace(());
    if ours { Ok(()) } else { Err(StoreError::Stale.into()) }
}

async fn settle(
    app: &App,
    taken: &Upload,
    checked: Checked,
    signed: Option<SignedBy>,
) -> Result<(), NotChecked> {
    let Checked { mut report, component, policy: loaded } = checked;
    let (Some(loaded), true) = (loaded, report.accepted()) else {
        return refuse(app, taken, &report).await;
    };
    let manifest = loaded.manifest();
    let size = component.len() as u64;
    if report.wrapped {
        artifacts::keep(app, component.into()).await?;
    }
    for _ in 0..ATTEMPTS {
        let kept = {
            let mut conn = app.store().read(taken.party).await?;
            policy::by_version(&mut conn, taken.party, &manifest.name, &manifest.version).await?
        };
        let accepted = match kept {
            Some(kept) if kept.digest == report.digest.0 => {
                again(app, taken, kept.id, &report, signed.clone())
            }
            Some(kept) => {
                report.problems.push(taken_version(&kept));
                return refuse(app, taken, &report).await;
            }
            None => {
                differences::tell(app, taken.party, &mut report).await.map_err(NotChecked::Compared)?;
                let row = Policy {
                    id: app.id(),
                    party: taken.party,
                    name: manifest.name.clone(),
                    version: manifest.version.clone(),
                    digest: report.digest.0,
                    contract: loaded.contract().number().to_owned(),
                    status: PolicyStatus::Checked,
                    manifest: serde_json::to_string(manifest.as_ref())?,
                    report: serde_json::to_string(&report)?,
                    created_at: app.now(),
                    retired_at: None,
                    signed_by: signed.clone(),
                };
                accept(app, taken, row, size)
            }
        };
        match accepted.await {
            Ok(()) => {
                app.policies().insert(loaded);
                app.uploads().send_replace(());
                return Ok(());
            }
            // Two uploads at the same time: the later one finds what the first has kept.
            Err(StoreError::Duplicate(Entity::Policy)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Contention.into())
}

type Written<'a> = futures::future::BoxFuture<'a, Result<(), StoreError>>;

/// Keeps a new version, and ends the job with it.
fn accept<'a>(app: &'a App, taken: &Upload, row: Policy, size: u64) -> Written<'a> {
    let (taken, now) = (taken.clone(), app.now());
    Box::pin(app.store().write(taken.party, move |conn| {
        Box::pin(async move {
            policy::insert(conn, &row, size).await?;
            let outcome = Outcome { policy: Some(row.id), report: Some(row.report.clone()), failure: None };
            upload::end(conn, &taken, UploadState::Accepted, &outcome, now).await
        })
    }))
}

/// Ends the job with the version that is there already; a signature that it lacked is added.
fn again<'a>(
    app: &'a App,
    taken: &Upload,
    kept: PolicyId,
    report: &CheckReport,
    signed: Option<SignedBy>,
) -> Written<'a> {
    let (taken, now) = (taken.clone(), app.now());
    let report = serde_json::to_string(report);
    Box::pin(async move {
        let outcome = Outcome { policy: Some(kept), report: Some(report?), failure: None };
        app.store()
            .write(taken.party, move |conn| {
                Box::pin(async move {
                    if let Some(by) = &signed {
                        policy::sign(conn, taken.party, kept, by).await?;
                    }
                    upload::end(conn, &taken, UploadState::Accepted, &outcome, now).await
                })
            })
            .await
    })
}

fn taken_version(kept: &Policy) -> check::Problem {
    check::Problem::error(
        Code::VersionTaken,
        "manifest.version",
        format!("{} {} is there already, with the digest {}", kept.name, kept.version, Digest(kept.digest)),
        "raise the version in the manifest and upload again",
    )
}

async fn refuse(app: &App, taken: &Upload, report: &CheckReport) -> Result<(), NotChecked> {
    let outcome = Outcome { report: Some(serde_json::to_string(report)?), ..Outcome::default() };
    end(app, taken, UploadState::Refused, outcome).await?;
    Ok(())
}

/// Ends the job without a version.
pub(crate) async fn end(
    app: &App,
    taken: &Upload,
    state: UploadState,
    outcome: Outcome,
) -> Result<(), StoreError> {
    let (row, now) = (taken.clone(), app.now());
    let written: Result<(), StoreError> = app
        .store()
        .write(Scope::Platform, move |conn| {
            Box::pin(async move { upload::end(conn, &row, state, &outcome, now).await })
        })
        .await;
    app.uploads().send_replace(());
    written
}
