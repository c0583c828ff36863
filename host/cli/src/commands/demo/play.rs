//! Plays the scenes: opens each ticket once, takes it through its steps, and notes what differs from what
//! the regulations say must come.

use super::scenes::{self, Scene, Step};
use super::setup::as_party;
use super::state::{Played, State};
use crate::api::{Api, ApiError, Body, escape};
use crate::failure::Failure;
use crate::terminal::Progress;
use crate::verdict::Ticket;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Instant;

/// A scene with its ticket as it is now.
pub(super) struct Act {
    pub(super) scene: Scene,
    pub(super) ticket: Ticket,
    pub(super) took_ms: f64,
}

/// What came of the story.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) acts: Vec<Act>,
    pub(super) differences: Vec<String>,
}

#[derive(Deserialize)]
struct Clock {
    now: Timestamp,
}

/// The day it is for the parties of the demo.
pub(super) async fn today(api: &Api) -> Result<Date, ApiError> {
    let clock: Clock = api.get("/v1/clock").await?;
    let zone = TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC);
    Ok(clock.now.to_zoned(zone).date())
}

/// Plays what has not been played yet, and looks at every ticket.
pub(super) async fn play(host: &Api, state: &mut State) -> Result<Outcome, Failure> {
    let count = scenes::all(Date::default()).len();
    let mut outcome = Outcome::default();
    let progress = Progress::start("tickets", count as u64);
    for index in 0..count {
        // The clock may have moved since the last scene.
        let first = as_party(host, state, scenes::Who::Store)?;
        let Some(scene) = scenes::all(today(&first).await?).into_iter().nth(index) else { break };
        match perform(host, &scene, state).await {
            Ok((ticket, took_ms)) => outcome.acts.push(Act { scene, ticket, took_ms }),
            Err(Failure::Api(error @ ApiError::Refused { .. })) => {
                outcome.differences.push(format!("{}: {error}", scene.reference));
            }
            Err(failure) => return Err(failure),
        }
        progress.advance();
    }
    progress.finish();
    // Time passed in the last scene, so all of them are looked at again.
    for act in &mut outcome.acts {
        act.ticket =
            as_party(host, state, act.scene.by)?.get(&format!("/v1/tickets/{}", act.ticket.id)).await?;
        outcome.differences.extend(compare(&act.scene, &act.ticket));
    }
    Ok(outcome)
}

async fn perform(host: &Api, scene: &Scene, state: &mut State) -> Result<(Ticket, f64), Failure> {
    let opener = as_party(host, state, scene.by)?;
    let mut played = match state.scenes.get(scene.reference) {
        Some(played) => played.clone(),
        None => {
            let (ticket, took_ms) = open(&opener, scene, state).await?;
            note(state, scene, Played { ticket, took_ms, steps: 0 })?
        }
    };
    let path = format!("/v1/tickets/{}", played.ticket);
    let mut ticket: Ticket = opener.get(&path).await?;
    for (number, step) in scene.steps.iter().enumerate().skip(played.steps) {
        let once = format!("demo-{}-{number}", scene.reference);
        match step {
            Step::Command { by, name, body, .. } => {
                let claim = ticket.claims.first().map(|claim| claim.id.clone()).unwrap_or_default();
                let path = format!("{path}/claims/{claim}/{name}");
                let actor = as_party(host, state, *by)?;
                let _: Value = actor.send(Method::POST, &path, Body::Json(body), Some(&once)).await?.body;
            }
            Step::Days(days) => {
                let by = json!({ "by": { "amount": days, "unit": "days" } });
                let _: Value =
                    opener.send(Method::POST, "/v1/clock/advance", Body::Json(&by), Some(&once)).await?.body;
            }
            Step::Missed => {}
        }
        played = note(state, scene, Played { steps: number + 1, ..played })?;
        ticket = opener.get(&path).await?;
    }
    Ok((ticket, played.took_ms))
}

fn note(state: &mut State, scene: &Scene, played: Played) -> Result<Played, Failure> {
    state.scenes.insert(scene.reference.to_owned(), played.clone());
    state.save()?;
    Ok(played)
}

/// The ticket with the scene's reference, opened if it is not there; its id and the time that took.
async fn open(opener: &Api, scene: &Scene, state: &State) -> Result<(String, f64), Failure> {
    #[derive(Deserialize)]
    struct Found {
        items: Vec<Ticket>,
    }
    // After a crash between the answer and the state file.
    let path = format!("/v1/tickets?reference={}", escape(scene.reference));
    let found: Found = opener.get(&path).await?;
    if let Some(ticket) = found.items.into_iter().next() {
        return Ok((ticket.id, 0.0));
    }
    let mut body = scene.body.clone();
    body["reference"] = json!(scene.reference);
    fill_in(&mut body, state);
    let start = Instant::now();
    let ticket: Ticket = opener.post("/v1/tickets", &body).await?;
    Ok((ticket.id, start.elapsed().as_secs_f64() * 1e3))
}

/// Puts the ids in where the scene says "$name".
fn fill_in(value: &mut Value, state: &State) {
    match value {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix('$') {
                let party = state.parties.get(name).map(|party| &party.id);
                if let Some(id) = party.or_else(|| state.ids.get(name)) {
                    *text = id.clone();
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill_in(item, state)),
        Value::Object(fields) => fields.values_mut().for_each(|field| fill_in(field, state)),
        _ => {}
    }
}

fn compare(scene: &Scene, ticket: &Ticket) -> Vec<String> {
    let reference = scene.reference;
    let Some(claim) = ticket.claims.first() else {
        return vec![format!("{reference}: the ticket has no claim")];
    };
    let mut differences = Vec::new();
    let mut differs = |what: &str, expected: &str, got: &str| {
        differences.push(format!("{reference}: {what} is {got:?}, expected {expected:?}"));
    };
    let ruling = claim.ruling.as_deref().unwrap_or_default();
    if ruling != scene.ruling {
        differs("the ruling", scene.ruling, ruling);
    }
    let remedy = claim.offers.first().map(|offer| offer.remedy.as_str());
    if remedy != scene.remedy {
        differs("the first offer", scene.remedy.unwrap_or("none"), remedy.unwrap_or("none"));
    }
    let cited = claim.rules();
    if let Some(rule) = scene.rules.iter().find(|rule| !cited.contains(rule)) {
        differs("the list of rules", &format!("one with {rule}"), &cited.join(" "));
    }
    let last = scene.steps.iter().rev().find_map(|step| match step {
        Step::Command { leads_to, .. } => Some(*leads_to),
        _ => None,
    });
    if let Some(state) = last.filter(|state| *state != claim.state) {
        differs("the state", state, &claim.state);
    }
    let missed = claim.deadlines.iter().any(|deadline| deadline.state == "missed");
    if scene.steps.iter().any(|step| matches!(step, Step::Missed)) && !missed {
        differs("its deadline", "missed", "not missed");
    }
    differences
}
