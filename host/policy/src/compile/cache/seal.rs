//! The seal of compiled code: HMAC-SHA256 at the end of the file, under a key that this host alone has.

use super::{CacheError, private_file};
use crate::digest::Digest;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::sync::Arc;

/// Bytes of a seal, and of a key.
pub(super) const LENGTH: usize = 32;
/// Bytes that are read at once.
const BLOCK: usize = 64 << 10;

pub(super) struct Seal {
    keyed: Hmac<Sha256>,
    engine: Arc<str>,
}

impl Seal {
    /// Reads the key, or makes one: then everything that was sealed before is worth nothing.
    pub(super) fn open(path: &Path, engine: &Arc<str>) -> Result<Self, CacheError> {
        let failed = |source| CacheError::Io { path: path.to_owned(), source };
        let key = match read(path).map_err(failed)? {
            Some(key) => key,
            None => {
                let mut key = [0; LENGTH];
                getrandom::fill(&mut key)?;
                write(path, &key).map_err(failed)?;
                read(path).map_err(failed)?.unwrap_or(key)
            }
        };
        let keyed = Hmac::new_from_slice(&key).map_err(|error| failed(io::Error::other(error)))?;
        Ok(Self { keyed, engine: Arc::clone(engine) })
    }

    /// The seal of code that was compiled from a component by this engine.
    pub(super) fn of(&self, digest: Digest, code: &[u8]) -> [u8; LENGTH] {
        let mut mac = self.begin(digest);
        mac.update(code);
        mac.finalize().into_bytes().into()
    }

    /// Whether a file ends with the seal of what is before it. Reads it block by block: it may be large.
    pub(super) fn holds(&self, mut file: &File, digest: Digest) -> io::Result<bool> {
        let Some(mut left) = file.metadata()?.len().checked_sub(LENGTH as u64) else { return Ok(false) };
        file.rewind()?;
        let mut mac = self.begin(digest);
        let mut block = vec![0; BLOCK];
        while left > 0 {
            let want = usize::try_from(left).map_or(BLOCK, |left| left.min(BLOCK));
            let block = &mut block[..want];
            file.read_exact(block)?;
            mac.update(block);
            left -= want as u64;
        }
        let mut seal = [0; LENGTH];
        file.read_exact(&mut seal)?;
        Ok(mac.verify_slice(&seal).is_ok())
    }

    /// What a seal is for: neither another component's code nor another engine's has it.
    fn begin(&self, digest: Digest) -> Hmac<Sha256> {
        let mut mac = self.keyed.clone();
        mac.update(b"sanbao compiled code 1\0");
        mac.update(&digest.0);
        mac.update(&(self.engine.len() as u64).to_le_bytes());
        mac.update(self.engine.as_bytes());
        mac
    }
}

/// The key; `None` where there is none, or one that others could have read or changed.
fn read(path: &Path) -> io::Result<Option<[u8; LENGTH]>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut key = Vec::with_capacity(LENGTH);
    (&mut file).take(LENGTH as u64 + 1).read_to_end(&mut key)?;
    let private = is_private(&file.metadata()?);
    match key.try_into() {
        Ok(key) if private => Ok(Some(key)),
        _ => {
            tracing::warn!(file = %path.display(), "the key of compiled code is damaged or open to others: it is made anew");
            fs::remove_file(path)?;
            Ok(None)
        }
    }
}

#[cfg(unix)]
fn is_private(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o077 == 0
}

#[cfg(not(unix))]
fn is_private(_: &fs::Metadata) -> bool {
    true
}

/// Whole from the first moment on, and never over another one: of two hosts that start at once, one makes the
/// key and both use it.
fn write(path: &Path, key: &[u8; LENGTH]) -> io::Result<()> {
    let draft = path.with_extension(format!("key-{}", std::process::id()));
    let _ = fs::remove_file(&draft);
    let mut file = private_file(&draft)?;
    let made = file.write_all(key).and_then(|()| file.sync_all()).and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    match made {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}
