//! `sanbao receipt show`.

use crate::failure::Failure;
use serde_json::Value;
use std::path::PathBuf;

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A receipts' file.
    file: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let bytes = std::fs::read(&args.file).map_err(Failure::file(&args.file))?;
    let not_one = |what: String| {
        Failure::input(
            format!("{}: {what}", args.file.display()),
            "a host writes one at GET /v1/receipts/ID/file",
        )
    };
    let file: Value = serde_json::from_slice(&bytes).map_err(|error| not_one(error.to_string()))?;
    let receipts = file["receipts"].as_array().ok_or_else(|| not_one("it holds no receipts".to_owned()))?;
    let text = |value: &Value| value.as_str().unwrap_or("unknown").to_owned();
    for receipt in receipts {
        if receipt["withheld"] == true {
            out!("withheld  hash {}", text(&receipt["hash"]));
            continue;
        }
        out!("receipt {}  {}", text(&receipt["seq"]), text(&receipt["id"]));
        for (label, field) in [
            ("ticket", "ticket"),
            ("claim", "claim"),
            ("decided at", "decided_at"),
            ("function", "function"),
            ("component", "component"),
            ("policy", "policy"),
            ("activation", "activation"),
            ("contract", "contract"),
            ("engine", "engine"),
            ("calendar", "calendar"),
            ("fuel", "fuel"),
            ("signed by", "key"),
        ] {
            out!("  {label:<11} {}", text(&receipt[field]));
        }
        for (label, value) in [
            ("asked", &receipt["input"]["question"]),
            ("answered", &receipt["output"]),
            ("log", &receipt["log"]),
        ] {
            let pretty = serde_json::to_string_pretty(value).map_err(std::io::Error::other)?;
            out!("  {label}");
            pretty.lines().for_each(|line| out!("    {line}"));
        }
    }
    out!("nothing was verified: `sanbao receipt verify` does that");
    Ok(())
}
