//! `sanbao serve`: run the host until it is told to stop.

use crate::failure::Failure;
use crate::terminal::say;
use clap::ValueEnum;
use sanbao_policy::registry::Bounds;
use sanbao_server::config::{ArtifactPlace, Outbox};
use sanbao_server::serve::start as start_host;
use sanbao_server::{App, AppError, Config, Host, ServeError};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, IsTerminal, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tracing_subscriber::EnvFilter;

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where the data is: sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE.
    #[arg(long, env = "SANBAO_DATABASE", hide_env_values = true, default_value = "sqlite:sanbao.sqlite")]
    database: String,
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, env = "SANBAO_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Let a key with the scope "clock" move the clock forward. For tests and stories, never for real data.
    #[arg(long, env = "SANBAO_DEV_CLOCK")]
    dev_clock: bool,
    /// Where the first start of an empty database leaves the platform's key.
    #[arg(long, env = "SANBAO_ADMIN_KEY_FILE", default_value = "sanbao-admin.key", value_name = "FILE")]
    admin_key_file: PathBuf,
    /// Mail server: smtps://USER:PASSWORD@HOST, or smtp://HOST:587?tls=required; without TLS on this machine only.
    #[arg(long, env = "SANBAO_SMTP_URL", hide_env_values = true, value_name = "URL")]
    smtp_url: Option<String>,
    /// E-mail address that messages come from.
    #[arg(
        long,
        env = "SANBAO_MAIL_FROM",
        default_value = "after-sales@localhost.localdomain",
        value_name = "ADDRESS"
    )]
    mail_from: String,
    /// Folder that gets one file for each e-mail where no mail server is named, for development. With
    /// --dev-clock and SQLite: "outbox" beside the database.
    #[arg(long, env = "SANBAO_OUTBOX_DIR", value_name = "DIR")]
    outbox_dir: Option<PathBuf>,
    /// Let parties' programs listen on this machine, without TLS. For development.
    #[arg(long, env = "SANBAO_DEV_LOOPBACK")]
    dev_loopback: bool,
    /// Most megabytes of compiled code that this host keeps on disk.
    #[arg(long, env = "SANBAO_CODE_CACHE", default_value_t = 2048, value_name = "MB")]
    code_cache: u64,
    /// Most policies that are loaded at the same time; the others are loaded when they are asked.
    #[arg(long, env = "SANBAO_LOADED_POLICIES", default_value_t = Bounds::default().policies, value_name = "COUNT")]
    loaded_policies: usize,
    /// OCI registry that policies may be exchanged with, such as ghcr.io; can be repeated. One on this machine is
    /// spoken to without TLS with --dev-loopback.
    #[arg(long = "registry", env = "SANBAO_REGISTRIES", value_delimiter = ',', value_name = "HOST")]
    registries: Vec<String>,
    /// Where components are kept: s3://BUCKET/PREFIX, set up by AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and
    /// AWS_REGION; for another service that speaks S3 AWS_ENDPOINT, and AWS_ALLOW_HTTP=true if that has no TLS.
    /// Else the folder "components" of this host's data. Several hosts on one PostgreSQL need a shared place; a
    /// place belongs to one database.
    #[arg(long, env = "SANBAO_ARTIFACTS", value_name = "URL")]
    artifacts: Option<String>,
    /// How logs are written: lines for people on a terminal, else JSON.
    #[arg(long, env = "SANBAO_LOG_FORMAT", value_enum)]
    log_format: Option<LogFormat>,
}

