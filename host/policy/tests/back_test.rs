//! A back-test finds what differs, and nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{case, policy, terms};
use sanbao_domain::case::{Case, Cause, Wish};
use sanbao_hostile::Fixture;
use sanbao_policy::back_test::{Candidate, EXAMPLES, Recorded, Summary, Tester, Wanted};
use sanbao_policy::policy::Policy;
use sanbao_policy::question::Coverage;
use sanbao_policy::receipt::Record;
use std::sync::Arc;
use uuid::Uuid;

/// A small generator, so that each run asks the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Claims that differ in what decides them.
fn varied(count: u64) -> Vec<Case> {
    let mut dice = Dice(7);
    let causes = [Cause::Quality, Cause::Misuse, Cause::Unknown, Cause::NoFault, Cause::Transit];
    let wishes = [Wish::Refund, Wish::Replace, Wish::Repair, Wish::Unspecified];
    (0..count)
        .map(|_| {
            let mut case = case();
            case.cause = causes[dice.roll(5) as usize];
            case.asked = wishes[dice.roll(4) as usize];
            let sold = sanbao_domain::time::Date::new(2024, 1 + dice.roll(5) as i8, 1 + dice.roll(19) as i8);
            case.dates.sold.as_mut().unwrap().on = sold.unwrap();
            case.product.category = ["television", "kettle", "lamp"][dice.roll(3) as usize].into();
            case.attributes = ["packaging-intact", "accessories-complete", "warranty-card"]
                .into_iter()
                .map(|name| serde_json::json!({ "name": name, "value": { "boolean": dice.roll(3) > 0 } }))
                .map(|json| serde_json::from_value(json).unwrap())
                .collect();
            case
        })
        .collect()
}

fn id(number: usize) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number as u128)
}

fn history(policy: &Policy, cases: Vec<Case>) -> Vec<Record> {
    cases.into_iter().map(|case| policy.ask(&terms(), Coverage { case }).record).collect()
}

fn run(candidate: &Arc<Candidate>, history: &[Record], fresh: bool) -> Option<Summary> {
    let mut tester = Tester::new(Arc::clone(candidate), fresh);
    let mut summary = Summary::default();
    for (number, record) in history.iter().enumerate() {
        let recorded = Recorded {
            id: id(number),
            function: &record.function,
            input: &record.input,
            output: &record.output,
        };
        tester.test(recorded, &mut summary).ok()?;
    }
    Some(summary)
}

fn candidate(policy: &Arc<Policy>) -> Candidate {
    Candidate::new(Arc::clone(policy), terms().calendar, None)
}

fn store_pack() -> Arc<Policy> {
    let built = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../plugins/target/wasm32-unknown-unknown/release/sanbao_store_pack.wasm"
    );
    let built = std::env::var_os("SANBAO_PACKS")
        .map_or(built.into(), |folder| std::path::PathBuf::from(folder).join("sanbao_store_pack.wasm"));
    policy(&std::fs::read(built).expect("sh plugins/build.sh"))
}

