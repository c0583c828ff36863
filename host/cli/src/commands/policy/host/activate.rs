//! `sanbao policy activate`.

use super::{At, Version, all_versions};
use crate::api::escape;
use crate::failure::Failure;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which: "1.2.0", "NAME@1.2.0" or its id.
    version: String,
    /// First day, in the party's time zone, or first instant.
    #[arg(long, value_name = "DATE")]
    from: String,
    /// First day or instant that is no longer included; no end when absent.
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// The policy's settings by name, as JSON.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    #[command(flatten)]
    at: At,
}

#[derive(Deserialize)]
struct Activation {
    id: String,
    from: String,
}

pub(super) async fn run(args: &Args) -> Result<(), Failure> {
    let settings = args.settings.as_deref().map(settings).transpose()?;
    let api = args.at.api()?;
    let version = find(all_versions(&api).await?, &args.version)?;
    let mut body = json!({ "from": args.from });
    if let Some(until) = &args.until {
        body["until"] = json!(until);
    }
    if let Some(settings) = settings {
        body["settings"] = Value::Object(settings);
    }
    let path = format!("/v1/policies/{}/activations", escape(&version.id));
    let made: Activation = api.post(&path, &body).await?;
    out!("{} {} from {}  activation {}", version.name, version.version, made.from, made.id);
    Ok(())
}

fn settings(path: &Path) -> Result<Map<String, Value>, Failure> {
    let bytes = std::fs::read(path).map_err(Failure::file(path))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        Failure::input(format!("{}: {error}", path.display()), "write the settings as {\"NAME\": VALUE}")
    })
}

fn find(versions: Vec<Version>, wanted: &str) -> Result<Version, Failure> {
    let is = |one: &Version| {
        one.id == wanted || one.version == wanted || format!("{}@{}", one.name, one.version) == wanted
    };
    let mut found = versions.into_iter().filter(is);
    match (found.next(), found.next()) {
        (Some(version), None) => Ok(version),
        (Some(one), Some(other)) => Err(Failure::input(
            format!("{wanted} is a version of {} and of {}", one.name, other.name),
            "say which: NAME@VERSION",
        )),
        _ => Err(Failure::input(
            format!("there is no version {wanted}"),
            "`sanbao policy versions` lists them; `sanbao policy upload FILE` adds one",
        )),
    }
}
