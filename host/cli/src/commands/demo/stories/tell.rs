//! Tells a story: does what was not done yet, checks every answer, and shows it all line by line.

use super::names::{Names, kept, plain};
use super::{Beat, Does, Story};
use crate::api::{Api, ApiError, Body};
use crate::commands::demo::setup::as_party;
use crate::commands::demo::state::State;
use crate::failure::Failure;
use crate::terminal::say;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long a story waits for the host's own work, and how often it looks.
const PATIENCE: Duration = Duration::from_secs(60);
const EVERY: Duration = Duration::from_millis(100);

#[derive(Deserialize)]
struct Clock {
    now: Timestamp,
}

/// Tells a story from where it was; what differs from what must come is added to `differences`, and ends it.
pub(in super::super) async fn tell(
    host: &Api,
    story: &Story,
    state: &mut State,
    differences: &mut Vec<String>,
) -> Result<(), Failure> {
    say(format_args!("story: {}", story.title));
    let mut told = state.stories.get(story.name).cloned().unwrap_or_default();
    for (number, beat) in story.beats.iter().enumerate().skip(told.len()) {
        match perform(host, story, number, beat, state).await {
            Ok(line) => told.push(line),
            Err(Difference::Failure(failure)) => return Err(failure),
            Err(Difference::Other(what)) => {
                differences.push(format!("{}, {}: {what}", story.name, beat.says));
                break;
            }
        }
        state.stories.insert(story.name.to_owned(), told.clone());
        state.save()?;
    }
    out!("\n{}", story.title);
    told.iter().for_each(|line| out!("  {line}"));
    Ok(())
}

enum Difference {
    Failure(Failure),
    Other(String),
}

impl<E: Into<Failure>> From<E> for Difference {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

async fn perform(
    host: &Api,
    story: &Story,
    number: usize,
    beat: &Beat,
    state: &mut State,
) -> Result<String, Difference> {
    let mut actor = as_party(host, state, beat.by)?;
    if let Some(key) = beat.person.and_then(|person| state.ids.get(&kept(story.name, person))) {
        actor = actor.with_key(key);
    }
    let clock: Clock = actor.get("/v1/clock").await?;
    let names = Names { story: story.name, state, now: clock.now };
    let once = format!("demo-story-{}-{number}", story.name);
    let outcome = match &beat.does {
        Does::Wait(amount, unit) => {
            let by = json!({ "by": { "amount": amount, "unit": unit } });
            let _: Value =
                actor.send(Method::POST, "/v1/clock/advance", Body::Json(&by), Some(&once)).await?.body;
            String::new()
        }
        Does::Refused { path, body, kind } => {
            let mut body = body.clone();
            names.fill(&mut body);
            let path = names.path(path);
            match actor.send::<Value>(Method::POST, &path, Body::Json(&body), Some(&once)).await {
                Ok(_) => return Err(Difference::Other(format!("done, expected a refusal: {kind}"))),
                Err(ApiError::Refused { problem, .. }) if problem.kind.ends_with(kind) => {
                    format!("refused: {}", problem.title)
                }
                Err(ApiError::Refused { problem, .. }) => {
                    let (was, title) = (&problem.kind, &problem.title);
                    return Err(Difference::Other(format!("refused as {was} ({title}), expected {kind}")));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Does::Send { method, path, body } => {
            let mut body = body.clone();
            if let Some(body) = &mut body {
                names.fill(body);
            }
            let path = names.path(path);
            let sent = body.as_ref().map_or(Body::None, Body::Json);
            let once = (method != Method::GET).then_some(once.as_str());
            let answer = match actor.send::<Value>(method.clone(), &path, sent, once).await {
                Ok(answer) => answer.body,
                Err(error @ ApiError::Refused { .. }) => return Err(Difference::Other(error.to_string())),
                Err(error) => return Err(error.into()),
            };
            seen(beat, story, &answer, state)?
        }
        Does::Until { path, pointer, value } => {
            let answer = until(&actor, &names.path(path), pointer, value).await?;
            seen(beat, story, &answer, state)?
        }
    };
    let zone = TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC);
    let at = clock.now.to_zoned(zone).strftime("%m-%d %H:%M").to_string();
    let arrow = if outcome.is_empty() { "" } else { " → " };
    Ok(format!("{at}  {:<12} {}{arrow}{outcome}", beat.by.key(), beat.says))
}

/// Checks, keeps and shows what the host answered.
fn seen(beat: &Beat, story: &Story, answer: &Value, state: &mut State) -> Result<String, Difference> {
    for (pointer, expected) in &beat.expects {
        let was = answer.pointer(pointer);
        if was != Some(expected) {
            let was = plain(was);
            return Err(Difference::Other(format!("{pointer} is {was}, expected {expected}")));
        }
    }
    for (name, pointer) in &beat.keeps {
        let Some(value) = answer.pointer(pointer) else {
            return Err(Difference::Other(format!("the answer has no {pointer}")));
        };
        state.ids.insert(kept(story.name, name), plain(Some(value)));
    }
    let shown: Vec<String> = beat.shows.iter().map(|pointer| plain(answer.pointer(pointer))).collect();
    Ok(shown.join(" · "))
}

/// Asks until the host is as far as expected.
async fn until(actor: &Api, path: &str, pointer: &str, wanted: &Value) -> Result<Value, Difference> {
    let started = Instant::now();
    loop {
        let answer: Value = actor.get(path).await?;
        let was = answer.pointer(pointer);
        let enough = match (was.and_then(Value::as_u64), wanted.as_u64()) {
            (Some(was), Some(wanted)) => was >= wanted,
            _ => was == Some(wanted),
        };
        if enough {
            return Ok(answer);
        }
        if started.elapsed() > PATIENCE {
            let was = plain(was);
            return Err(Difference::Other(format!("{pointer} is still {was}, expected {wanted}")));
        }
        tokio::time::sleep(EVERY).await;
    }
}
