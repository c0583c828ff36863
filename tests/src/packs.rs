//! The built policy packs, as their core modules.

use std::path::PathBuf;
use std::{env, fs, io};

/// A pack is not there.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be read; build the policy packs first: `sh plugins/build.sh`", path.display())]
pub struct PackError {
    path: PathBuf,
    source: io::Error,
}

/// The module of the pack whose crate has this name (`sanbao_store_pack`). Tests do not skip a missing
/// pack: they fail.
///
/// # Errors
/// It has not been built.
pub fn read(name: &str) -> Result<Vec<u8>, PackError> {
    let built = env::var_os("SANBAO_PACKS").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../plugins/target/wasm32-unknown-unknown/release"
            ))
        },
        PathBuf::from,
    );
    let path = built.join(format!("{name}.wasm"));
    fs::read(&path).map_err(|source| PackError { path, source })
}
