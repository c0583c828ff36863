//! A real server that speaks S3 and checks signatures, a process of its own on this machine, with one bucket.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering::Relaxed};
use std::{env, fs, io, process, thread};

/// The program; `host/cli/scripts/setup.sh test` puts it where the build goes.
const PROGRAM: &str = "s3s-fs";
/// The bucket, and where in it components are kept.
const BUCKET: &str = "policies";
const PREFIX: &str = "after-sales/components";
const KEY: &str = "AKIDEXAMPLE";

/// Ports that are tried.
const TRIES: usize = 50;

/// A server with a bucket; runs until it is dropped.
pub struct Bucket {
    process: Option<Child>,
    port: u16,
    folder: tempfile::TempDir,
}

/// The server cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum BucketError {
    /// The program cannot be run.
    #[error("s3s-fs cannot be run: {0}; `host/cli/scripts/setup.sh test` installs it")]
    Program(io::Error),
    /// A folder or file.
    #[error(transparent)]
    Folder(#[from] io::Error),
    /// It ended, or did not say where it listens.
    #[error("s3s-fs does not listen: {0}")]
    Silent(String),
}

impl Bucket {
    /// The secret that signs for it.
    pub const SECRET: &str = "a secret that nobody may print";

    /// Starts a server on a free port, with an empty bucket. Tests do not skip where there is no server: they fail.
    ///
    /// # Errors
    /// It is not installed or does not start.
    pub fn start() -> Result<Self, BucketError> {
        let folder = tempfile::tempdir()?;
        let mut bucket = Self { process: None, port: 0, folder };
        fs::create_dir_all(bucket.folder())?;
        for _ in 0..TRIES {
            bucket.port = candidate();
            match bucket.start_again() {
                Ok(()) => return Ok(bucket),
                // Somebody else has the port.
                Err(BucketError::Silent(_)) => {}
                Err(error) => return Err(error),
            }
        }
        bucket.start_again().map(|()| bucket)
    }

    /// Stops the server; what is in the bucket stays.
    pub fn stop(&mut self) {
        if let Some(mut running) = self.process.take() {
            let _ = running.kill();
            let _ = running.wait();
        }
    }

    /// Starts it where it was before.
    ///
    /// # Errors
    /// As [`Bucket::start`].
    pub fn start_again(&mut self) -> Result<(), BucketError> {
        self.stop();
        let mut running = Command::new(program())
            .args(["--host", "127.0.0.1", "--port", &self.port.to_string()])
            .args(["--access-key", KEY, "--secret-key", Self::SECRET])
            .arg(self.folder.path())
            .env("RUST_LOG", "s3s_fs=info")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(BucketError::Program)?;
        let said = running.stdout.take().ok_or_else(|| BucketError::Silent("no output".to_owned()))?;
        self.process = Some(running);
        let mut lines = BufReader::new(said).lines();
        let mut log = String::new();
        loop {
            let Some(line) = lines.next().transpose()? else {
                self.stop();
                return Err(BucketError::Silent(log));
            };
            if line.contains("running at http://127.0.0.1:") {
                break;
            }
            log.push_str(&line);
            log.push('\n');
        }
        // It must not stop because nobody reads what it says.
        thread::spawn(move || lines.for_each(drop));
        Ok(())
    }

    /// The place of components for a host.
    pub fn url(&self) -> String {
        format!("s3://{BUCKET}/{}", PREFIX.trim_end_matches("/components"))
    }

    /// What a host needs to know beside that, as environment variables.
    pub fn variables(&self) -> Vec<(String, String)> {
        let endpoint = format!("http://127.0.0.1:{}", self.port);
        let all = [
            ("AWS_ACCESS_KEY_ID", KEY),
            ("AWS_SECRET_ACCESS_KEY", Self::SECRET),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ENDPOINT", &endpoint),
            ("AWS_ALLOW_HTTP", "true"),
        ];
        all.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    }

    /// Where the server keeps the bucket.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join(BUCKET)
    }

    /// Where the server keeps the component with this digest.
    pub fn file(&self, digest: &str) -> PathBuf {
        self.folder().join(PREFIX).join(&digest[..2]).join(format!("{digest}.wasm"))
    }

    /// The names of all objects, in order.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn objects(&self) -> io::Result<Vec<String>> {
        fn walk(folder: &Path, name: &str, found: &mut Vec<String>) -> io::Result<()> {
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                let name = format!("{name}{}", entry.file_name().to_string_lossy());
                match entry.file_type()?.is_dir() {
                    true => walk(&entry.path(), &format!("{name}/"), found)?,
                    false => found.push(name),
                }
            }
            Ok(())
        }
        let mut found = Vec::new();
        walk(&self.folder(), "", &mut found)?;
        found.sort();
        Ok(found)
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A port that is likely to be free, and that nobody gets by chance while the server is stopped: systems give
/// higher ones to whoever does not ask for a certain one.
fn candidate() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let number = process::id().wrapping_mul(37).wrapping_add(NEXT.fetch_add(1, Relaxed).into());
    20_000 + u16::try_from(number % 12_000).unwrap_or_default()
}

/// The program in `tools` of the folder that this very test was built into, or on the PATH.
fn program() -> PathBuf {
    let own = env::current_exe().unwrap_or_default();
    let beside = own.ancestors().map(|folder| folder.join("tools/bin").join(PROGRAM));
    let mut beside = beside.filter(|program| program.is_file());
    beside.next().unwrap_or_else(|| PROGRAM.into())
}
