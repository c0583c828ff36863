//! Pushing and pulling.

use super::{Place, RegistryError, layout};
use futures::StreamExt;
use oci_client::Client;
use oci_client::client::{ClientConfig, ClientProtocol};
use sanbao_domain::time::Timestamp;
use sanbao_policy::digest::Digest;
use std::time::Duration;
use tokio::time::timeout;

/// Longest time for a whole exchange.
const PATIENCE: Duration = Duration::from_secs(50);

/// A component to push, and what it is called.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// The bytes.
    pub component: Vec<u8>,
    /// Name in its manifest.
    pub name: String,
    /// Version in its manifest.
    pub version: String,
    /// When it was made: the same again gives the same artifact.
    pub created: Timestamp,
}

/// What a registry has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// Where.
    pub reference: String,
    /// "sha256:…" of the manifest, by which it can be pulled for certain.
    pub manifest: String,
    /// SHA-256 of the component.
    pub digest: Digest,
}

/// What a registry gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulled {
    /// The component, whose digest is as the manifest names it.
    pub component: Vec<u8>,
    /// "sha256:…" of the manifest.
    pub manifest: String,
}

/// Pushes a component.
///
/// # Errors
/// The registry refuses or fails.
pub async fn push(place: &Place, artifact: Artifact) -> Result<Pushed, RegistryError> {
    let digest = Digest::of(&artifact.component);
    let Artifact { component, name, version, created } = artifact;
    let (manifest, config, layer) = layout::build(component, &name, &version, created)?;
    let client = client(place);
    let (reference, auth) = (&place.reference, &place.auth);
    in_time(async {
        client
            .push(reference, &[layer], config, auth, Some(manifest))
            .await
            .map_err(|error| RegistryError::of(error, &place.reference()))?;
        let manifest = client
            .fetch_manifest_digest(reference, auth)
            .await
            .map_err(|error| RegistryError::of(error, &place.reference()))?;
        Ok(Pushed { reference: place.reference(), manifest, digest })
    })
    .await
}

/// Pulls a component of at most so many bytes.
///
/// # Errors
/// There is none, it is something else or too large, or the registry fails.
pub async fn pull(place: &Place, most: u64) -> Result<Pulled, RegistryError> {
    let client = client(place);
    let fail = |error| RegistryError::of(error, &place.reference());
    in_time(async {
        let (image, manifest) =
            client.pull_image_manifest(&place.reference, &place.auth).await.map_err(fail)?;
        let layer = layout::component(&image, most)?;
        let mut bytes = client.pull_blob_stream(&place.reference, layer).await.map_err(fail)?.stream;
        let mut component = Vec::new();
        while let Some(chunk) = bytes.next().await {
            component.extend(chunk.map_err(|error| RegistryError::Registry(error.to_string()))?);
            let size = component.len() as u64;
            if size > most {
                return Err(RegistryError::TooLarge { size, most });
            }
        }
        let found = format!("sha256:{}", Digest::of(&component));
        if found != layer.digest {
            return Err(RegistryError::Digest { found, named: layer.digest.clone() });
        }
        Ok(Pulled { component, manifest })
    })
    .await
}

async fn in_time<T>(exchange: impl Future<Output = Result<T, RegistryError>>) -> Result<T, RegistryError> {
    timeout(PATIENCE, exchange).await.unwrap_or_else(|_| {
        Err(RegistryError::Registry(format!("no answer within {} s", PATIENCE.as_secs())))
    })
}

fn client(place: &Place) -> Client {
    Client::new(ClientConfig {
        protocol: if place.plain { ClientProtocol::Http } else { ClientProtocol::Https },
        platform_resolver: None,
        connect_timeout: Some(Duration::from_secs(5)),
        read_timeout: Some(Duration::from_secs(20)),
        user_agent: concat!("sanbao/", env!("CARGO_PKG_VERSION")),
        ..ClientConfig::default()
    })
}
