//! `sanbao policy test`, `diff`, `push` and `pull`, and the commands that talk to a host.

#![allow(clippy::unwrap_used)] // A test may.

mod common;

use common::{Host, project, run, sanbao, stderr, stdout, store_pack, text};
use sanbao_tests::registry::Registry;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Output;

/// The store's scenarios, with something replaced in the table of STO-07.
fn scenarios(folder: &Path, old: &str, new: &str) -> PathBuf {
    let copy = folder.join("scenarios");
    std::fs::create_dir(&copy).unwrap();
    for file in std::fs::read_dir(project("plugins/store/scenarios")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.join(file.file_name())).unwrap();
    }
    let table = copy.join("STO-07.toml");
    let content = std::fs::read_to_string(&table).unwrap();
    assert!(content.contains(old));
    std::fs::write(table, content.replacen(old, new, 1)).unwrap();
    copy
}

#[test]
fn a_pack_is_tested_by_what_it_carries_or_by_a_folder() {
    let dir = tempfile::tempdir().unwrap();
    let pack = store_pack();
    let ran = run(&["policy", "test", text(&pack)]);
    assert!(ran.status.success(), "{}", stderr(&ran));
    assert!(stdout(&ran).contains("coverage") && stdout(&ran).contains("fuel p50"), "{}", stdout(&ran));
    assert!(stdout(&run(&["policy", "check", text(&pack)])).contains("scenarios passed"));

    let folder = scenarios(dir.path(), r#"until = "2024-05-16""#, r#"until = "2024-05-17""#);
    let tried = run(&["policy", "test", text(&pack), "--scenarios", text(&folder)]);
    assert_eq!(tried.status.code(), Some(1));
    let said = stderr(&tried);
    assert!(said.contains("STO-07: the day of the sale"), "{said}");
    assert!(said.contains(r#"until: expected "2024-05-17", given "2024-05-16""#), "{said}");

    // Carried along, the same is told to whoever takes the policy in.
    let wrapped = dir.path().join("store.wasm");
    let made = run(&["policy", "wrap", text(&pack), "-o", text(&wrapped), "--scenarios", text(&folder)]);
    assert!(made.status.success() && stdout(&made).contains("scenarios"), "{}", stderr(&made));
    let checked = run(&["policy", "check", text(&wrapped), "--json"]);
    assert!(checked.status.success());
    let report: Value = serde_json::from_str(&stdout(&checked)).unwrap();
    let failed = &report["scenarios"]["failed"][0];
    assert_eq!((&failed["rule"], &failed["name"]), (&json!("STO-07"), &json!("the day of the sale")));
    assert_eq!(failed["deviations"][0]["part"], "until");

    std::fs::write(folder.join("STO-07.toml"), "rule = 7").unwrap();
    let broken = run(&["policy", "test", text(&pack), "--scenarios", text(&folder)]);
    assert_eq!(broken.status.code(), Some(2));
    assert!(stderr(&broken).contains("STO-07.toml"), "{}", stderr(&broken));
}

#[test]
fn two_versions_are_compared_at_the_desk() {
    let lighting = common::packs().join("sanbao_lighting_pack.wasm");
    let shown = run(&["policy", "diff", text(&store_pack()), text(&lighting)]);
    assert!(shown.status.success(), "{}", stderr(&shown));
    let said = stdout(&shown);
    assert!(
        said.contains("- rule STO-07") && said.contains("+ rule LGT-30") && said.contains("fuel of coverage")
    );
    assert!(said.contains("+ interface retention") && said.contains("note  "), "{said}");
    let same = run(&["policy", "diff", text(&lighting), text(&lighting), "--json"]);
    let same: Value = serde_json::from_str(&stdout(&same)).unwrap();
    assert_eq!((&same["notes"], &same["rules"]["changed"]), (&json!([]), &json!([])));
}

#[test]
fn a_policy_travels_through_a_registry() {
    let (registry, name, password) = Registry::locked().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let (component, pulled) = (dir.path().join("store.wasm"), dir.path().join("pulled.wasm"));
    assert!(run(&["policy", "wrap", text(&store_pack()), "-o", text(&component)]).status.success());
    let reference = format!("{}/brand/store:1", registry.address);
    let asks = |args: &[&str], password: &str| -> Output {
        let who = [("SANBAO_REGISTRY_USERNAME", name), ("SANBAO_REGISTRY_PASSWORD", password)];
        sanbao().arg("policy").args(args).envs(who).output().unwrap()
    };
    let push = ["push", &reference, text(&component)];
    assert_eq!(asks(&push, "a guess").status.code(), Some(3));
    let pushed = asks(&push, password);
    assert!(pushed.status.success(), "{}", stderr(&pushed));
    let manifest = stdout(&pushed).lines().nth(1).unwrap().strip_prefix("manifest ").unwrap().to_owned();

    let by_digest = format!("{}/brand/store@{manifest}", registry.address);
    for reference in [&reference, &by_digest] {
        let got = asks(&["pull", reference, "-o", text(&pulled)], password);
        assert!(got.status.success(), "{}", stderr(&got));
        assert_eq!(std::fs::read(&pulled).unwrap(), std::fs::read(&component).unwrap());
    }
    let absent =
        asks(&["pull", &format!("{}/brand/store:2", registry.address), "-o", text(&pulled)], password);
    assert_eq!(absent.status.code(), Some(3));
    assert!(stderr(&absent).contains("there is nothing at"), "{}", stderr(&absent));
    assert_eq!(asks(&["pull", "http://x/y", "-o", text(&pulled)], password).status.code(), Some(2));
}

#[test]
fn versions_are_listed_and_activated() {
    let host = Host::with_store();
    let at = |args: &[&str]| {
        sanbao()
            .arg("policy")
            .args(args)
            .args(["--host", &host.base])
            .env("SANBAO_KEY", &host.store_key)
            .output()
            .unwrap()
    };
    let shown = at(&["versions"]);
    assert!(shown.status.success() && stdout(&shown).contains("store"), "{}", stderr(&shown));
    let listed: Value = serde_json::from_str(&stdout(&at(&["versions", "--json"]))).unwrap();
    let version = listed["versions"][0]["version"].as_str().unwrap();
    let made = at(&["activate", &format!("store@{version}"), "--from", "2031-01-01"]);
    assert!(
        made.status.success() && stdout(&made).contains("2030-12-31") | stdout(&made).contains("2031-01-01")
    );
    assert_eq!(host.get("/v1/activations")["items"].as_array().unwrap().len(), 2);

    let dir = tempfile::tempdir().unwrap();
    let bad = dir.path().join("bad.wasm");
    std::fs::write(&bad, "no WebAssembly").unwrap();
    let refused = at(&["upload", text(&bad)]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("not WebAssembly"), "{}", stderr(&refused));
    let lighting = at(&["upload", text(&common::packs().join("sanbao_lighting_pack.wasm"))]);
    assert!(lighting.status.success(), "{}", stderr(&lighting));
    assert!(stdout(&lighting).contains("scenarios passed") && stdout(&lighting).contains("accepted"));
    assert!(stderr(&lighting).contains("upload "), "the steps are told");
    let absent = at(&["activate", "9.9.9", "--from", "2031-01-01"]);
    assert_eq!(absent.status.code(), Some(2));
    assert!(stderr(&absent).contains("there is no version 9.9.9"));
    let nobody = run(&["policy", "versions", "--host", &host.base]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(stderr(&nobody).contains("SANBAO_KEY"));
}
