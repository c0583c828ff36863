//! The layout of a Wasm component in a registry, by the CNCF's "Wasm OCI Artifact layout": one layer with the
//! component, and a configuration that says what it imports and exports.

use super::RegistryError;
use oci_client::client::{Config, ImageLayer};
use oci_client::manifest::{OCI_IMAGE_MEDIA_TYPE, OciDescriptor, OciImageManifest};
use sanbao_domain::time::Timestamp;
use sanbao_policy::check::names;
use serde::Serialize;
use std::collections::BTreeMap;

/// Media type of the configuration.
pub(super) const CONFIG: &str = "application/vnd.wasm.config.v0+json";
/// Media type of the layer.
pub(super) const LAYER: &str = "application/wasm";

/// The configuration.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Description {
    created: String,
    architecture: &'static str,
    /// A component, whether it imports WASI or not.
    os: &'static str,
    layer_digests: Vec<String>,
    component: World,
}

#[derive(Serialize)]
struct World {
    exports: Vec<String>,
    imports: Vec<String>,
}

/// Manifest, configuration and layer of a component.
pub(super) fn build(
    component: Vec<u8>,
    title: &str,
    version: &str,
    created: Timestamp,
) -> Result<(OciImageManifest, Config, ImageLayer), RegistryError> {
    let names = names(&component);
    let layer = ImageLayer::new(component, LAYER.to_owned(), None);
    let description = Description {
        created: created.to_string(),
        architecture: "wasm",
        os: "wasip2",
        layer_digests: vec![layer.sha256_digest()],
        component: World { exports: names.exports, imports: names.imports },
    };
    let description =
        serde_json::to_vec(&description).map_err(|error| RegistryError::Registry(error.to_string()))?;
    let config = Config::new(description, CONFIG.to_owned(), None);
    let annotations = BTreeMap::from([
        ("org.opencontainers.image.title".to_owned(), title.to_owned()),
        ("org.opencontainers.image.version".to_owned(), version.to_owned()),
    ]);
    let mut manifest = OciImageManifest::build(std::slice::from_ref(&layer), &config, Some(annotations));
    manifest.media_type = Some(OCI_IMAGE_MEDIA_TYPE.to_owned());
    Ok((manifest, config, layer))
}

/// The one layer of a manifest in this layout.
pub(super) fn component(manifest: &OciImageManifest, most: u64) -> Result<&OciDescriptor, RegistryError> {
    let other = |what: String| Err(RegistryError::Layout { what });
    if manifest.config.media_type != CONFIG {
        return other(format!("its configuration is {}, not {CONFIG}", manifest.config.media_type));
    }
    let [layer] = manifest.layers.as_slice() else {
        return other(format!("{} layers, not one", manifest.layers.len()));
    };
    if layer.media_type != LAYER {
        return other(format!("its layer is {}, not {LAYER}", layer.media_type));
    }
    let size = u64::try_from(layer.size).unwrap_or(u64::MAX);
    if size > most {
        return Err(RegistryError::TooLarge { size, most });
    }
    Ok(layer)
}
