//! `sanbao receipt …` on a receipt of a running host, with the host gone.

#![allow(clippy::unwrap_used)] // A test may.

mod common;

use common::{Host, run, stderr, stdout, store_pack, text};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A host decides, leaves a receipt and its ticket's chain as files, and stops.
struct Left {
    dir: tempfile::TempDir,
    keys: Value,
}

impl Left {
    fn by_a_host() -> Self {
        let host = Host::with_store();
        let ticket = json!({
            "product": { "category": "kettle", "model": "K2" },
            "claims": [{ "asked": "refund", "cause": "quality", "dates": { "sold": "2026-06-20" } }],
        });
        let ticket = host.post(&host.store_key, "/v1/tickets", &ticket);
        let receipt = ticket["claims"][0]["receipt"].as_str().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let one = host.text(&format!("/v1/receipts/{receipt}/file"));
        let all = host.text(&format!("/v1/tickets/{}/receipts/file", ticket["id"].as_str().unwrap()));
        std::fs::write(dir.path().join("one.json"), one).unwrap();
        std::fs::write(dir.path().join("all.json"), all).unwrap();
        let keys = host.get("/v1/receipt-keys");
        std::fs::write(dir.path().join("keys.json"), keys.to_string()).unwrap();
        Self { dir, keys }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn verify(&self, file: &str, more: &[&str]) -> (Option<i32>, Value) {
        let (file, pack) = (self.path(file), store_pack());
        let mut args = vec!["receipt", "verify", text(&file), "--json"];
        if !more.contains(&"--component") {
            args.extend(["--component", text(&pack)]);
        }
        args.extend(more);
        let ran = run(&args);
        (ran.status.code(), serde_json::from_str(&stdout(&ran)).unwrap_or_default())
    }
}

#[test]
fn what_a_host_decided_is_verified_without_it() {
    let left = Left::by_a_host();
    for file in ["one.json", "all.json"] {
        let (code, said) = left.verify(file, &[]);
        assert_eq!((code, &said["genuine"]), (Some(0), &json!(true)), "{said:#}");
        assert_eq!(said["report"]["replayed"], said["report"]["receipts"]);
        assert_eq!(said["report"]["keys"][0]["trusted"], false);
    }
    // For people: the key in the file is taken on trust, and shown.
    let (file, pack) = (left.path("one.json"), store_pack());
    let said = stdout(&run(&["receipt", "verify", text(&file), "--component", text(&pack)]));
    let public = left.keys["items"][0]["public_key"].as_str().unwrap();
    assert!(said.contains("GENUINE") && said.contains("taken on trust") && said.contains(public), "{said}");
    // With the host's keys, as a file or as digits.
    for key in [text(&left.path("keys.json")), public] {
        let (code, said) = left.verify("all.json", &["--key", key]);
        assert_eq!((code, &said["report"]["keys"][0]["trusted"]), (Some(0), &json!(true)));
    }
    let shown = stdout(&run(&["receipt", "show", text(&file)]));
    assert!(shown.contains("coverage.decide") && shown.contains("2026-06-20"), "{shown}");
}

#[test]
fn each_kind_of_change_has_its_exit_code() {
    let left = Left::by_a_host();
    let genuine = std::fs::read_to_string(left.path("one.json")).unwrap();
    let changed = |name: &str, from: &str, to: &str| {
        assert!(genuine.contains(from), "{from}");
        let offset = genuine.find(from).unwrap();
        std::fs::write(left.path(name), genuine.replacen(from, to, 1)).unwrap();
        offset
    };
    // The receipt is not the first of its ticket: another digit in the hash of the one before.
    let at = genuine.find("\"previous\": \"").unwrap();
    let previous = &genuine[at..at + 14];
    let unlinked = format!("{}{}", &previous[..13], if previous.ends_with('1') { '2' } else { '1' });
    for (from, to, shift, code, kind) in [
        ("  \"receipts\"", "  \"recepits\"", None, 10, "form"),
        ("  \"receipts\"", "  \"Receipts\"", Some(3), 10, "form"),
        ("2026-06-20", "2026-06-21", Some(9), 11, "field"),
        ("\"fuel\": \"", "\"fuel\": \"9", None, 11, "field"),
        ("\"body\": \"", "\"body\": \"g", None, 12, "digest"),
        (previous, unlinked.as_str(), Some(13), 13, "chain"),
        ("\"signature\": \"", "\"signature\": \"0", None, 14, "signature"),
        ("\"public\": \"", "\"public\": \"0", None, 15, "key"),
        ("\"time_zone\":\"UTC\"", "\"time_zone\":\"GMT\"", None, 16, "calendar"),
    ] {
        let offset = changed("changed.json", from, to);
        let (exit, said) = left.verify("changed.json", &[]);
        assert_eq!((exit, &said["kind"]), (Some(code), &json!(kind)), "{from} → {to}: {said:#}");
        if let Some(shift) = shift {
            assert_eq!(said["report"]["findings"][0]["place"]["offset"], json!(offset + shift), "{said:#}");
        }
    }
    // A component with one byte changed, and none at all.
    let other = left.path("other.wasm");
    let mut bytes = std::fs::read(store_pack()).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&other, bytes).unwrap();
    let (exit, said) = left.verify("one.json", &["--component", text(&other)]);
    assert_eq!((exit, &said["kind"]), (Some(17), &json!("component")), "{said:#}");
    let (exit, _) = left.verify("one.json", &["--key", &"ab".repeat(31)]);
    assert_eq!(exit, Some(2), "no key and no file");
    let ran = run(&["receipt", "verify", text(&left.path("one.json")), "--without-replay"]);
    assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
}