#[test]
fn the_same_version_answers_the_same() {
    let policy = store_pack();
    let history = history(&policy, varied(3000));
    assert!(history.iter().any(|record| record.output.contains(r#""ruling":"covered""#)));
    assert!(history.iter().any(|record| record.output.contains(r#""ruling":"not-covered""#)));
    let summary = run(&Arc::new(candidate(&policy)), &history, false).expect("it keeps no state");
    assert_eq!((summary.read, summary.asked, summary.answers.same), (3000, 3000, 3000));
    assert!((10..100).contains(&summary.confirmed), "about one in a hundred: {}", summary.confirmed);
    assert!(summary.examples.named.is_empty());
    let fresh = run(&Arc::new(candidate(&policy)), &history, true).unwrap();
    assert_eq!((fresh.answers, fresh.confirmed), (summary.answers, 3000));
}

#[test]
fn what_was_recorded_otherwise_is_found_and_nothing_else() {
    let policy = store_pack();
    let mut history = history(&policy, varied(2000));
    let mut turned = 0;
    for record in history.iter_mut().step_by(7) {
        if record.output.contains(r#""ruling":"not-covered""#) {
            record.output = record.output.replace(r#""ruling":"not-covered""#, r#""ruling":"covered""#);
            turned += 1;
        }
    }
    assert!(turned > 2 * EXAMPLES as u64, "{turned}");
    let summary = run(&Arc::new(candidate(&policy)), &history, false).unwrap();
    assert_eq!(summary.answers.changed, turned);
    assert_eq!(summary.answers.same, 2000 - turned);
    assert_eq!(summary.changes.get("covered-to-not-covered"), Some(&turned));
    assert_eq!(summary.changes.named.len(), 1);
    let examples = &summary.examples.get("covered-to-not-covered").unwrap().0;
    assert_eq!(examples.len(), EXAMPLES);
    assert!(
        examples
            .iter()
            .all(|one| history[(one.receipt.as_u128() & 0xffff) as usize].output.contains("covered"))
    );
    assert!((summary.changed_percent() - turned as f64 / 20.0).abs() < 1e-9);
}

#[test]
fn only_what_is_wanted_and_drawn_is_asked() {
    let policy = store_pack();
    let cases = varied(2000);
    let kettles = cases.iter().filter(|case| case.product.category == "kettle").count() as u64;
    let history = history(&policy, cases);
    let wanted = Wanted { categories: vec!["kettle".into()], ..Wanted::default() };
    let summary = run(&Arc::new(candidate(&policy).wanted(wanted)), &history, false).unwrap();
    assert_eq!((summary.asked, summary.left_out.filtered), (kettles, 2000 - kettles));
    let drawn = |seed| run(&Arc::new(candidate(&policy).sampled(0.25, seed)), &history, false).unwrap();
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2), "another seed draws others");
    assert_ne!(drawn(1).asked, 0);
    assert_eq!(drawn(1).asked + drawn(1).left_out.not_drawn, 2000);
    assert!((400..600).contains(&drawn(1).asked), "{}", drawn(1).asked);
    let basis = Wanted { basis_from: Some("2024-03-01".parse().unwrap()), ..Wanted::default() };
    let late = run(&Arc::new(candidate(&policy).wanted(basis)), &history, false).unwrap();
    assert!(late.asked > 0 && late.left_out.filtered > 0);
}

#[test]
fn another_policy_fails_or_answers_otherwise_and_the_rules_say_so() {
    let before = store_pack();
    let history = history(&before, varied(300));
    let after = policy(&Fixture::WellBehaved.component());
    let summary = run(&Arc::new(candidate(&after)), &history, false).unwrap();
    assert_eq!(summary.asked, 300);
    assert!(summary.answers.changed > 0);
    assert!(summary.rules.named.values().any(|rule| rule.no_longer > 0));
    assert!(summary.rules.named.values().any(|rule| rule.newly > 0));
    let trapping = policy(&Fixture::Trap.component());
    let summary = run(&Arc::new(candidate(&trapping)), &history, false).unwrap();
    assert_eq!(summary.failures.get("trap"), Some(&300));
    let to_failed: u64 =
        summary.changes.named.iter().filter(|(word, _)| word.ends_with("-to-failed")).map(|(_, n)| n).sum();
    assert_eq!(to_failed, 300);
}

#[test]
fn a_policy_that_counts_its_calls_is_found_out() {
    let policy = policy(&Fixture::CountsItsCalls.component());
    let history = history(&policy, (0..50).map(|_| case()).collect());
    assert!(
        run(&Arc::new(candidate(&policy)), &history, false).is_none(),
        "it answers otherwise on its third call"
    );
    let fresh = run(&Arc::new(candidate(&policy)), &history, true).unwrap();
    assert_eq!(fresh.answers.same, 50);
}
