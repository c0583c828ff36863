//! Components in object storage, named by their digest: `components/ab/abcdef….wasm`. What is there never
//! changes; what is read is compared with its name, so that damaged bytes are never run.

use crate::app::App;
use crate::config::Config;
use axum::body::Bytes;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutPayload, RetryConfig};
use sanbao_domain::time::Timestamp;
use sanbao_policy::digest::Digest;
use sanbao_store::{Scope, Store, StoreError, artifact};
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// Longest time for which a request to S3 is repeated.
const PATIENCE: Duration = Duration::from_secs(20);

/// A component cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum ArtifactError {
    /// The place is not `s3://BUCKET/PREFIX`, or an option of it is wrong.
    #[error("components cannot be kept at {place}")]
    Place {
        /// The place.
        place: String,
        /// Why.
        #[source]
        source: Option<object_store::Error>,
    },
    /// The folder cannot be made.
    #[error("components cannot be kept at {place}")]
    Folder {
        /// The folder.
        place: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// There is nothing under this name.
    #[error("the component {0} is gone")]
    Missing(Digest),
    /// The bytes are not those that the name stands for.
    #[error("the component {named} is damaged: its bytes have the digest {found}")]
    Damaged {
        /// The name.
        named: Digest,
        /// The digest of what lies there.
        found: Digest,
    },
    /// The place does not answer.
    #[error("the place where components are kept does not answer")]
    Unavailable(#[source] object_store::Error),
    /// The database, which knows what lies there.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The place where components are kept.
#[derive(Clone, Debug)]
pub struct Artifacts {
    place: Arc<dyn ObjectStore>,
    prefix: Path,
    shared: bool,
}

impl Artifacts {
    /// The place that the configuration names.
    ///
    /// # Errors
    /// [`ArtifactError::Place`] or [`ArtifactError::Folder`].
    pub fn open(config: &Config) -> Result<Self, ArtifactError> {
        match &config.artifacts.url {
            Some(url) => Self::s3(url, &config.artifacts.variables),
            None => Self::folder(&config.data),
        }
    }

    fn folder(data: &std::path::Path) -> Result<Self, ArtifactError> {
        let place = data.display().to_string();
        if let Err(source) = std::fs::create_dir_all(data) {
            return Err(ArtifactError::Folder { place, source });
        }
        let folder = LocalFileSystem::new_with_prefix(data)
            .map_err(|source| ArtifactError::Place { place, source: Some(source) })?
            // The database flushes what it says of them.
            .with_fsync(true);
        Ok(Self { place: Arc::new(folder), prefix: Path::default(), shared: false })
    }

    fn s3(url: &str, variables: &[(String, String)]) -> Result<Self, ArtifactError> {
        let wrong = |source| ArtifactError::Place { place: url.to_owned(), source };
        let rest = url.strip_prefix("s3://").ok_or_else(|| wrong(None))?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err(wrong(None));
        }
        let retry = RetryConfig { max_retries: 4, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new().with_retry(retry);
        for (name, value) in variables {
            if let Ok(key) = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() {
                builder = builder.with_config(key, value);
            }
        }
        let place = builder.with_bucket_name(bucket).build().map_err(|source| wrong(Some(source)))?;
        let prefix =
            Path::parse(prefix.trim_end_matches('/')).map_err(|source| wrong(Some(source.into())))?;
        Ok(Self { place: Arc::new(place), prefix, shared: true })
    }

    /// Whether hosts on other machines see the same.
    pub fn is_shared(&self) -> bool {
        self.shared
    }

    /// Where the component with this digest lies.
    pub fn path(&self, digest: Digest) -> Path {
        let name = digest.to_string();
        let folder = name.get(..2).unwrap_or_default().to_owned();
        let parts = ["components".to_owned(), folder, format!("{name}.wasm")];
        parts.into_iter().fold(self.prefix.clone(), |path, part| path.join(part))
    }

    /// The component with this digest.
    ///
    /// # Errors
    /// [`ArtifactError::Missing`], [`ArtifactError::Damaged`] or [`ArtifactError::Unavailable`].
    pub async fn get(&self, digest: Digest) -> Result<Bytes, ArtifactError> {
        let read = async { self.place.get(&self.path(digest)).await?.bytes().await };
        let bytes = match read.await {
            Ok(bytes) => bytes,
            Err(object_store::Error::NotFound { .. }) => return Err(ArtifactError::Missing(digest)),
            Err(error) => return Err(ArtifactError::Unavailable(error)),
        };
        match Digest::of(&bytes) {
            found if found == digest => Ok(bytes),
            found => Err(ArtifactError::Damaged { named: digest, found }),
        }
    }

    /// Puts a component there, unless it is there whole.
    async fn put(&self, digest: Digest, bytes: Bytes) -> Result<(), ArtifactError> {
        let path = self.path(digest);
        let create = PutMode::Create.into();
        let put = self.place.put_opts(&path, PutPayload::from_bytes(bytes.clone()), create).await;
        match put {
            Ok(_) => Ok(()),
            Err(object_store::Error::AlreadyExists { .. }) => match self.get(digest).await {
                Ok(_) => Ok(()),
                // Whoever uploads a damaged component again mends it.
                Err(ArtifactError::Damaged { .. } | ArtifactError::Missing(_)) => {
                    let put = self.place.put(&path, PutPayload::from_bytes(bytes)).await;
                    put.map(drop).map_err(ArtifactError::Unavailable)
                }
                Err(error) => Err(error),
            },
            Err(error) => Err(ArtifactError::Unavailable(error)),
        }
    }

    async fn remove(&self, digest: Digest) -> Result<(), ArtifactError> {
        match self.place.delete(&self.path(digest)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(ArtifactError::Unavailable(error)),
        }
    }
}

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
