//! The key that this host signs receipts with, and the public keys of all hosts.
//!
//! The private key lies in a file of the host's own folder, for its owner only. A new one is written beside it
//! first, then its public half is registered, then it takes the old one's place: whatever stops the host in
//! between, it never signs with a key that nobody can look up.

use crate::app::App;
use crate::http::idempotency::Once;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::random;
use sanbao_domain::time::Timestamp;
use sanbao_policy::receipt::{PublicKey, Signer};
use sanbao_store::receipt_key::{self, ReceiptKey};
use sanbao_store::{Scope, Store, StoreError};
use serde::Serialize;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

/// The private key, 64 hexadecimal digits.
const FILE: &str = "receipt-key";
/// The one that takes its place once it is registered.
const NEXT: &str = "receipt-key.next";

/// The key of this host.
#[derive(Debug)]
pub(crate) struct ReceiptKeys {
    folder: PathBuf,
    current: RwLock<Arc<Signer>>,
    rotating: Mutex<()>,
}

/// There is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptKeyError {
    /// The file cannot be read or written.
    #[error("the key for receipts, {}, cannot be used", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file holds something else.
    #[error("{} is not a key for receipts: 64 hexadecimal digits", path.display())]
    Content {
        /// Which.
        path: PathBuf,
    },
    /// It cannot be registered.
    #[error("the key for receipts cannot be registered")]
    Store(#[from] StoreError),
}

impl ReceiptKeys {
    /// The host's key, made at its first start.
    pub(crate) async fn open(folder: &Path, store: &Store, now: Timestamp) -> Result<Self, ReceiptKeyError> {
        let (path, next) = (folder.join(FILE), folder.join(NEXT));
        if let Some(coming) = read(&next)? {
            // The host stopped while it changed its key.
            let registered = {
                let mut conn = store.read(Scope::Platform).await?;
                receipt_key::find(&mut conn, &coming.print().to_string()).await?.is_some()
            };
            let done = if registered { fs::rename(&next, &path) } else { fs::remove_file(&next) };
            done.map_err(|source| ReceiptKeyError::File { path: next, source })?;
        }
        let signer = match read(&path)? {
            Some(signer) => signer,
            None => first(folder, &path)?,
        };
        let row = row(&signer, None, now);
        store
            .write(Scope::Platform, move |conn| {
                Box::pin(async move { receipt_key::insert(conn, &row).await })
            })
            .await
            .map_err(|error: StoreError| error)?;
        let current = RwLock::new(Arc::new(signer));
        Ok(Self { folder: folder.to_owned(), current, rotating: Mutex::default() })
    }

    /// What receipts are signed with now.
    pub(crate) fn current(&self) -> Arc<Signer> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// All keys of all hosts, oldest first.
///
/// # Errors
/// The database.
pub async fn list(app: &App) -> Result<Vec<ReceiptKey>, Problem> {
    let mut conn = app.store().read(Scope::Platform).await?;
    Ok(receipt_key::list(&mut conn).await?)
}

/// Gives this host a new key; what the old one signed stays verifiable.
///
/// # Errors
/// The database, or the host's folder.
pub async fn rotate<V: Serialize>(app: &App, once: &Once, view: impl FnOnce(&ReceiptKey) -> V) -> Answer {
    let keys = app.receipt_keys();
    let _alone = keys.rotating.lock().await;
    let old = keys.current();
    let signer = Signer::from_seed(&random::bytes());
    let row = row(&signer, Some(old.print().to_string()), app.now());
    let reply = Reply::created(&view(&row), "/v1/receipt-keys")?;
    let (path, next) = (keys.folder.join(FILE), keys.folder.join(NEXT));
    let seed = hex::encode(signer.seed());
    let beside = next.clone();
    spawn_blocking(move || {
        absent(&beside)?;
        write_new(&beside, &seed)
    })
    .await
    .map_err(Problem::internal)?
    .map_err(Problem::internal)?;
    let reply = once
        .commit(app, Scope::Platform, reply, move |conn| {
            Box::pin(async move { receipt_key::insert(conn, &row).await })
        })
        .await?;
    spawn_blocking(move || fs::rename(next, path))
        .await
        .map_err(Problem::internal)?
        .map_err(Problem::internal)?;
    *keys.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(signer);
    Ok(reply)
}

/// The public key of this name, if a host registered it.
///
/// # Errors
/// The database, or a stored key that is none.
pub async fn public(app: &App, id: &str) -> Result<Option<PublicKey>, Problem> {
    let found = {
        let mut conn = app.store().read(Scope::Platform).await?;
        receipt_key::find(&mut conn, id).await?
    };
    found.map(|key| PublicKey::from_bytes(&key.public_key).map_err(Problem::internal)).transpose()
}

fn row(signer: &Signer, replaces: Option<String>, from: Timestamp) -> ReceiptKey {
    let public_key = signer.public().to_bytes();
    ReceiptKey { id: signer.print().to_string(), public_key, replaces, from, until: None }
}

fn read(path: &Path) -> Result<Option<Signer>, ReceiptKeyError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(ReceiptKeyError::File { path: path.to_owned(), source }),
    };
    let mut seed = [0; 32];
    match hex::decode_to_slice(text.trim(), &mut seed) {
        Ok(()) => Ok(Some(Signer::from_seed(&seed))),
        Err(_) => Err(ReceiptKeyError::Content { path: path.to_owned() }),
    }
}

/// Makes the first key. Two hosts that start on one folder at the same moment take the same one.
fn first(folder: &Path, path: &Path) -> Result<Signer, ReceiptKeyError> {
    let wrong = |source| ReceiptKeyError::File { path: path.to_owned(), source };
    fs::create_dir_all(folder).map_err(wrong)?;
    let made = Signer::from_seed(&random::bytes());
    let draft = folder.join(format!("{FILE}.{}", made.print()));
    write_new(&draft, &hex::encode(made.seed())).map_err(wrong)?;
    // A link is complete or not there, and never takes another's place.
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft).map_err(wrong)?;
    match linked {
        Ok(()) => Ok(made),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            read(path)?.ok_or_else(|| wrong(ErrorKind::NotFound.into()))
        }
        Err(error) => Err(wrong(error)),
    }
}

fn write_new(path: &Path, seed: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{seed}")?;
    file.sync_all()
}

/// A draft that was never registered is worth nothing.
fn absent(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
