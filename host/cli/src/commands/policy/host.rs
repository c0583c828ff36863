//! The commands that talk to a host: upload, versions, activate.

mod activate;
mod upload;
mod versions;

pub(super) use activate::Args as Activate;
pub(super) use upload::Args as Upload;
pub(super) use versions::Args as Versions;

use crate::api::{Api, escape};
use crate::failure::Failure;
use serde::Deserialize;

/// Which host, and as whom.
#[derive(clap::Args)]
pub(crate) struct At {
    /// The host's address.
    #[arg(long, env = "SANBAO_HOST", default_value = "http://127.0.0.1:8080")]
    host: String,
    /// The key of the policy's party; better in the environment than on the command line.
    #[arg(long, env = "SANBAO_KEY", hide_env_values = true)]
    key: Option<String>,
}

/// A version as the host lists it.
#[derive(Clone, Debug, Deserialize)]
struct Version {
    id: String,
    name: String,
    version: String,
    digest: String,
    contract: String,
    status: String,
    created_at: String,
}

#[derive(Deserialize)]
struct Listed<T> {
    items: Vec<T>,
    next_cursor: Option<String>,
}

impl At {
    fn api(&self) -> Result<Api, Failure> {
        let key = self.key.as_deref().ok_or_else(|| {
            Failure::input("no key for the host", "export SANBAO_KEY=sbk_… with the scope policies:write")
        })?;
        Ok(Api::new(&self.host, key)?)
    }
}

pub(super) fn upload(args: &Upload) -> Result<(), Failure> {
    runtime()?.block_on(upload::run(args))
}

pub(super) fn versions(args: &Versions) -> Result<(), Failure> {
    runtime()?.block_on(versions::run(args))
}

pub(super) fn activate(args: &Activate) -> Result<(), Failure> {
    runtime()?.block_on(activate::run(args))
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

/// All versions of the key's party, newest first.
async fn all_versions(api: &Api) -> Result<Vec<Version>, Failure> {
    let mut versions = Vec::new();
    let mut cursor = None::<String>;
    loop {
        let after = cursor.map_or_else(String::new, |cursor| format!("&cursor={}", escape(&cursor)));
        let page: Listed<Version> = api.get(&format!("/v1/policies?limit=200{after}")).await?;
        versions.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(versions);
        }
    }
}
