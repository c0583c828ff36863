//! `sanbao demo`: a host in this process, and the life of two dozen tickets through its HTTP API alone.

mod play;
mod scenes;
mod setup;
mod show;
mod state;
mod stories;

use crate::api::Api;
use crate::commands::serve;
use crate::failure::Failure;
use crate::terminal::say;
use sanbao_server::{Config, Host};
use state::State;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where the demo keeps its database and its state.
    #[arg(long, default_value = "var/demo")]
    dir: PathBuf,
    /// Start over: forget the tickets of the last run.
    #[arg(long)]
    fresh: bool,
    /// End after the story with exit code 0 when all came as it must, else 1. The environment variable CI
    /// does the same.
    #[arg(long)]
    once: bool,
    /// Where to listen. Without it: 127.0.0.1:8080, or a free port when that is taken.
    #[arg(long, env = "SANBAO_LISTEN")]
    listen: Option<SocketAddr>,
    /// Folder with the policy packs that plugins/build.sh made.
    #[arg(long, default_value = "plugins/target/wasm32-unknown-unknown/release")]
    packs: PathBuf,
}

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    serve::start_logging("warn", serve::LogFormat::Text);
    serve::runtime()?.block_on(demo(args))
}

async fn demo(args: Args) -> Result<(), Failure> {
    let packs = setup::packs(&args.packs);
    if let Some(missing) = packs.iter().find(|pack| !pack.file.is_file()) {
        return Err(Failure::input(
            format!("no policy pack at {}", missing.file.display()),
            "plugins/build.sh builds the packs; make demo does it all",
        ));
    }
    if args.fresh {
        start_over(&args.dir)?;
    }
    std::fs::create_dir_all(&args.dir).map_err(Failure::file(&args.dir))?;
    let mut state = State::open(&args.dir)?;
    let host = start(&args).await?;
    let base = format!("http://{}", host.address());
    let outcome = story(&base, &args.dir, &packs, &mut state).await;
    let ended = match outcome {
        Ok(differences) if args.once || in_ci() => verdict(&differences),
        Ok(differences) => {
            // Shown, but somebody is watching: the host stays.
            let _ = verdict(&differences).map_err(|failure| failure.print());
            let key = |name: &str| state.parties.get(name).map(|party| party.key.clone()).unwrap_or_default();
            show::try_it(&base, &key("store"), &key("brand"));
            serve::until_told_to_stop().await
        }
        Err(failure) => Err(failure),
    };
    host.stop().await;
    ended
}

/// Sets up, plays, shows; what differs comes back.
async fn story(
    base: &str,
    dir: &Path,
    packs: &[setup::Pack],
    state: &mut State,
) -> Result<Vec<String>, Failure> {
    let api = Api::new(base, "")?;
    if !state.is_new() {
        say("going on from the last run (make demo FRESH=1 starts over)");
    }
    let admin = || serve::read_admin_key(&dir.join(ADMIN_KEY));
    setup::set_up(&api, admin, packs, state).await?;
    let outcome = play::play(&api, state).await?;
    show::tickets(&outcome.acts);
    let mut differences = outcome.differences;
    for story in stories::all() {
        stories::tell(&api, &story, state, &mut differences).await?;
    }
    Ok(differences)
}

fn verdict(differences: &[String]) -> Result<(), Failure> {
    if differences.is_empty() {
        out!("every verdict and every state is as the regulations say");
        return Ok(());
    }
    Err(Failure::No(format!("not as expected:\n  {}", differences.join("\n  "))))
}

fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "0" && value != "false")
}

const DATABASE: &str = "sanbao.sqlite";
const ADMIN_KEY: &str = "admin.key";
const OUTBOX: &str = "outbox";

/// Removes what an earlier demo left, and nothing else.
fn start_over(dir: &Path) -> Result<(), Failure> {
    let left = ["", "-wal", "-shm"].map(|end| format!("{DATABASE}{end}"));
    for name in left.iter().map(String::as_str).chain([ADMIN_KEY, "state.json"]) {
        let path = dir.join(name);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Failure::file(&path)(error));
            }
            _ => {}
        }
    }
    let outbox = dir.join(OUTBOX);
    match std::fs::remove_dir_all(&outbox) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::file(&outbox)(error)),
        _ => Ok(()),
    }
}

async fn start(args: &Args) -> Result<Host, Failure> {
    let mut config = Config::new(format!("sqlite:{}", args.dir.join(DATABASE).display()));
    config.movable_clock = true;
    config.outbox.dir = Some(args.dir.join(OUTBOX));
    let key_file = args.dir.join(ADMIN_KEY);
    if let Some(listen) = args.listen {
        config.listen = listen;
        return serve::start(config, &key_file).await;
    }
    match serve::start(config.clone(), &key_file).await {
        Err(Failure::Taken { .. }) => {
            say(format_args!("{} is taken, taking a free port", config.listen));
            config.listen.set_port(0);
            serve::start(config, &key_file).await
        }
        other => other,
    }
}
