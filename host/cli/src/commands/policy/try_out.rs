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
use sanbao_policy::question::{
    Approval, Charges, Coverage, Keep, Milestones, Notices, Penalty, Question, Replaced, RequiredStock,
    Targets, Visits,
};
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
    #[arg(long, alias = "ask", value_enum, default_value_t)]
    interface: Ask,
    /// The answer and everything about it as JSON.
    #[arg(long)]
    json: bool,
    /// Language of titles and texts.
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
}

/// The questions that can be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Ask {
    /// Is this claim covered?
    #[default]
    Coverage,
    /// Who must approve the `request` of the facts?
    Approval,
    /// What is due after the `event` of the facts?
    ServiceLevel,
    /// Which figures are aimed at?
    Targets,
    /// What follows from the `finding` of the facts?
    Penalty,
    /// How long must the `part` of the facts be kept?
    Keep,
    /// What becomes of the `part` of the facts, once it is replaced?
    Replaced,
    /// What must be held in stock?
    RequiredStock,
    /// What does the `remedy` of the facts cost, made up of the `items`?
    Charges,
    /// Who is told what after the `event` of the facts?
    Notices,
    /// Which visits follow the `event` of the facts?
    FollowUp,
}

impl From<Ask> for Interface {
    fn from(ask: Ask) -> Self {
        match ask {
            Ask::Coverage => Self::Coverage,
            Ask::Approval => Self::Approval,
            Ask::ServiceLevel | Ask::Targets => Self::ServiceLevel,
            Ask::Penalty => Self::Penalty,
            Ask::Keep | Ask::Replaced | Ask::RequiredStock => Self::Retention,
            Ask::Charges => Self::Charges,
            Ask::Notices => Self::Notices,
            Ask::FollowUp => Self::FollowUp,
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
    let (case, more) = (facts.case, facts.more);
    let lacks = |what: &'static str, sample: &'static str| {
        let path = args.facts.display().to_string();
        move || Failure::input(format!("{path}: {what} is missing"), format!("add \"{what}\": {sample}"))
    };
    let event = lacks("event", "\"goods-received\"");
    let part = lacks("part", r#"{ "number": "P-1", "kind": "electronic" }"#);
    Ok(match args.interface {
        Ask::Coverage => {
            let (decision, took) = timed(policy, &terms, &Coverage { case });
            let cover = decision.outcome.as_ref().ok().and_then(|verdict| verdict.cover.as_ref());
            let until = cover.and_then(|cover| terms.calendar.last_day(cover.starts, cover.term).ok());
            Tried::new(&decision, took, until)
        }
        Ask::Approval => {
            let sample = r#"{ "remedy": "repair", "offered": true, "disputed": false }"#;
            let request = more.request.ok_or_else(lacks("request", sample))?;
            tried(policy, &terms, &Approval { case, request })
        }
        Ask::ServiceLevel => {
            tried(policy, &terms, &Milestones { case, event: more.event.ok_or_else(event)? })
        }
        Ask::Targets => tried(policy, &terms, &Targets { settings: case.settings }),
        Ask::Penalty => {
            let sample = r#"{ "kind": "deliberate-damage", "found": "2024-05-01", "serious": true }"#;
            let finding = more.finding.ok_or_else(lacks("finding", sample))?;
            tried(policy, &terms, &Penalty { case, finding })
        }
        Ask::Keep => tried(policy, &terms, &Keep { case, part: more.part.ok_or_else(part)? }),
        Ask::Replaced => tried(policy, &terms, &Replaced { case, part: more.part.ok_or_else(part)? }),
        Ask::RequiredStock => tried(policy, &terms, &RequiredStock { settings: case.settings }),
        Ask::Charges => {
            let remedy = more.remedy.ok_or_else(lacks("remedy", "\"repair\""))?;
            let sample = r#"[{ "kind": "labour", "code": "L-1", "quantity": { "digits": 1, "scale": 0 } }]"#;
            let items = more.items.ok_or_else(lacks("items", sample))?;
            tried(policy, &terms, &Charges { case, remedy, items })
        }
        Ask::Notices => tried(policy, &terms, &Notices { case, event: more.event.ok_or_else(event)? }),
        Ask::FollowUp => tried(policy, &terms, &Visits { case, event: more.event.ok_or_else(event)? }),
    })
}

fn tried<Q>(policy: &Policy, terms: &Terms, question: &Q) -> Tried
where
    Q: Question + Clone,
    Q::Answer: Serialize,
{
    let (decision, took) = timed(policy, terms, question);
    Tried::new(&decision, took, None)
}

/// Asks once to warm up, so that the time shown is that of a host in service, and once for the answer.
fn timed<Q: Question + Clone>(
    policy: &Policy,
    terms: &Terms,
    question: &Q,
) -> (Decision<Q::Answer>, Duration) {
    policy.ask(terms, question.clone());
    let question = question.clone();
    let start = Instant::now();
    let decision = policy.ask(terms, question);
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
