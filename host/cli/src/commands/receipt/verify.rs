//! `sanbao receipt verify`.

use crate::failure::Failure;
use sanbao_policy::engine::{Engine, EngineOptions};
use sanbao_policy::receipt::PublicKey;
use sanbao_policy::receipt::verify::{Against, Finding, Given, Report, verify};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// One receipt or a ticket's chain: `GET /v1/receipts/ID/file`, `GET /v1/tickets/ID/receipts/file`.
    file: PathBuf,
    /// The component that decided, as often as there are several.
    #[arg(long, value_name = "POLICY.wasm")]
    component: Vec<PathBuf>,
    /// A public key to trust: 64 hexadecimal digits, or a file with some, such as the answer of
    /// `GET /v1/receipt-keys`. Without one, the key in the file is taken on trust.
    #[arg(long, value_name = "HEX|FILE")]
    key: Vec<String>,
    /// Check everything but what the component answers.
    #[arg(long, conflicts_with = "component")]
    without_replay: bool,
    /// What was found as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let bytes = std::fs::read(&args.file).map_err(Failure::file(&args.file))?;
    let mut keys = Vec::new();
    for key in &args.key {
        keys.extend(trusted(key)?);
    }
    let components = args.component.iter().map(|path| {
        let bytes = std::fs::read(path).map_err(Failure::file(path))?;
        Ok(Given { name: path.display().to_string(), bytes })
    });
    let components = components.collect::<Result<Vec<Given>, Failure>>()?;
    let engine = if args.without_replay {
        None
    } else {
        let engine = Engine::new(EngineOptions::default());
        Some(engine.map_err(|error| Failure::Host {
            what: format!("the engine does not start: {error}"),
            fix: None,
        })?)
    };
    let against = Against { keys: &keys, components: &components, engine: engine.as_ref() };
    let report = verify(&bytes, against);
    if args.json {
        let kind = report.kind().map(|kind| kind.name());
        let value = json!({ "genuine": report.genuine(), "kind": kind, "report": &report });
        out!("{}", serde_json::to_string_pretty(&value).map_err(std::io::Error::other)?);
    } else {
        print(&report, args);
    }
    match report.kind() {
        None => Ok(()),
        Some(kind) => Err(Failure::Changed { code: kind.exit_code() }),
    }
}

/// The keys in an argument: itself, or every one in a file.
fn trusted(text: &str) -> Result<Vec<PublicKey>, Failure> {
    if let Ok(key) = text.parse() {
        return Ok(vec![key]);
    }
    let path = Path::new(text);
    let content = std::fs::read_to_string(path).map_err(Failure::file(path))?;
    let words = content.split(|c: char| !c.is_ascii_hexdigit()).filter(|word| word.len() == 64);
    let keys: Vec<PublicKey> = words.filter_map(|word| word.parse().ok()).collect();
    if keys.is_empty() {
        return Err(Failure::input(
            format!("{text} holds no public key"),
            "give 64 hexadecimal digits, or a file with what GET /v1/receipt-keys answers",
        ));
    }
    Ok(keys)
}

fn print(report: &Report, args: &Args) {
    for finding in &report.findings {
        out!("{}: {}", finding.kind.name(), sentence(finding));
    }
    if !report.genuine() {
        out!("NOT GENUINE");
        return;
    }
    let receipts = if report.receipts == 1 { "receipt" } else { "receipts" };
    let first = if report.from_the_first { ", from the first of the ticket" } else { "" };
    out!("GENUINE: {} {receipts}{first}", report.receipts);
    if report.withheld > 0 {
        out!("  {} withheld: only their place in the chain is here", report.withheld);
    }
    if args.without_replay {
        out!("  not asked again, as was wished");
    } else {
        out!("  {} asked again, with the same bytes, fuel and log", report.replayed);
    }
    if report.not_repeatable > 0 {
        out!("  {} failed by time or for want of a slot, which nothing repeats", report.not_repeatable);
    }
    if let Some(engine) = &report.other_engine {
        out!("  asked on another engine ({engine}), with the same answers");
    }
    for key in &report.keys {
        if key.trusted {
            out!("  signed by {}, a key that you trust", key.id);
        } else {
            out!("  signed by {}, a key taken on trust from the file; compare it with the host's:", key.id);
            out!("    {}", key.public);
        }
    }
}

/// A finding in one sentence: where, what, and what it was.
fn sentence(finding: &Finding) -> String {
    let mut text = String::new();
    if let Some(receipt) = finding.receipt {
        text.push_str(&format!("receipt {receipt}, "));
    }
    if let Some(field) = &finding.field {
        text.push_str(&format!("{field}: "));
    }
    text.push_str(&finding.message);
    if let Some(place) = finding.place {
        text.push_str(&format!("; line {}, column {}", place.line, place.column));
    }
    if let Some(within) = &finding.within {
        text.push_str(&format!(", byte {} of the text", within.offset));
        if !within.path.is_empty() {
            text.push_str(&format!(", in {}", within.path));
        }
    }
    match (&finding.is, &finding.was) {
        (Some(is), Some(was)) => text.push_str(&format!("; it is {is:?}, it was {was:?}")),
        (Some(is), None) => text.push_str(&format!("; {is:?} was added")),
        (None, Some(was)) => text.push_str(&format!("; {was:?} was taken away")),
        (None, None) => {}
    }
    text
}
