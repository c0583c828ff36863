//! How a host is set up.

use sanbao_domain::allowance::Allowance;
use sanbao_policy::compile::CompileLimits;
use sanbao_policy::registry::Bounds;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where it listens, where its data is, and its limits.
#[derive(Clone, Debug)]
pub struct Config {
    /// `sqlite:PATH` or `postgres://USER@HOST/DATABASE`.
    pub database: String,
    /// Folder of what this host keeps beside the database: components, compiled code, its own keys.
    pub data: PathBuf,
    /// Program that compiles uploads apart from the host, called with the argument `compile`; absent: the
    /// host compiles them itself.
    pub compiler: Option<PathBuf>,
    /// What that program may use, and how many of it may run.
    pub compile: CompileLimits,
    /// Most bytes of compiled code that are kept on disk.
    pub code_cache: u64,
    /// Most policies that are loaded at the same time.
    pub loaded: Bounds,
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Let a key with the right scope move the clock forward.
    pub movable_clock: bool,
    /// Largest JSON body, in bytes.
    pub max_body: usize,
    /// Largest component, in bytes.
    pub max_component: usize,
    /// Most bytes of all headers together.
    pub max_headers: usize,
    /// Longest time until an answer. A command goes on to its end after that.
    pub timeout: Duration,
    /// Longest wait for running commands when the host stops.
    pub grace: Duration,
    /// Policy calls that may run at the same time.
    pub policy_instances: u32,
    /// What a party may use, unless the platform has set other figures for it.
    pub limits: Allowance,
    /// Threads of the back-tests that run on this host, at the lowest priority; 0: this host runs none.
    pub back_test_threads: usize,
    /// Most connections open at the same time.
    pub max_connections: usize,
    /// Live calls that wait to be put to the candidates of shadow runs; more are dropped and counted.
    pub shadow_queue: usize,
    /// How messages leave.
    pub outbox: Outbox,
    /// OCI registries that policies may be exchanged with: "ghcr.io", "127.0.0.1:5000". No other is ever
    /// called, whatever a party names.
    pub registries: Vec<String>,
    /// Where components are kept.
    pub artifacts: ArtifactPlace,
    /// Uploads that this host checks at the same time; 0 leaves them to other hosts.
    pub uploads_at_once: usize,
}

/// Where components are kept.
#[derive(Clone, Default)]
pub struct ArtifactPlace {
    /// `s3://BUCKET/PREFIX`; absent: the folder `components` of [`Config::data`].
    pub url: Option<String>,
    /// Options of S3 by their `AWS_…` names.
    pub variables: Vec<(String, String)>,
}

impl fmt::Debug for ArtifactPlace {
    /// Without secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.variables.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("ArtifactPlace").field("url", &self.url).field("variables", &names).finish()
    }
}

/// How messages leave the host.
#[derive(Clone, Debug)]
pub struct Outbox {
    /// Mail server: `smtps://USER:PASSWORD@HOST`, `smtp://HOST:587?tls=required`; without TLS on this machine
    /// only.
    pub smtp_url: Option<String>,
    /// E-mail address of the host.
    pub mail_from: String,
    /// Where no mail server is named: a folder that gets one file for each e-mail, for development.
    pub dir: Option<PathBuf>,
    /// Let parties' programs listen on this machine, without TLS: for development.
    pub loopback: bool,
}

impl Default for Outbox {
    /// Nothing leaves but to programs on the public network.
    fn default() -> Self {
        Self {
            smtp_url: None,
            mail_from: "after-sales@localhost.localdomain".to_owned(),
            dir: None,
            loopback: false,
        }
    }
}

impl Config {
    /// The usual limits, on 127.0.0.1:8080. Data lies beside an SQLite file (`sanbao.sqlite` has
    /// `sanbao.data`), else in `sanbao.data` where the host was started.
    pub fn new(database: impl Into<String>) -> Self {
        let database = database.into();
        let file = database.strip_prefix("sqlite:").map(|file| file.strip_prefix("//").unwrap_or(file));
        let data = file.map_or_else(|| "sanbao.data".into(), |file| Path::new(file).with_extension("data"));
        Self {
            database,
            data,
            compiler: None,
            compile: CompileLimits::default(),
            code_cache: 2 << 30,
            loaded: Bounds::default(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            movable_clock: false,
            max_body: 1 << 20,
            max_component: 32 << 20,
            max_headers: 16 << 10,
            timeout: Duration::from_secs(60),
            grace: Duration::from_secs(30),
            policy_instances: 64,
            limits: Allowance::default(),
            back_test_threads: 2,
            max_connections: 4096,
            shadow_queue: 1024,
            outbox: Outbox::default(),
            registries: Vec::new(),
            artifacts: ArtifactPlace::default(),
            uploads_at_once: 2,
        }
    }
}