/// How logs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let usual = if std::io::stderr().is_terminal() { LogFormat::Text } else { LogFormat::Json };
    start_logging("info,sqlx=warn", args.log_format.unwrap_or(usual));
    let beside = args.database.strip_prefix("sqlite:").filter(|_| args.dev_clock && args.smtp_url.is_none());
    let beside = beside.map(|file| Path::new(file).with_file_name("outbox"));
    let outbox = Outbox {
        smtp_url: args.smtp_url,
        mail_from: args.mail_from,
        dir: args.outbox_dir.or(beside),
        loopback: args.dev_loopback,
    };
    let mut config = Config::new(args.database);
    config.outbox = outbox;
    config.registries = args.registries;
    config.artifacts = ArtifactPlace {
        url: args.artifacts,
        variables: std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| name.starts_with("AWS_"))
            .collect(),
    };
    config.listen = args.listen;
    config.movable_clock = args.dev_clock;
    config.code_cache = args.code_cache << 20;
    config.loaded.policies = args.loaded_policies;
    runtime()?.block_on(async {
        let host = start(config, &args.admin_key_file).await?;
        // On standard output, alone: scripts that took port 0 read it.
        out!("http://{}", host.address());
        let told = until_told_to_stop().await;
        host.stop().await;
        told
    })
}

/// Logs go to standard error; RUST_LOG says how much.
pub(crate) fn start_logging(usual: &str, format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    match format {
        LogFormat::Text => logs.init(),
        LogFormat::Json => logs.json().init(),
    }
}

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Opens the database, leaves the platform's key in a file if this is the first start, and listens.
pub(crate) async fn start(mut config: Config, admin_key_file: &Path) -> Result<Host, Failure> {
    config.compiler = Some(itself()?);
    open_more_files();
    let address = config.listen;
    let app = App::open(config).await.map_err(|error| match &error {
        AppError::Artifacts(_) => cannot(&error, "check --artifacts and the AWS_… variables"),
        AppError::Channels(_) => cannot(&error, "check --smtp-url, --mail-from and --outbox-dir"),
        AppError::Cache(_) => cannot(&error, "let the user that runs the host write there"),
        AppError::ReceiptKey(_) => {
            cannot(&error, "the host's own folder must be readable and writable by it")
        }
        _ => cannot(&error, "check --database"),
    })?;
    first_start(&app, admin_key_file).await?;
    start_host(app).await.map_err(|error| match &error {
        ServeError::Listen { source, .. } if source.kind() == ErrorKind::AddrInUse => {
            Failure::Taken { address }
        }
        _ => cannot(&error, "check --listen"),
    })
}

/// The program that runs, to compile apart from the host. Under Linux by a name that stays right when the file is
/// replaced by a newer one meanwhile.
fn itself() -> std::io::Result<PathBuf> {
    if cfg!(target_os = "linux") { Ok(PathBuf::from("/proc/self/exe")) } else { std::env::current_exe() }
}

/// As many as this process may have: connections and loaded policies keep one each, and the usual number is for
/// programs that count theirs in dozens.
fn open_more_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
    }
}

fn cannot(error: &dyn std::error::Error, fix: &str) -> Failure {
    let mut what = format!("the host does not start: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        what.push_str(&format!(": {error}"));
        cause = error.source();
    }
    Failure::Host { what, fix: Some(fix.to_owned()) }
}

/// Makes the platform and its key where the database has none. The key is shown nowhere: it goes to a file
/// that its owner alone may read.
async fn first_start(app: &App, file: &Path) -> Result<(), Failure> {
    let made =
        sanbao_server::bootstrap::first_key(app).await.map_err(|error| cannot(&error, "check --database"))?;
    let Some(key) = made else { return Ok(()) };
    write_key(file, key.expose()).map_err(|error| Failure::Host {
        what: format!("the platform's key cannot be written to {}: {error}", file.display()),
        fix: Some(
            "the database holds nothing yet: remove it, give another --admin-key-file, start again"
                .to_owned(),
        ),
    })?;
    say(format_args!("first start: the platform's key is in {}", file.display()));
    Ok(())
}

fn write_key(file: &Path, key: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    writeln!(options.open(file)?, "{key}")
}

/// The key that a first start left.
pub(crate) fn read_admin_key(file: &Path) -> Result<String, Failure> {
    Ok(fs::read_to_string(file).map_err(Failure::file(file))?.trim().to_owned())
}

/// Waits for Ctrl-C or SIGTERM.
pub(crate) async fn until_told_to_stop() -> Result<(), Failure> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted?,
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    say("stopping");
    Ok(())
}
