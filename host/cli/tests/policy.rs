//! `sanbao policy …` on the store pack.

#![allow(clippy::unwrap_used)] // A test may.

mod common;

use common::{packs, run, stderr, stdout, store_pack, text};
use serde_json::{Value, json};

#[test]
fn a_good_pack_is_accepted_as_core_module_and_as_component() {
    let dir = tempfile::tempdir().unwrap();
    let component = dir.path().join("store.wasm");
    let pack = store_pack();
    let wrapped = run(&["policy", "wrap", text(&pack), "-o", text(&component)]);
    assert!(wrapped.status.success(), "{}", stderr(&wrapped));
    for (file, is_wrapped) in [(&pack, true), (&component, false)] {
        let checked = run(&["policy", "check", text(file), "--json"]);
        assert!(checked.status.success(), "{}", stderr(&checked));
        let report: Value = serde_json::from_str(&stdout(&checked)).unwrap();
        assert_eq!(report["wrapped"], json!(is_wrapped));
        assert_eq!(report["manifest"]["name"], json!("store"));
        assert_eq!(report["problems"], json!([]));
    }
    assert!(stdout(&run(&["policy", "check", text(&component)])).contains("accepted"));
}

#[test]
fn what_is_no_policy_is_refused_with_a_reason_and_a_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("not.wasm");
    std::fs::write(&file, "hello").unwrap();
    let checked = run(&["policy", "check", text(&file)]);
    assert_eq!(checked.status.code(), Some(1));
    let said = stderr(&checked);
    assert!(said.contains("not WebAssembly") && said.contains("try:"), "{said}");

    let absent = run(&["policy", "check", text(&packs().join("no-such-pack.wasm"))]);
    assert_eq!(absent.status.code(), Some(2));
}

/// The template, with some of its facts replaced.
fn facts(changes: &[(&str, Value)]) -> (tempfile::TempDir, std::path::PathBuf) {
    let template = run(&["policy", "facts", text(&store_pack())]);
    let mut facts: Value = serde_json::from_str(&stdout(&template)).unwrap();
    for (pointer, value) in changes {
        *facts.pointer_mut(pointer).unwrap() = value.clone();
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("facts.json");
    std::fs::write(&path, facts.to_string()).unwrap();
    (dir, path)
}

#[test]
fn one_verdict_comes_with_its_rules_its_fuel_and_its_time() {
    let (_dir, path) = facts(&[("/dates/sold", json!("2026-03-10")), ("/cause", json!("quality"))]);
    let ran = run(&["policy", "run", text(&store_pack()), "--facts", text(&path), "--json"]);
    assert!(ran.status.success(), "{}", stderr(&ran));
    let result: Value = serde_json::from_str(&stdout(&ran)).unwrap();
    assert_eq!(result["answer"]["ruling"], json!("covered"));
    assert_eq!(result["answer"]["offers"][0]["remedy"], json!("refund"));
    assert_eq!(result["until"], json!("2026-03-25"));
    assert!(result["fuel"].as_u64().unwrap() > 0 && result["nanoseconds"].as_u64().unwrap() > 0);
    let cited = result["rules"].as_array().unwrap();
    assert!(cited.iter().any(|rule| rule["rule"] == "STO-07" && !rule["title"].as_str().unwrap().is_empty()));

    let shown = stdout(&run(&["policy", "run", text(&store_pack()), "--facts", text(&path), "--lang", "zh"]));
    assert!(shown.contains("STO-07") && shown.contains("退货"), "{shown}");
}

#[test]
fn the_other_questions_are_asked_by_name() {
    let (_dir, path) = facts(&[("/request/disputed", json!(true)), ("/request/offered", json!(false))]);
    let pack = store_pack();
    let ran =
        run(&["policy", "run", text(&pack), "--facts", text(&path), "--interface", "approval", "--json"]);
    let result: Value = serde_json::from_str(&stdout(&ran)).unwrap();
    assert_eq!(result["answer"]["steps"][0]["role"], json!("store-manager"));

    let (_dir, path) = facts(&[("/event", json!("stock-requested"))]);
    let asked =
        ["policy", "run", text(&pack), "--facts", text(&path), "--interface", "service-level", "--json"];
    let result: Value = serde_json::from_str(&stdout(&run(&asked))).unwrap();
    assert_eq!(result["answer"][0]["due"], json!({ "amount": 1, "unit": "weeks" }));
}

#[test]
fn facts_that_do_not_fit_are_named_by_their_path() {
    for (pointer, value, path) in [
        ("/respondent/kind", json!("shop"), "respondent.kind"),
        ("/dates/sold", json!("yesterday"), "dates.sold"),
        ("/attributes/gift", json!("maybe"), "attributes.gift"),
        ("/calendar/time_zone", json!("Mars/Olympus"), "calendar"),
    ] {
        let (_dir, file) = facts(&[(pointer, value)]);
        let ran = run(&["policy", "run", text(&store_pack()), "--facts", text(&file)]);
        assert_eq!(ran.status.code(), Some(2), "{path}");
        assert!(stderr(&ran).contains(path), "{}", stderr(&ran));
    }
}
