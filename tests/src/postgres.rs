//! A private PostgreSQL cluster for one test process, from the binaries that are installed.
//!
//! It lives in a directory of its own, listens on a socket there and nowhere else, and is gone when
//! the process is, however that ends: a small shell waits for its standard input to close and then
//! stops the server and removes the directory.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection, Executor};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fs, io};
use tokio::sync::OnceCell;

/// Why there is no cluster.
#[derive(Debug, thiserror::Error)]
pub enum PgError {
    /// The server's programs are not installed.
    #[error(
        "PostgreSQL is not installed: `{0}` was not found. The tests run on it too and are never skipped. \
         Install it (Debian and Ubuntu: `apt-get install postgresql`; Fedora: `dnf install \
         postgresql-server`; macOS: `brew install postgresql`), or put `pg_config` on the PATH"
    )]
    Missing(String),
    /// Root may not run a server, and there is nobody to run it instead.
    #[error("PostgreSQL does not run as root, and there is no user `postgres` to run it as")]
    NoUser,
    /// One of its programs failed.
    #[error("`{program}` failed: {output}")]
    Failed {
        /// Which.
        program: String,
        /// What it said.
        output: String,
    },
    /// The operating system refused something.
    #[error("the PostgreSQL cluster could not be set up")]
    Io(#[from] io::Error),
    /// The server refused something.
    #[error("the PostgreSQL cluster could not be prepared")]
    Sql(#[from] sqlx::Error),
}

/// Whether the server flushes what it commits to disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// As in production; for benchmarks.
    Full,
    /// Nothing is flushed: a power cut may lose it, the end of the process may not. For tests.
    Relaxed,
}

/// The role that the host uses: owner of its databases, held by row level security.
const ROLE: &str = "sanbao";

/// A running cluster.
#[derive(Debug)]
pub struct Cluster {
    dir: PathBuf,
    bin: PathBuf,
    databases: AtomicU32,
    role: OnceCell<()>,
    template: OnceCell<()>,
    /// Ends the server when its standard input closes, which the end of this process does.
    _watchdog: Child,
}

