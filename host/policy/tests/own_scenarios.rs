//! A policy's own scenarios, run when it is taken in.

#![allow(clippy::unwrap_used, clippy::panic)] // Test code, what is outside test functions too.

mod common;

use common::{compiler, policy};
use sanbao_hostile::Fixture;
use sanbao_policy::check::{CheckReport, Code, Difference, Severity, check, run_scenarios};
use sanbao_policy::contract::Interface;
use sanbao_policy::scenario::{Budget, SECTION, Set, Stopped, add, find};
use serde_json::json;
use std::time::Duration;

const BASE: &str = r#"
calendar = { time_zone = "UTC" }
[facts]
now = "2024-05-04"
jurisdiction = "CN"
claimant = { kind = "consumer" }
respondent = { kind = "store" }
product = { category = "television", model = "T-55", quantity = 1 }
"#;

/// The content of a section with one table.
fn content(rule: &str, scenarios: &str) -> Vec<u8> {
    let table = format!("rule = \"{rule}\"\ntitle = \"t\"\n{scenarios}");
    let files = json!({ "base.toml": BASE, (format!("{rule}.toml")): table });
    serde_json::to_vec(&json!({ "version": 1, "files": files })).unwrap()
}

fn report(fixture: Fixture, content: &[u8]) -> CheckReport {
    let mut steps = Vec::new();
    let component = add(&fixture.component(), content).unwrap();
    let checked = check(&compiler(), &component, &mut |step| steps.push(step));
    assert_eq!(checked.policy.is_some(), checked.report.accepted());
    checked.report
}

const TWO: &str = r#"
[[scenario]]
name = "as it is"
expect = { ruling = "not-covered", cites = ["H-1"], offers = [] }
[[scenario]]
name = "otherwise"
expect = { ruling = "covered", nothing = 1 }
[[scenario]]
name = "a base without a serial number"
without = ["product.serial"]
expect = {}
[[scenario]]
name = "a fact of another form"
facts = { now = "soon" }
expect = {}
[[scenario]]
name = "a question that it does not answer"
ask = "targets"
expect = {}
"#;

#[test]
fn each_failed_scenario_is_a_warning_with_both_answers() {
    let report = report(Fixture::WellBehaved, &content("H-1", TWO));
    assert!(report.accepted());
    let told: Vec<_> =
        report.problems.iter().map(|one| (one.code, one.severity, one.place.as_str())).collect();
    let warned = |place| (Code::ScenarioFails, Severity::Warning, place);
    assert_eq!(
        told,
        [
            warned("scenarios.H-1: otherwise"),
            warned("scenarios.H-1: a base without a serial number"),
            warned("scenarios.H-1: a fact of another form"),
            warned("scenarios.H-1: a question that it does not answer"),
        ]
    );
    let messages: Vec<_> = report.problems.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(
        messages[0],
        r#"nothing: expected 1, given nothing; ruling: expected "covered", given "not-covered""#
    );
    assert_eq!(messages[1], "without: the base has no product.serial");
    assert!(messages[2].starts_with("the facts do not fit: "), "{messages:?}");
    assert_eq!(messages[3], "the policy does not export service-level");

    let run = report.scenarios.unwrap();
    assert_eq!((run.total, run.run(), run.failures(), run.stopped), (5, 5, 4, None));
    let by: Vec<_> = run.interfaces.iter().map(|one| (one.interface, one.scenarios, one.passed)).collect();
    assert_eq!(by, [(Interface::Coverage, 4, 1), (Interface::ServiceLevel, 1, 0)]);
    let fuel = run.interfaces[0].fuel;
    assert!(fuel.max > 0 && fuel.total == 2 * fuel.max, "two calls were made, which cost the same: {fuel:?}");
}

#[test]
fn scenarios_that_cannot_be_read_refuse_the_upload() {
    let told = |content: &[u8]| {
        let report = report(Fixture::WellBehaved, content);
        assert!(!report.accepted());
        assert_eq!(report.problems[0].place, format!("section {SECTION}"));
        assert!(report.problems.iter().all(|one| one.code == Code::BadScenarios && !one.fix.is_empty()));
        report.problems[0].message.clone()
    };
    assert!(told(b"nonsense").starts_with("it is not JSON"));
    assert!(told(&vec![b' '; (1 << 20) + 1]).contains("at most 1048576"));
    assert!(
        told(&content("H-1", &"[[scenario]]\nname = \"n\"\nexpect = {}\n".repeat(2001)))
            .contains("at most 2000")
    );
    assert!(told(&content("H-1", "[[scenario]]\nnam = 1")).contains("H-1.toml"));
}

#[test]
fn a_table_of_a_rule_that_nobody_declares_is_a_warning() {
    let report = report(Fixture::WellBehaved, &content("H-7", "scenario = []"));
    assert!(report.accepted());
    assert_eq!(
        (report.problems[0].code, report.problems[0].place.as_str()),
        (Code::UnknownRule, "scenarios.H-7")
    );
}

