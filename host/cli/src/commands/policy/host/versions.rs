//! `sanbao policy versions`.

use super::{At, Listed, Version, all_versions};
use crate::commands::policy::show;
use crate::failure::Failure;
use crate::terminal::table;
use serde::Deserialize;
use serde_json::{Value, json};

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: At,
    /// The versions and their activations as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Deserialize)]
struct Activation {
    policy: String,
    from: String,
    until: Option<String>,
    floor: Option<String>,
}

pub(super) async fn run(args: &Args) -> Result<(), Failure> {
    let api = args.at.api()?;
    if args.json {
        let versions: Listed<Value> = api.get("/v1/policies?limit=200").await?;
        let activations: Listed<Value> = api.get("/v1/activations").await?;
        return show::json(&json!({ "versions": versions.items, "activations": activations.items }));
    }
    let versions = all_versions(&api).await?;
    let activations: Listed<Activation> = api.get("/v1/activations").await?;
    let mut shown =
        table(&["policy", "version", "status", "activated", "contract", "uploaded", "digest", "id"]);
    for version in versions {
        let periods: Vec<String> =
            activations.items.iter().filter(|one| one.policy == version.id).map(period).collect();
        let Version { id, name, version, digest, contract, status, created_at } = version;
        let digest = digest.chars().take(12).collect();
        shown.add_row([name, version, status, periods.join("\n"), contract, created_at, digest, id]);
    }
    out!("{shown}");
    Ok(())
}

fn period(one: &Activation) -> String {
    let until = one.until.as_deref().map_or_else(String::new, |until| format!(" until {until}"));
    let floor = one.floor.as_deref().map_or_else(String::new, |floor| format!(" as the floor of {floor}"));
    format!("from {}{until}{floor}", one.from)
}
