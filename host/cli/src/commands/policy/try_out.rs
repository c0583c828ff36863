//! `sanbao policy run`: one question, as a host would ask it.

use super::facts::{self, Facts};
use super::{Lang, accepted, show};
use crate::failure::Failure;
use crate::terminal::say;
use clap::ValueEnum;
use jiff::civil::Date;
use sanbao_policy::contract::Interface;
use sanbao_policy::decision::{Decision, Terms};
use sanbao_policy::policy::Policy;
use sanbao_policy::question::{Approval, Coverage, Milestones};
use serde::Serialize;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The policy: a component or a core module.
    file: PathBuf,
    /// The facts, as JSON; `sanbao policy facts FILE` prints one to start from.
    #[arg(long, value_name = "FILE")]
    facts: PathBuf,
    /// Which question to ask.
    #[arg(long, value_enum, default_value_t)]
    interface: Ask,
    /// The answer and everything about it as JSON.
    #[arg(long)]
    json: bool,
    /// Language of titles and texts.
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
}

/// The questions that can be asked.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Ask {
    /// Is this claim covered?
    #[default]
    Coverage,
    /// Who must approve the `request` of the facts?
    Approval,
    /// What is due after the `event` of the facts?
    ServiceLevel,
}

impl From<Ask> for Interface {
    fn from(ask: Ask) -> Self {
        match ask {
            Ask::Coverage => Self::Coverage,
            Ask::Approval => Self::Approval,
            Ask::ServiceLevel => Self::ServiceLevel,
        }
    }
}

/// An answer with all that was measured.
pub(super) struct Tried {
    pub(super) answer: Result<Value, String>,
    pub(super) fuel: u64,
    pub(super) log: Value,
    pub(super) took: Duration,
    /// Last day of the cover that was looked at.
    pub(super) until: Option<Date>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let policy = accepted(&args.file)?;
    let interface = Interface::from(args.interface);
    if !policy.exports(interface) {
        return Err(Failure::input(
            format!("the policy does not export {}", interface.name()),
            "the host answers this question with its own baseline; ask another one",
        ));
    }
    let facts = facts::read(&args.facts, policy.manifest())?;
    for (path, question) in &facts.unmet {
        say(format_args!("warning: {path} is required and not given: {}", question.get(args.lang.into())));
    }
    let tried = ask(&policy, facts, args)?;
    if args.json {
        let manifest = policy.manifest();
        let (answer, failure) = match &tried.answer {
            Ok(answer) => (Some(answer), None),
            Err(failure) => (None, Some(failure)),
        };
        show::json(&json!({
            "policy": { "name": manifest.name, "version": manifest.version, "digest": policy.digest() },
            "interface": interface.name(),
            "answer": answer,
            "until": tried.until,
            "failure": failure,
            "rules": answer.map(|answer| show::rules(answer, manifest, args.lang.into())),
            "log": tried.log,
            "fuel": tried.fuel,
            "nanoseconds": u64::try_from(tried.took.as_nanos()).unwrap_or(u64::MAX),
        }))?;
    } else {
        show::tried(&tried, policy.manifest(), args.lang.into());
    }
    match tried.answer {
        Ok(_) => Ok(()),
        Err(_) if args.json => Err(Failure::No(String::new())),
        Err(_) => {
            Err(Failure::No("the policy gave no answer; a host would pass the claim to a person".to_owned()))
        }
    }
}

fn ask(policy: &Policy, facts: Facts, args: &Args) -> Result<Tried, Failure> {
    let terms = Terms::new(facts.calendar);
    let lacks = |what: &str, sample: &str| {
        Failure::input(
            format!("{}: {what} is missing", args.facts.display()),
            format!("add \"{what}\": {sample}"),
        )
    };
    Ok(match args.interface {
        Ask::Coverage => {
            let (decision, took) = timed(|| policy.ask(&terms, Coverage { case: facts.case.clone() }));
            let cover = decision.outcome.as_ref().ok().and_then(|verdict| verdict.cover.as_ref());
            let until = cover.and_then(|cover| terms.calendar.last_day(cover.starts, cover.term).ok());
            Tried::new(&decision, took, until)
        }
        Ask::Approval => {
            let request = facts.request.ok_or_else(|| {
                lacks("request", r#"{ "remedy": "repair", "offered": true, "disputed": false }"#)
            })?;
            let (decision, took) =
                timed(|| policy.ask(&terms, Approval { case: facts.case.clone(), request: request.clone() }));
            Tried::new(&decision, took, None)
        }
        Ask::ServiceLevel => {
            let event = facts.event.ok_or_else(|| lacks("event", "\"goods-received\""))?;
            let (decision, took) =
                timed(|| policy.ask(&terms, Milestones { case: facts.case.clone(), event }));
            Tried::new(&decision, took, None)
        }
    })
}

/// Asks once to warm up, so that the time shown is that of a host in service, and once for the answer.
fn timed<T>(ask: impl Fn() -> Decision<T>) -> (Decision<T>, Duration) {
    ask();
    let start = Instant::now();
    let decision = ask();
    (decision, start.elapsed())
}

impl Tried {
    fn new<T: Serialize>(decision: &Decision<T>, took: Duration, until: Option<Date>) -> Self {
        let answer = decision.outcome.as_ref().map_err(ToString::to_string);
        Self {
            answer: answer.and_then(|answer| serde_json::to_value(answer).map_err(|error| error.to_string())),
            fuel: decision.fuel(),
            log: serde_json::to_value(decision.log()).unwrap_or_default(),
            took,
            until,
        }
    }
}
