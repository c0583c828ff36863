//! Compiled code on this host's disk: a file for each component and engine, sealed under a key of the host's
//! own, as loading one is as trusted as running native code. A file that is not what this host wrote is removed
//! and compiled anew; what was written for another engine is removed at the start; the least recently loaded
//! goes when there is too much.

mod files;
mod seal;

use super::error::CompileError;
use super::load;
use crate::digest::Digest;
use crate::engine::Engine;
use files::Files;
use seal::Seal;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use thiserror::Error;
use wasmtime::component::Component;

/// Folder of the code, in that of the host's data.
const FOLDER: &str = "code";
/// The key, in the folder of the host's data.
const KEY: &str = "code.key";

/// Compiled code by component.
pub struct Cache {
    folder: PathBuf,
    seal: Seal,
    /// As it stands in file names.
    engine: String,
    limit: u64,
    files: Mutex<Files>,
    next: AtomicU64,
}

/// The cache cannot be used.
#[derive(Debug, Error)]
pub enum CacheError {
    /// A folder or the key.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which one.
        path: PathBuf,
        /// What about it.
        source: io::Error,
    },
    /// The system has no random numbers for a key.
    #[error("no key can be made: {0}")]
    Random(#[from] getrandom::Error),
}

/// Code that is on disk, but not for good yet. Dropping it removes it.
pub(super) struct Staged {
    digest: Digest,
    path: PathBuf,
    file: File,
    size: u64,
}

impl Cache {
    /// Opens the cache in the folder of a host's data, for one engine, holding at most `limit` bytes. Makes
    /// folder and key where there are none.
    ///
    /// # Errors
    /// One of them cannot be made or read.
    pub fn open(data: &Path, engine: &Engine, limit: u64) -> Result<Self, CacheError> {
        let folder = data.join(FOLDER);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| CacheError::Io { path, source }
        };
        private_folder(&folder).map_err(failed(&folder))?;
        let seal = Seal::open(&data.join(KEY), engine.fingerprint())?;
        let engine = engine.fingerprint().replace('/', "-");
        let files = Files::read(&folder, &engine).map_err(failed(&folder))?;
        let cache = Self { folder, seal, engine, limit, files: Mutex::new(files), next: AtomicU64::new(0) };
        cache.shrink(None);
        Ok(cache)
    }

    /// Files that it holds.
    pub fn len(&self) -> usize {
        self.files().len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that it holds.
    pub fn size(&self) -> u64 {
        self.files().size()
    }

    /// Where the code of a component is or would be.
    pub fn path(&self, digest: Digest) -> PathBuf {
        self.folder.join(files::name(digest, &self.engine))
    }

    /// The code of a component, mapped from its file. One that cannot be used is removed.
    pub(super) fn load(&self, engine: &Engine, digest: Digest) -> Option<Component> {
        let path = self.path(digest);
        let loaded = match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.files().remove(digest);
                return None;
            }
            Err(error) => Err(error.to_string()),
            Ok(file) => match self.seal.holds(&file, digest) {
                Ok(true) => match load::from_file(engine, &file) {
                    Ok(component) => Ok((component, file)),
                    // Out of memory or of mappings: the file is not to blame.
                    Err(error) if error.is_the_hosts() => {
                        tracing::warn!(%digest, %error, "compiled code cannot be mapped");
                        return None;
                    }
                    Err(error) => Err(error.to_string()),
                },
                Ok(false) => Err("it is not what this host wrote".to_owned()),
                Err(error) => Err(error.to_string()),
            },
        };
        match loaded {
            Ok((component, file)) => {
                let size = file.metadata().map_or(0, |metadata| metadata.len());
                loaded_now(&file);
                self.files().touch(digest, size);
                Some(component)
            }
            Err(error) => {
                tracing::warn!(%digest, file = %path.display(), error, "compiled code is removed");
                let _ = fs::remove_file(&path);
                self.files().remove(digest);
                None
            }
        }
    }

    /// Writes code under a name of its own, from where it can be mapped, until it is accepted.
    pub(super) fn stage(&self, digest: Digest, code: &[u8]) -> io::Result<Staged> {
        let number = self.next.fetch_add(1, Relaxed);
        let path = self.folder.join(format!("{digest}.{}-{number}{}", std::process::id(), files::STAGED));
        let mut file = private_file(&path)?;
        let written = file
            .write_all(code)
            .and_then(|()| file.write_all(&self.seal.of(digest, code)))
            // Half a file after a power cut would be refused by its seal; syncing would cost more than that.
            .and_then(|()| file.flush());
        let size = code.len() as u64 + seal::LENGTH as u64;
        let staged = Staged { digest, path, file, size };
        written.map(|()| staged)
    }

    /// Keeps staged code under its component's name, and makes room for it.
    pub(super) fn accept(&self, staged: Staged) {
        let (digest, size) = (staged.digest, staged.size);
        // What is mapped from a file that this replaces stays mapped.
        match fs::rename(&staged.path, self.path(digest)) {
            Ok(()) => self.files().touch(digest, size),
            Err(error) => tracing::warn!(%digest, %error, "compiled code cannot be kept"),
        }
        self.shrink(Some(digest));
    }

    fn shrink(&self, but: Option<Digest>) {
        let gone = self.files().shrink(self.limit, but);
        for digest in gone {
            let _ = fs::remove_file(self.path(digest));
        }
    }

    /// What this lock guards is whole at every moment, so a panic elsewhere spoils nothing.
    fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Staged {
    /// Maps it.
    pub(super) fn component(&self, engine: &Arc<Engine>) -> Result<Component, CompileError> {
        load::from_file(engine, &self.file)
    }
}

impl Drop for Staged {
    /// Removes nothing once it was accepted, as the name is gone then.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// For the order in which files go after the next start; nothing else depends on it.
#[allow(clippy::disallowed_methods)]
fn loaded_now(file: &File) {
    let _ = file.set_modified(SystemTime::now());
}

/// Makes a folder that nobody else can look into.
fn private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// A new file that nobody else can read.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
