//! All scenarios of a policy, within limits, and what came of them.

use super::form::{Scenario, Table};
use super::run::{Asked, Given};
use super::set::Set;
use crate::contract::Interface;
use crate::limits::Limits;
use crate::policy::Policy;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Failed scenarios that a report names.
const NAMED: usize = 50;
/// Bytes of one value in a report.
const VALUE: usize = 1_000;

/// What all scenarios together may take. Fuel makes the limit the same everywhere; time is the backstop.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Fuel of all calls.
    pub fuel: u64,
    /// Wall time from the first call.
    pub time: Duration,
}

impl Default for Budget {
    fn default() -> Self {
        Self { fuel: 10_000_000_000, time: Duration::from_secs(30) }
    }
}

/// What came of a policy's scenarios.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioReport {
    /// Scenarios that it has.
    pub total: usize,
    /// By interface, in the order of the contract; those that nothing asks are left out.
    pub interfaces: Vec<InterfaceReport>,
    /// The first 50 that were not answered as their table says.
    pub failed: Vec<Failed>,
    /// Why not all were run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stopped>,
}

/// What ended a run early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stopped {
    /// They used their fuel.
    Fuel,
    /// They took too long.
    Time,
}

/// The scenarios that ask one interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterfaceReport {
    /// Which.
    pub interface: Interface,
    /// Scenarios that were run.
    pub scenarios: usize,
    /// Those that were answered as their table says.
    pub passed: usize,
    /// Those that were not.
    pub failed: usize,
    /// What the calls cost.
    pub fuel: Fuel,
}

/// Fuel of calls, the same on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fuel {
    /// Half of the calls took no more.
    pub p50: u64,
    /// The dearest call.
    pub max: u64,
    /// All calls.
    pub total: u64,
}

/// A scenario that was not answered as its table says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// The rule whose table it is in.
    pub rule: String,
    /// Its name there.
    pub name: String,
    /// What it asks.
    pub interface: Interface,
    /// Parts of the answer that are others than expected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deviations: Vec<Deviation>,
    /// Why there is no answer to compare.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// A part of an answer that is another than expected; values as JSON, cut at 1,000 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation {
    /// Which.
    pub part: String,
    /// What the table says.
    pub expected: String,
    /// What the policy answered; absent where the answer has no such part.
    pub given: Option<String>,
}

impl ScenarioReport {
    /// Scenarios that were run.
    pub fn run(&self) -> usize {
        self.interfaces.iter().map(|one| one.scenarios).sum()
    }

    /// Scenarios that were not answered as their table says.
    pub fn failures(&self) -> usize {
        self.interfaces.iter().map(|one| one.failed).sum()
    }
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(error) = &self.error {
            return f.write_str(error);
        }
        for (i, one) in self.deviations.iter().enumerate() {
            let given = one.given.as_deref().unwrap_or("nothing");
            let and = if i == 0 { "" } else { "; " };
            write!(f, "{and}{}: expected {}, given {given}", one.part, one.expected)?;
        }
        Ok(())
    }
}

impl Scenario {
    /// Where an answer is another than expected; parts that the table does not state do not matter.
    pub fn deviations(&self, given: &Given) -> Vec<Deviation> {
        let other = self.expect.iter().filter(|(part, expected)| given.short.get(*part) != Some(expected));
        let deviation = |(part, expected): (&String, &Json)| Deviation {
            part: part.clone(),
            expected: shown(expected),
            given: given.short.get(part).map(shown),
        };
        other.map(deviation).collect()
    }
}

fn shown(value: &Json) -> String {
    let mut text = value.to_string();
    if text.len() > VALUE {
        text.truncate(text.floor_char_boundary(VALUE));
        text.push('…');
    }
    text
}

impl Set {
    /// Asks everything, until the budget is used up. Call it where blocking is allowed.
    pub fn run(&self, policy: &Policy, budget: Budget) -> ScenarioReport {
        let mut tally = Tally {
            until: Instant::now() + budget.time,
            fuel: budget.fuel,
            by: BTreeMap::new(),
            failed: Vec::new(),
            stopped: None,
        };
        let all = self.tables().iter().flat_map(|table| table.scenarios.iter().map(move |one| (table, one)));
        for (table, scenario) in all {
            let usual = Limits::default();
            // Fuel is what ends a call, so that it ends the same everywhere.
            let limits = Limits { deadline: tally.until.saturating_duration_since(Instant::now()), ..usual };
            if tally.fuel < usual.fuel || limits.deadline.is_zero() {
                let time = limits.deadline.is_zero();
                tally.stopped = Some(if time { Stopped::Time } else { Stopped::Fuel });
                break;
            }
            let asked = {
                let _turn = policy.engine().turn_to_check();
                self.ask(policy, scenario, limits)
            };
            tally.count(table, scenario, asked);
        }
        tally.report(self.len())
    }
}

struct Tally {
    until: Instant,
    fuel: u64,
    by: BTreeMap<Interface, Sum>,
    failed: Vec<Failed>,
    stopped: Option<Stopped>,
}

/// Of the scenarios that ask one interface.
#[derive(Default)]
struct Sum {
    run: usize,
    failed: usize,
    /// Of each call that was made.
    fuel: Vec<u64>,
}

impl Tally {
    fn count(&mut self, table: &Table, scenario: &Scenario, asked: Asked) {
        let interface = scenario.asks().interface();
        let (deviations, error) = match &asked.outcome {
            Ok(given) => (scenario.deviations(given), None),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
        let failed = error.is_some() || !deviations.is_empty();
        self.fuel = self.fuel.saturating_sub(asked.fuel);
        let sum = self.by.entry(interface).or_default();
        sum.run += 1;
        sum.failed += usize::from(failed);
        sum.fuel.extend((asked.fuel > 0).then_some(asked.fuel));
        if failed && self.failed.len() < NAMED {
            let (rule, name) = (table.rule.clone(), scenario.name.clone());
            self.failed.push(Failed { rule, name, interface, deviations, error });
        }
    }

    fn report(self, total: usize) -> ScenarioReport {
        let interface = |(interface, mut sum): (Interface, Sum)| {
            sum.fuel.sort_unstable();
            InterfaceReport {
                interface,
                scenarios: sum.run,
                passed: sum.run - sum.failed,
                failed: sum.failed,
                fuel: Fuel {
                    p50: sum.fuel.get(sum.fuel.len().saturating_sub(1) / 2).copied().unwrap_or_default(),
                    max: sum.fuel.last().copied().unwrap_or_default(),
                    total: sum.fuel.iter().sum(),
                },
            }
        };
        let interfaces = self.by.into_iter().map(interface).collect();
        ScenarioReport { total, interfaces, failed: self.failed, stopped: self.stopped }
    }
}
