//! Does the component answer the same again?

use super::Given;
use super::context::{Context, Known};
use super::fields::by_replay;
use super::finding::{Finding, Kind};
use crate::check::wrap;
use crate::digest::Digest;
use crate::policy::Policy;
use crate::receipt::Record;
use crate::receipt::repair::Change;
use crate::receipt::sheet::Field;
use std::collections::BTreeMap;

/// Words of failures that depend on the machine.
const UNREPEATABLE: [&str; 2] = ["\"kind\":\"deadline\"", "\"kind\":\"unavailable\""];

impl Context<'_> {
    /// Asks every receipt's component again.
    pub(super) fn components(&mut self, sheets: &[Option<Known>]) {
        let Some(engine) = self.against.engine else { return };
        let wanted: Vec<Digest> =
            sheets.iter().flatten().filter_map(|known| known.text(Field::Component)?.parse().ok()).collect();
        let mut loaded: BTreeMap<Digest, Policy> = BTreeMap::new();
        let mut idle: Vec<String> = Vec::new();
        for given in self.against.components {
            match component(given).filter(|(digest, _)| wanted.contains(digest)) {
                Some((digest, bytes)) => match Policy::load(engine, &bytes) {
                    Ok(policy) => {
                        loaded.insert(digest, policy);
                    }
                    Err(error) => {
                        let message = format!("{} does not load: {error}", given.name);
                        self.findings.push(Finding::new(Kind::Component, message));
                    }
                },
                None => idle.push(format!("{} is {}", given.name, Digest::of(&given.bytes))),
            }
        }
        for (index, known) in sheets.iter().enumerate() {
            let Some(known) = known else { continue };
            let component = known.text(Field::Component).and_then(|text| text.parse::<Digest>().ok());
            let Some(component) = component else {
                self.left_over(index, known);
                continue;
            };
            match loaded.get(&component) {
                Some(policy) => self.replay(index, known, policy),
                None => {
                    self.missing(index, component, &idle);
                    self.left_over(index, known);
                }
            }
        }
    }

    fn missing(&mut self, index: usize, component: Digest, idle: &[String]) {
        let others = match idle {
            [] => String::new(),
            idle => format!("; {}", idle.join(", ")),
        };
        let message = format!("it was given by the component {component}, which was not given here{others}");
        let told = |finding: &Finding| finding.kind == Kind::Component && finding.message == message;
        if !self.findings.iter().any(told) {
            let finding = Finding::new(Kind::Component, message);
            let field = Some("component".to_owned());
            self.findings.push(Finding { receipt: Some(index + 1), field, ..finding });
        }
    }

    /// What only a replay could have told, and none was made.
    fn left_over(&mut self, index: usize, known: &Known) {
        let Some(sheet) = self.parts.receipts[index].sheet.as_ref() else { return };
        for field in known.changed.iter().copied().filter(|field| by_replay(*field)) {
            let mut scratch = Known {
                texts: Default::default(),
                body: known.body,
                changed: Vec::new(),
                listed: known.listed,
            };
            self.changed(index, field, &sheet[field as usize].0, known.listed[field as usize], &mut scratch);
        }
    }

    fn replay(&mut self, index: usize, known: &Known, policy: &Policy) {
        let Some(sheet) = self.parts.receipts[index].sheet.as_ref() else { return };
        let output = known.text(Field::Output).unwrap_or_default();
        if output.starts_with("{\"failure\":") && UNREPEATABLE.iter().any(|word| output.contains(word)) {
            self.not_repeatable += 1;
            return self.left_over(index, known);
        }
        let Some(record) = record(known) else { return self.left_over(index, known) };
        let Some(calendar) = self.calendars.get(&record.calendar).cloned() else {
            return self.left_over(index, known);
        };
        let again = match record.again(policy, &calendar) {
            Ok(again) => again,
            Err(differs) => {
                let finding = Finding::new(Kind::Replay, format!("it cannot be asked again: {differs}"));
                self.findings.push(Finding { receipt: Some(index + 1), ..finding });
                return self.left_over(index, known);
            }
        };
        if *again.engine != *record.engine {
            self.other_engine = Some(again.engine.to_string());
        }
        let mut same = true;
        for (field, answer) in [
            (Field::Output, again.output.clone()),
            (Field::Fuel, again.fuel.to_string()),
            (Field::Log, again.log_text()),
        ] {
            let span = &sheet[field as usize].0;
            let text = self.text(span);
            let Some(change) = Change::between(text, answer.as_bytes()) else { continue };
            same = false;
            // What was hashed decides whether the file was changed or the component answers otherwise.
            if known.listed[field as usize] == Some(Digest::of(answer.as_bytes())) {
                let count = text.iter().zip(answer.as_bytes()).filter(|(is, was)| is != was).count();
                let message = match count {
                    1 if text.len() == answer.len() => {
                        "it was changed; the component answers otherwise".to_owned()
                    }
                    _ => "it was changed in several bytes; the component answers otherwise".to_owned(),
                };
                self.wrong(Kind::Field, Some(index), field.name(), span, Some(change), message);
            } else if known.changed.contains(&field) {
                let mut scratch = Known {
                    texts: Default::default(),
                    body: known.body,
                    changed: Vec::new(),
                    listed: known.listed,
                };
                self.changed(index, field, span, known.listed[field as usize], &mut scratch);
            } else {
                let message = "asked again, the component answers otherwise from here on";
                self.wrong(Kind::Replay, Some(index), field.name(), span, Some(change), message);
            }
        }
        if same {
            self.replayed += 1;
        }
    }
}

/// The component's bytes and digest; a core module is wrapped as an upload is.
fn component(given: &Given) -> Option<(Digest, Vec<u8>)> {
    let wrapped = wrap(&given.bytes).ok()?;
    Some((Digest::of(&wrapped), wrapped))
}

/// The record of what was asked; what was answered matters not.
fn record(known: &Known) -> Option<Record> {
    let text = |field| known.text(field).map(str::to_owned);
    Some(Record {
        function: text(Field::Function)?,
        policy: known.text(Field::Component)?.parse().ok()?,
        contract: text(Field::Contract)?,
        engine: known.text(Field::Engine)?.into(),
        calendar: text(Field::Calendar)?,
        fuel: 0,
        input: text(Field::Input)?,
        output: String::new(),
        log: crate::guest::Log::default(),
    })
}
