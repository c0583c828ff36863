//! Where every rule of the catalogue runs, and which tests name it. Prints the table; an id that has no
//! place, a place that does not name its id, or a rule that no test names fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod ids;
mod sources;

use serde::Deserialize;
use sources::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The catalogue: regulations, and their rules in order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    regulation: Vec<Regulation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Regulation {
    prefix: String,
    title: String,
    /// How many rules it has: they are numbered from 1 without a gap.
    rules: u32,
    /// By id.
    rule: BTreeMap<String, Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    says: String,
    /// Paths that run it, each a file or a folder that names the id.
    #[serde(default)]
    runs: Vec<String>,
    /// The manifest that shows it to people, where there is nothing to compute: a scope, or conduct that a
    /// checklist reminds of.
    #[serde(default)]
    shown: Option<String>,
    /// Why nothing runs: a rationale, a statistic, or text that the regulation lacks.
    #[serde(default)]
    nothing: Option<String>,
}

fn main() {
    // Run with any argument of the usual harness, as in `cargo test -- --list`, it has nothing to list.
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    ids::check();
    let catalogue: Catalogue = toml::from_str(include_str!("catalogue.toml")).expect("the catalogue");
    let sources = Sources::read();
    let mut failures = Vec::new();
    let mut table = String::new();
    let (mut run, mut shown_only, mut rationale) = (0, 0, 0);
    for regulation in &catalogue.regulation {
        let prefix = &regulation.prefix;
        writeln!(table, "\n{prefix}: {} ({} rules)", regulation.title, regulation.rules).unwrap();
        let known: BTreeSet<String> = (1..=regulation.rules).map(|n| format!("{prefix}-{n:02}")).collect();
        for id in regulation.rule.keys().filter(|id| !known.contains(*id)) {
            failures.push(format!("{id} is no rule of {prefix}"));
        }
        let tests = sources.tests(prefix);
        for (number, id) in (1..).zip(&known) {
            let Some(rule) = regulation.rule.get(id) else {
                failures.push(format!("{id} is missing from the catalogue"));
                continue;
            };
            let named_by: Vec<&str> = tests
                .iter()
                .filter(|(_, ids)| ids.contains(&number))
                .map(|(name, _)| name.as_str())
                .collect();
            writeln!(table, "  {id}  {}", rule.says).unwrap();
            let places: Vec<&String> = match (&rule.nothing, &rule.shown, rule.runs.as_slice()) {
                (Some(why), None, []) => {
                    rationale += 1;
                    writeln!(table, "          nothing to run: {why}").unwrap();
                    continue;
                }
                (None, Some(manifest), []) => {
                    shown_only += 1;
                    writeln!(table, "          shown by {manifest}").unwrap();
                    vec![manifest]
                }
                (None, None, runs @ [_, ..]) => {
                    run += 1;
                    writeln!(table, "          runs in {}", rule.runs.join(", ")).unwrap();
                    writeln!(table, "          tests   {}", shown(&named_by)).unwrap();
                    if named_by.is_empty() {
                        failures.push(format!("{id}: no test names it"));
                    }
                    runs.iter().collect()
                }
                _ => {
                    failures.push(format!(
                        "{id} must say one thing: where it runs, what shows it, or why nothing does"
                    ));
                    continue;
                }
            };
            for place in places {
                match sources.names(place, prefix) {
                    None => failures.push(format!("{id}: {place} is not there")),
                    Some(ids) if !ids.contains(&number) => {
                        failures.push(format!("{id}: {place} does not name it"))
                    }
                    Some(_) => {}
                }
            }
        }
    }
    println!("{table}");
    println!("{run} rules run, {shown_only} are shown to people, {rationale} have nothing to run.");
    if !failures.is_empty() {
        println!("\nThe catalogue fails in {} places:\n  {}", failures.len(), failures.join("\n  "));
        std::process::exit(1);
    }
}

/// The first three, and how many more.
fn shown(names: &[&str]) -> String {
    let mut text = names.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    if names.len() > 3 {
        write!(text, " and {} more", names.len() - 3).unwrap();
    }
    text
}