impl Cluster {
    /// Creates and starts a cluster. Blocks for about a second.
    pub fn start(durability: Durability) -> Result<Self, PgError> {
        let bin = binaries()?;
        let owner = server_user()?;
        let dir = std::env::temp_dir().join(format!("sanbao-pg-{}", uuid::Uuid::now_v7().simple()));
        fs::create_dir(&dir)?;
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o700))?;
        if let Some((uid, gid)) = owner {
            chown(&dir, Some(uid), Some(gid))?;
        }
        let run = |program: &Path, arguments: &[&str]| -> Result<(), PgError> {
            let mut command = as_user(program, owner);
            let output = command.args(arguments).current_dir(&dir).output()?;
            check(program, &output)
        };
        let data = dir.join("data").display().to_string();
        // The watchdog comes first: from here on nothing can be left behind.
        let watchdog = watch(&dir, &bin, owner)?;
        run(
            &bin.join("initdb"),
            &["-D", &data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
        )?;
        let durable = match durability {
            Durability::Full => "-c fsync=on -c synchronous_commit=on",
            Durability::Relaxed => "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
        };
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories={} -c max_connections=200 -c shared_buffers=64MB \
             -c jit=off {durable}",
            dir.display()
        );
        let log = dir.join("log").display().to_string();
        run(&bin.join("pg_ctl"), &["-D", &data, "-w", "-s", "-l", &log, "-o", &options, "start"])?;
        Ok(Self {
            dir,
            bin,
            databases: AtomicU32::new(0),
            role: OnceCell::new(),
            template: OnceCell::new(),
            _watchdog: watchdog,
        })
    }

    /// Where the server's programs are (`pgbench` is among them).
    pub fn binaries(&self) -> &Path {
        &self.bin
    }

    /// The directory of the server's socket, as `psql -h` takes it.
    pub fn socket(&self) -> &Path {
        &self.dir
    }

    /// The address of a database, for the host's role.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{ROLE}@localhost/{database}?host={}", self.dir.display())
    }

    /// A connection as the superuser.
    pub async fn superuser(&self, database: &str) -> Result<PgConnection, PgError> {
        let options = PgConnectOptions::new_without_pgpass();
        Ok(options.socket(&self.dir).username("postgres").database(database).connect().await?)
    }

    /// A new database without any schema; its name.
    pub async fn empty_database(&self) -> Result<String, PgError> {
        self.role().await?;
        self.create("template0").await
    }

    /// A new database with the current schema; its name. `migrate` is run once, on the address of the
    /// database that the others are copied from; it must not leave a connection open.
    pub async fn database<E, F>(&self, migrate: F) -> Result<String, E>
    where
        E: From<PgError>,
        F: AsyncFnOnce(String) -> Result<(), E>,
    {
        self.template
            .get_or_try_init(|| async {
                let name = self.empty_database().await?;
                migrate(self.url(&name)).await?;
                let mut conn = self.superuser("postgres").await?;
                let rename = format!("ALTER DATABASE {name} RENAME TO migrated");
                conn.execute(sqlx::AssertSqlSafe(rename)).await.map_err(PgError::from)?;
                conn.close().await.map_err(PgError::from)?;
                Ok::<(), E>(())
            })
            .await?;
        Ok(self.create("migrated").await?)
    }

    async fn role(&self) -> Result<(), PgError> {
        let created = self.role.get_or_try_init(|| async {
            let mut conn = self.superuser("postgres").await?;
            let create = format!("CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS");
            conn.execute(sqlx::AssertSqlSafe(create)).await?;
            Ok(conn.close().await?)
        });
        created.await.copied()
    }

    async fn create(&self, template: &str) -> Result<String, PgError> {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let mut conn = self.superuser("postgres").await?;
        let create = format!("CREATE DATABASE {name} TEMPLATE {template} OWNER {ROLE}");
        conn.execute(sqlx::AssertSqlSafe(create)).await?;
        conn.close().await?;
        Ok(name)
    }
}

/// Stops the server and removes its directory when its standard input closes.
const WATCHDOG: &str = "trap '' INT TERM HUP; read -r _; \
    \"$1/pg_ctl\" -D \"$2/data\" -s -m immediate stop; rm -rf \"$2\"";

/// Starts the watchdog in a process group of its own, so that what interrupts the tests spares it.
fn watch(dir: &Path, bin: &Path, owner: Option<(u32, u32)>) -> Result<Child, PgError> {
    let mut command = as_user(Path::new("sh"), owner);
    command.args(["-c", WATCHDOG, "sh"]).arg(bin).arg(dir).current_dir("/").process_group(0);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    Ok(command.spawn()?)
}

fn binaries() -> Result<PathBuf, PgError> {
    let complete = |bin: &PathBuf| bin.join("initdb").exists() && bin.join("pg_ctl").exists();
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    // Debian keeps the server's programs off the PATH, and `pg_config` in a package of its own.
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let found = versions.map(|version| version.path().join("bin")).filter(complete).max();
    told.filter(complete).or(found).ok_or_else(|| PgError::Missing("initdb".to_owned()))
}

/// Whom the server runs as: nobody else, unless we are root.
fn server_user() -> Result<Option<(u32, u32)>, PgError> {
    if id(&["-u"])? != Some(0) {
        return Ok(None);
    }
    match (id(&["-u", "postgres"])?, id(&["-g", "postgres"])?) {
        (Some(uid), Some(gid)) => Ok(Some((uid, gid))),
        _ => Err(PgError::NoUser),
    }
}

fn id(arguments: &[&str]) -> Result<Option<u32>, PgError> {
    let output = Command::new("id").args(arguments).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse().ok())
}

fn as_user(program: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command.env_remove("PGDATA").env_remove("PGHOST").env_remove("PGPORT");
    command
}

fn check(program: &Path, output: &Output) -> Result<(), PgError> {
    if output.status.success() {
        return Ok(());
    }
    Err(PgError::Failed {
        program: program.display().to_string(),
        output: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}
