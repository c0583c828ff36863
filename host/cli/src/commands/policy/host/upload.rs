//! `sanbao policy upload`.

use super::At;
use crate::api::{Api, Body, escape};
use crate::commands::policy::show;
use crate::failure::Failure;
use crate::terminal::say;
use reqwest::Method;
use sanbao_policy::check::CheckReport;
use serde::Deserialize;
use serde_json::Value;
use std::path::PathBuf;
use std::time::Duration;

/// Between two attempts to listen on.
const PAUSE: Duration = Duration::from_millis(500);
/// How many of them may fail one after the other.
const ATTEMPTS: u32 = 20;

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The policy: a component or a core module.
    file: PathBuf,
    /// Minisign's signature of the file.
    #[arg(long, value_name = "FILE.minisig")]
    signature: Option<PathBuf>,
    #[command(flatten)]
    at: At,
    /// The upload and its report as JSON, as the API answers it.
    #[arg(long)]
    json: bool,
}

/// An upload as far as this command looks at it.
#[derive(Debug, Deserialize)]
struct Upload {
    id: String,
    status: String,
    #[serde(default)]
    step: Option<String>,
    #[serde(default)]
    policy: Option<String>,
    #[serde(default)]
    report: Option<Value>,
    #[serde(default)]
    failure: Option<HostFailure>,
}

/// Why the host could not check it.
#[derive(Debug, Deserialize)]
struct HostFailure {
    message: String,
    fix: String,
}

impl Upload {
    fn is_under_way(&self) -> bool {
        matches!(self.status.as_str(), "queued" | "checking")
    }
}

pub(super) async fn run(args: &Args) -> Result<(), Failure> {
    let bytes = std::fs::read(&args.file).map_err(Failure::file(&args.file))?;
    let api = args.at.api()?;
    let sent = send(&api, args, bytes).await?;
    let (upload, answer) = follow(&api, sent).await?;
    if args.json {
        show::json(&answer)?;
    } else if let Some(report) = upload.report {
        show_report(report)?;
    }
    match (upload.status.as_str(), upload.policy) {
        ("accepted", Some(policy)) => {
            if !args.json {
                out!("policy {policy}");
            }
            Ok(())
        }
        ("accepted", None) => Ok(()),
        _ if args.json => Err(Failure::No(String::new())),
        ("failed", _) => {
            let failure = upload.failure;
            Err(Failure::Host {
                what: format!(
                    "the host could not check it: {}",
                    failure.as_ref().map_or("it does not say why", |failure| &failure.message)
                ),
                fix: failure.map(|failure| failure.fix),
            })
        }
        (status, _) => Err(Failure::No(format!("{} was {status}", args.file.display()))),
    }
}

async fn send(api: &Api, args: &Args, bytes: Vec<u8>) -> Result<Value, Failure> {
    let body = match &args.signature {
        Some(path) => Body::SignedWasm(bytes, std::fs::read(path).map_err(Failure::file(path))?),
        None => Body::Wasm(bytes),
    };
    Ok(api.send::<Value>(Method::POST, "/v1/policies", body, None).await?.body)
}

/// Listens until the check has ended, and says each step once. Where the stream breaks off, it goes on after the
/// last event that came, perhaps on another host.
async fn follow(api: &Api, sent: Value) -> Result<(Upload, Value), Failure> {
    let read = |answer: &Value| {
        Upload::deserialize(answer).map_err(|error| Failure::Host {
            what: format!("the host's answer cannot be read: {error}"),
            fix: Some("is it a Sanbao host, of this version?".to_owned()),
        })
    };
    let upload = read(&sent)?;
    let path = format!("/v1/uploads/{}/events", escape(&upload.id));
    let (mut said, mut last, mut failed) = (String::new(), None, 0);
    loop {
        let mut events = match api.events(&path, last).await {
            Ok(events) => events,
            Err(error) if error.is_passing() && failed < ATTEMPTS => {
                failed += 1;
                tokio::time::sleep(PAUSE).await;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        while let Some(event) = events.next().await {
            (last, failed) = (event.id.or(last), 0);
            let upload = read(&event.data)?;
            let now = upload.step.as_deref().unwrap_or(&upload.status);
            if now != said {
                said = now.to_owned();
                say(format_args!("upload {}: {said}", upload.id));
            }
            if !upload.is_under_way() {
                return Ok((upload, event.data));
            }
        }
        // A stream that says nothing again and again is no better than none.
        failed += 1;
        if failed > ATTEMPTS {
            let what = format!("the host says nothing more of the upload {}", upload.id);
            return Err(Failure::Host {
                what,
                fix: Some(format!("ask for it: GET /v1/uploads/{}", upload.id)),
            });
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// As `sanbao policy check` does. The host tells differences in one language already.
fn show_report(mut report: Value) -> Result<(), Failure> {
    let difference = report.as_object_mut().and_then(|report| report.remove("difference"));
    let report: CheckReport = serde_json::from_value(report).map_err(|error| Failure::Host {
        what: format!("the host's report cannot be read: {error}"),
        fix: Some("use the version of the host".to_owned()),
    })?;
    show::report(&report);
    for note in difference.iter().flat_map(|found| found["notes"].as_array()).flatten() {
        let note = note["en"].as_str().or(note.as_str()).unwrap_or_default();
        out!("note  {note}");
    }
    show::problems(&report);
    Ok(())
}
