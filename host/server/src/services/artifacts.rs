//! Components in object storage, named by their digest: `components/ab/abcdef….wasm`. What is there never
//! changes; what is read is compared with its name, so that damaged bytes are never run.

mod error;
mod place;

pub use error::ArtifactError;
pub use place::Artifacts;

use crate::app::App;
use axum::body::Bytes;
use sanbao_domain::time::Timestamp;
use sanbao_policy::digest::Digest;
use sanbao_store::{Scope, Store, StoreError, artifact};

/// Keeps a component; its digest. To be done before the row that refers to it is written: what lies there for a
/// day without one is removed.
///
/// # Errors
/// The place or the database.
pub async fn keep(app: &App, bytes: Bytes) -> Result<Digest, ArtifactError> {
    put(app.store(), app.artifacts(), bytes, app.now()).await
}

async fn put(
    store: &Store,
    artifacts: &Artifacts,
    bytes: Bytes,
    now: Timestamp,
) -> Result<Digest, ArtifactError> {
    let digest = Digest::of(&bytes);
    let noted: Result<(), StoreError> =
        store.write(Scope::Platform, move |conn| Box::pin(artifact::note(conn, digest.0, now))).await;
    noted?;
    artifacts.put(digest, bytes).await?;
    Ok(digest)
}

/// Moves components here that an older version of the host kept in the database.
pub(crate) async fn move_over(store: &Store, artifacts: &Artifacts) -> Result<(), ArtifactError> {
    loop {
        let kept = {
            let mut conn = store.read(Scope::Platform).await?;
            artifact::kept(&mut conn).await?
        };
        let Some(kept) = kept else { return Ok(()) };
        // When it was put there does not matter: a component refers to it.
        put(store, artifacts, kept.bytes.into(), Timestamp::UNIX_EPOCH).await?;
        let (party, digest) = (kept.party, kept.digest);
        let moved: Result<(), StoreError> =
            store.write(Scope::Platform, move |conn| Box::pin(artifact::moved(conn, party, digest))).await;
        moved?;
    }
}

/// Removes what was put there before an instant and that nothing refers to, `limit` at most; how many.
///
/// # Errors
/// The place or the database.
pub async fn clean(app: &App, before: Timestamp, limit: u32) -> Result<u64, ArtifactError> {
    let unused = {
        let mut conn = app.store().read(Scope::Platform).await?;
        artifact::unused(&mut conn, before, limit).await?
    };
    let mut removed = 0;
    for digest in unused {
        let forgotten: Result<bool, StoreError> = app
            .store()
            .write(Scope::Platform, move |conn| Box::pin(artifact::forget(conn, digest, before)))
            .await;
        // Whoever puts it there again has noted it before, so it is not forgotten. Between these two lines nobody
        // should: the upload would be told that its bytes are missing, and would have to come again.
        if forgotten? {
            app.artifacts().remove(Digest(digest)).await?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// Says in the log where components cannot be reached when a host starts. It starts all the same: what was compiled
/// before is kept beside it, and judges.
pub async fn look(app: App) {
    if let Err(error) = app.artifacts().reach().await {
        let error: &dyn std::error::Error = &error;
        tracing::error!(error, "nothing can be uploaded until components can be kept: check --artifacts");
    }
}