#[test]
fn what_is_never_answered_ends_within_the_budget() {
    let rows = "[[scenario]]\nname = \"n\"\nexpect = {}\n".repeat(100);
    let endless = policy(&Fixture::EndlessLoop.component());
    let set = Set::parse(&content("H-1", &rows)).unwrap();
    let mut problems = Vec::new();
    let budget = Budget { fuel: 500_000_001, time: Duration::from_secs(3600) };
    let report = run_scenarios(&set, &endless, budget, &mut problems);
    // The first call leaves less than another may take.
    assert_eq!((report.run(), report.failures(), report.stopped), (1, 1, Some(Stopped::Fuel)));
    assert!(report.failed[0].error.as_deref().unwrap().starts_with("the policy gives no answer: "));
    let last = problems.last().unwrap();
    assert_eq!(last.message, "1 of 100 were run, as their fuel was used up");
    let budget = Budget { time: Duration::ZERO, ..Budget::default() };
    assert_eq!(set.run(&endless, budget).stopped, Some(Stopped::Time));
}

#[test]
fn a_long_list_of_failures_is_counted() {
    let rows = "[[scenario]]\nname = \"n\"\nexpect = { ruling = \"covered\" }\n".repeat(120);
    let report = report(Fixture::WellBehaved, &content("H-1", &rows));
    assert_eq!(report.problems.len(), 51);
    assert!(report.problems[50].message.starts_with("70 more scenarios"));
    assert_eq!(report.scenarios.unwrap().failures(), 120);
}

#[test]
fn a_report_of_earlier_days_still_reads() {
    let mut stored = serde_json::to_value(report(Fixture::WellBehaved, &content("H-1", TWO))).unwrap();
    stored.as_object_mut().unwrap().remove("scenarios");
    let read: CheckReport = serde_json::from_value(stored).unwrap();
    assert_eq!((read.scenarios, read.difference), (None, None));
}

#[test]
fn the_difference_says_what_somebody_must_know() {
    let old = report(Fixture::WellBehaved, &content("H-1", TWO));
    let same = Difference::of_reports(&old, &old).unwrap();
    assert!(same.declares_the_same() && same.notes.is_empty() && same.fuel[0].permille == 0);

    let mut new = old.clone();
    let manifest = new.manifest.as_mut().unwrap();
    manifest.version = "2.0.0".into();
    let mut rule = manifest.rules[0].clone();
    manifest.rules[0].text.en = "another rule".into();
    rule.id = "H-2".into();
    manifest.rules.push(rule);
    manifest.attributes = serde_json::from_value(json!([{
        "name": "height", "value_type": "integer", "label": { "zh": "高度", "en": "Height" }, "required": "always",
    }]))
    .unwrap();
    manifest.settings = serde_json::from_value(json!([{
        "name": "percent", "value_type": "integer", "label": { "zh": "百分比", "en": "Percent" },
    }]))
    .unwrap();
    new.scenarios.as_mut().unwrap().interfaces[0].fuel.p50 *= 2;
    new.interfaces.retain(|interface| *interface == Interface::Manifest);

    let found = Difference::of_reports(&old, &new).unwrap();
    assert!(!found.declares_the_same());
    assert_eq!(found.rules.added[0].id, "H-2");
    let changed = &found.rules.changed[0];
    assert_eq!((changed.id.as_str(), changed.fields[0].field.as_str()), ("H-1", "text"));
    assert_eq!(changed.fields[0].to["en"], "another rule");
    assert_eq!(
        (found.attributes.added[0].id.as_str(), found.settings.added[0].id.as_str()),
        ("height", "percent")
    );
    assert_eq!(found.interfaces_removed, [Interface::Coverage]);
    assert_eq!(found.fuel[0].permille, 1000);
    let notes: Vec<_> = found.notes.iter().map(|note| note.en.as_str()).collect();
    assert_eq!(
        notes,
        [
            "It no longer exports coverage: the host's own baseline answers from now on.",
            "Intake must now give the fact height.",
            "The setting percent must be chosen when it is activated.",
            "coverage costs 100 % more fuel.",
        ]
    );
    let back = Difference::of_reports(&new, &old).unwrap();
    assert_eq!(
        (back.rules.removed[0].id.as_str(), back.attributes.removed[0].id.as_str()),
        ("H-2", "height")
    );
    assert!(back.notes.iter().any(|note| note.en.starts_with("Rule H-2 is gone")));
    let json = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Difference>(&json).unwrap(), found);
}

#[test]
fn what_a_module_carries_survives_its_wrapping() {
    let module = add(&Fixture::WellBehaved.module(), b"{}").unwrap();
    let component = sanbao_policy::check::wrap(&module).unwrap();
    assert_eq!(find(&component).unwrap(), Some(b"{}".as_slice()));
}
