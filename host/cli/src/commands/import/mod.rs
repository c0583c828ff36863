//! `sanbao import tickets`: a CSV file becomes tickets, through the HTTP API alone.

mod destination;
mod load;
mod map;
mod report;
mod rows;
mod source;

use crate::api::Api;
use crate::failure::Failure;
use crate::terminal::say;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use map::Map;
use sanbao_domain::calendar::CalendarSpec;
use serde::Deserialize;
use std::path::PathBuf;

/// What can be imported.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Open one ticket for each row of a CSV file. A second import of the same file changes nothing.
    Tickets(Tickets),
}

/// Arguments of `sanbao import tickets`.
#[derive(Args)]
pub(crate) struct Tickets {
    /// The CSV file, with a heading row, in UTF-8.
    file: PathBuf,
    /// The map from its columns to the facts of a claim (TOML; see host/cli/maps/README.md).
    #[arg(long)]
    map: PathBuf,
    /// The host's address.
    #[arg(long, env = "SANBAO_HOST", default_value = "http://127.0.0.1:8080")]
    host: String,
    /// The key of the party that opens the tickets; better in the environment than on the command line.
    #[arg(long, env = "SANBAO_KEY", hide_env_values = true)]
    key: Option<String>,
    /// The day from which ages in days are counted back (default: today).
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Requests under way at once.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=64))]
    jobs: u8,
    /// Check every row and open nothing; needs no host.
    #[arg(long)]
    dry_run: bool,
    /// Write the rejected rows' problems here too, as CSV: line, column, value, reason.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

pub(crate) fn run(command: Command) -> Result<(), Failure> {
    let Command::Tickets(args) = command;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(tickets(args))
}

async fn tickets(args: Tickets) -> Result<(), Failure> {
    let map = Map::read(&args.map)?;
    let host = if args.dry_run { None } else { Some(connect(&args).await?) };
    let today = host.as_ref().map_or_else(today, |(_, today)| *today);
    let sheet = rows::read(&args.file, &map, args.as_of.unwrap_or(today))?;
    let mut rejects = sheet.rejects;
    let good = sheet.rows.len();
    say(format_args!("{}: {} rows, {} can be loaded", args.file.display(), sheet.total, good));

    let mut loaded = Vec::new();
    if let Some((api, _)) = host {
        let outcome = load::load(&api, sheet.rows, usize::from(args.jobs)).await?;
        rejects.extend(outcome.rejects);
        loaded = outcome.loaded;
    }
    rejects.sort_by(|a, b| (a.line, &a.column).cmp(&(b.line, &b.column)));
    report::rejects(&rejects, args.rejects.as_deref())?;
    if args.dry_run {
        out!("{good} of {} rows can be loaded; nothing was opened (--dry-run)", sheet.total);
    } else {
        report::summary(sheet.total, &loaded);
    }
    let bad = report::lines(&rejects);
    if bad == 0 { Ok(()) } else { Err(Failure::No(format!("{bad} of {} rows were rejected", sheet.total))) }
}

/// The host, which is there and knows the key, and the day it is: the earliest among the time zones of the
/// parties that a claim may be against, as nothing may have happened tomorrow.
async fn connect(args: &Tickets) -> Result<(Api, Date), Failure> {
    #[derive(Deserialize)]
    struct Clock {
        now: Timestamp,
    }
    #[derive(Deserialize)]
    struct Parties {
        items: Vec<Party>,
    }
    #[derive(Deserialize)]
    struct Party {
        calendar: CalendarSpec,
    }
    let key = args.key.as_deref().ok_or_else(|| {
        Failure::input("no key for the host", "export SANBAO_KEY=sbk_… with the scope tickets:write")
    })?;
    let api = Api::new(&args.host, key)?;
    let Clock { now } = api.get("/v1/clock").await?;
    let parties: Parties = api.get("/v1/parties").await?;
    let zones = parties.items.iter().filter_map(|party| TimeZone::get(&party.calendar.time_zone).ok());
    let today = zones.map(|zone| now.to_zoned(zone).date()).min();
    Ok((api, today.unwrap_or_else(|| now.to_zoned(TimeZone::UTC).date())))
}

/// The one place where the command line looks at the clock for a day.
#[allow(clippy::disallowed_methods)]
fn today() -> Date {
    jiff::Zoned::now().date()
}
