//! The packs' scenario tables, rule by rule, run through the real components.
//!
//! A table is `plugins/PACK/scenarios/RULE.toml`: facts laid over the pack's `base.toml`, and the answer that
//! is expected. Needs the packs' modules: `plugins/build.sh` builds them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // Test code, what is outside test functions too.

mod scenario;

use scenario::pack::Pack;
use std::collections::BTreeSet;

fn packs() -> Vec<Pack> {
    let packs = Pack::all();
    assert!(packs.len() >= 2, "the packs' scenarios are not where they were");
    packs
}

#[test]
fn every_scenario_is_answered_as_its_table_says() {
    let mut wrong = Vec::new();
    let mut run = 0;
    for pack in packs() {
        for table in pack.tables() {
            for scenario in &table.scenarios {
                run += 1;
                if let Err(difference) = pack.run(scenario) {
                    wrong.push(format!("{} · {}\n{difference}", table.rule, scenario.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {run} scenarios differ:\n\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_table_of_a_rule_shows_the_rule_at_work() {
    for pack in packs() {
        for table in pack.tables() {
            let cited: BTreeSet<String> =
                table.scenarios.iter().flat_map(|scenario| pack.rules_in_answer(scenario)).collect();
            assert!(cited.contains(&table.rule), "no scenario of {} is decided by it", table.rule);
        }
    }
}

#[test]
fn every_rule_has_a_table_or_runs_elsewhere() {
    for pack in packs() {
        let tables: BTreeSet<String> = pack.tables().iter().map(|table| table.rule.clone()).collect();
        let declared = pack.rules();
        assert!(tables.is_subset(&declared), "tables of rules that nobody declares: {tables:?}");
        println!("{}: {} rules, {} with a table", pack.name, declared.len(), tables.len());
        let silent: BTreeSet<_> = declared.difference(&tables).cloned().collect();
        assert_eq!(
            silent,
            pack.rules_elsewhere(),
            "{}: rules without a table, against its README",
            pack.name
        );
    }
}

#[test]
fn every_text_is_there_in_both_languages() {
    for pack in packs() {
        let manifest = pack.manifest();
        let rules = manifest.rules.iter().flat_map(|rule| [&rule.title, &rule.text]);
        let labels = manifest.attributes.iter().map(|attribute| &attribute.label);
        for text in rules.chain(labels).chain(manifest.roles.iter().map(|role| &role.title)) {
            assert!(!text.zh.is_ascii(), "not Chinese: {}", text.zh);
            assert!(text.en.is_ascii(), "not English: {}", text.en);
        }
    }
}
