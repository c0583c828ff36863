//! The place: a folder, or a bucket that speaks S3.

use super::ArtifactError;
use crate::config::Config;
use axum::body::Bytes;
use futures::StreamExt;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutPayload, RetryConfig};
use sanbao_policy::digest::Digest;
use std::sync::Arc;
use std::time::Duration;

/// Longest time for which a request to S3 is repeated.
const PATIENCE: Duration = Duration::from_secs(20);

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
    /// [`ArtifactError::Missing`], [`ArtifactError::Damaged`], or what the place says instead.
    pub async fn get(&self, digest: Digest) -> Result<Bytes, ArtifactError> {
        let read = async { self.place.get(&self.path(digest)).await?.bytes().await };
        let bytes = match read.await {
            Ok(bytes) => bytes,
            // Where there is no bucket, nothing is known of its components.
            Err(object_store::Error::NotFound { .. }) => {
                let reached = self.reach().await;
                return Err(reached.map_or_else(ArtifactError::NoPlace, |()| ArtifactError::Missing(digest)));
            }
            Err(error) => return Err(ArtifactError::of_place(error)),
        };
        match Digest::of(&bytes) {
            found if found == digest => Ok(bytes),
            found => Err(ArtifactError::Damaged { named: digest, found }),
        }
    }

    /// Whether anything can be asked of the place.
    ///
    /// # Errors
    /// What it says instead.
    pub async fn reach(&self) -> Result<(), object_store::Error> {
        // After the last one, so that nothing is listed.
        let components = self.prefix.clone().join("components");
        let last = components.clone().join("~");
        self.place.list_with_offset(Some(&components), &last).next().await.transpose().map(drop)
    }

    /// Puts a component there, unless it is there whole.
    pub(super) async fn put(&self, digest: Digest, bytes: Bytes) -> Result<(), ArtifactError> {
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
                    put.map(drop).map_err(ArtifactError::of_place)
                }
                Err(error) => Err(error),
            },
            Err(error) => Err(ArtifactError::of_place(error)),
        }
    }

    pub(super) async fn remove(&self, digest: Digest) -> Result<(), ArtifactError> {
        match self.place.delete(&self.path(digest)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(ArtifactError::of_place(error)),
        }
    }
}
