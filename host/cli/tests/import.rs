//! `sanbao import tickets` against a host of its own.

#![allow(clippy::unwrap_used)] // A test may.

mod common;

use common::{Host, project, sanbao, stderr, stdout, text};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Output;

const HEADINGS: &str = ",Region,Consumer_profile,Product_category,Product_type,AC_1001_Issue,AC_1002_Issue,\
                        AC_1003_Issue,TV_2001_Issue,TV_2002_Issue,TV_2003_Issue,Claim_Value,Product_Age,\
                        Purchased_from,Purpose,Fraud";

/// A file in the shape of the data that the shipped map is for.
fn sheet(dir: &Path, rows: &[&str]) -> PathBuf {
    let file = dir.join("claims.csv");
    std::fs::write(&file, format!("\u{feff}{HEADINGS}\r\n{}\r\n", rows.join("\r\n"))).unwrap();
    file
}

fn import(host: &str, key: &str, file: &Path, more: &[&str]) -> Output {
    let map = project("host/cli/maps/warranty_claims.toml");
    sanbao()
        .args(["import", "tickets", text(file), "--map", text(&map), "--host", host])
        .args(more)
        .env("SANBAO_KEY", key)
        .output()
        .unwrap()
}

const GOOD: [&str; 4] = [
    "0,South,Personal,Entertainment,TV,0,0,0,1,2,0,15000,10,Manufacturer,Complaint,0",
    "1,South,Business,Household,AC,1,0,0,0,0,0,20000,20,Dealer,Claim,0",
    "2,North,Personal,Household,AC,0,1,0,0,0,0,0,400,Internet,Claim,1",
    "3,North,Personal,Entertainment,TV,0,0,0,0,0,0,7000.50,200,Dealer,Other,0",
];

#[test]
fn rows_become_tickets_with_verdicts_and_a_second_import_changes_nothing() {
    let host = Host::with_store();
    let dir = tempfile::tempdir().unwrap();
    let file = sheet(dir.path(), &GOOD);
    let first = import(&host.base, &host.store_key, &file, &[]);
    assert!(first.status.success(), "{}", stderr(&first));
    let said = stdout(&first);
    assert!(said.contains("4 rows: 4 opened, 0 already there, 0 rejected"), "{said}");
    for verdict in ["STO-07", "STO-08", "STO-10", "STO-06"] {
        assert!(said.contains(verdict), "{verdict} in {said}");
    }

    let list = host.get("/v1/tickets?reference=warranty-claims%3A3");
    let claim = &list["items"][0]["claims"][0];
    assert_eq!(claim["facts"]["cause"], "no-fault");
    assert_eq!(claim["facts"]["claimed"]["amount"], 700_050);
    assert_eq!(claim["facts"]["claimed"]["currency"], "INR");
    assert_eq!(claim["claimant"]["kind"], "consumer");

    // On another day, with another number of requests at once.
    let again = import(&host.base, &host.store_key, &file, &["--as-of", "2026-01-31", "--jobs", "1"]);
    assert!(again.status.success(), "{}", stderr(&again));
    assert!(stdout(&again).contains("4 rows: 0 opened, 4 already there, 0 rejected\nnothing changed"));
    assert_eq!(host.get("/v1/tickets?limit=200")["items"].as_array().unwrap().len(), 4);
    #[cfg(unix)]
    assert_eq!(host.stop(), Some(0));
}

#[test]
fn every_bad_cell_is_reported_and_the_good_rows_are_loaded() {
    let host = Host::with_store();
    let dir = tempfile::tempdir().unwrap();
    let bad = [
        GOOD[0],
        "1,South,Martian,Household,AC,1,0,0,0,0,0,=1+1,old,Dealer,Claim,7",
        "2,North,Personal",
        "0,North,Personal,Household,AC,0,1,0,0,0,0,0,400,Internet,Claim,1",
        "5,North,Personal,Household,AC,0,9,0,0,0,0,0,-1,Internet,Claim,1",
    ];
    let file = sheet(dir.path(), &bad);
    let rejects = dir.path().join("rejects.csv");
    let imported = import(&host.base, &host.store_key, &file, &["--rejects", text(&rejects)]);
    assert_eq!(imported.status.code(), Some(1));
    assert!(
        stdout(&imported).contains("5 rows: 1 opened, 0 already there, 4 rejected"),
        "{}",
        stdout(&imported)
    );
    let said = stderr(&imported);
    for line in [
        "line 3, column \"Consumer_profile\": \"Martian\"",
        "line 3, column \"Claim_Value\": \"=1+1\"",
        "line 3, column \"Product_Age\": \"old\"",
        "line 3, column \"Fraud\": \"7\"",
        "line 4: has 3 cells",
        "line 5, column \"\": \"0\" is the same as in line 2",
        "line 6, column \"AC_1002_Issue\": \"9\"",
        "line 6, column \"Product_Age\": \"-1\" is below 0",
    ] {
        assert!(said.contains(line), "{line} in {said}");
    }
    let written = std::fs::read_to_string(&rejects).unwrap();
    assert_eq!(written.lines().count(), 9, "{written}");
    assert!(written.contains("'=1+1"), "{written}");
}

#[test]
fn a_file_or_a_host_that_cannot_be_used_is_told_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("other.csv");
    std::fs::write(&file, "a,b\n1,2\n").unwrap();
    let wrong = import("http://127.0.0.1:9", "sbk_x", &file, &["--dry-run"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("has no column"), "{}", stderr(&wrong));

    let file = sheet(dir.path(), &GOOD);
    let checked = import("http://127.0.0.1:9", "", &file, &["--dry-run"]);
    assert!(checked.status.success());
    assert!(stdout(&checked).contains("4 of 4 rows can be loaded"));

    let nobody = import("http://127.0.0.1:9", "sbk_x", &file, &[]);
    assert_eq!(nobody.status.code(), Some(3));
    assert!(stderr(&nobody).contains("cannot reach the host"), "{}", stderr(&nobody));

    let host = Host::with_store();
    let foreign = import(&host.base, "sbk_wrong", &file, &[]);
    assert_eq!(foreign.status.code(), Some(3));
    assert!(stderr(&foreign).contains("SANBAO_KEY"), "{}", stderr(&foreign));
}

/// Needs a public data set that is not part of the project: `SANBAO_WARRANTY_CLAIMS` names the file, or it
/// lies in `shared/data/` beside the checkout.
#[test]
fn the_public_data_set_loads_completely() {
    let file = std::env::var_os("SANBAO_WARRANTY_CLAIMS")
        .map_or_else(|| project("../shared/data/warranty_claims.csv"), PathBuf::from);
    if !file.is_file() {
        // Not through the macro, whose output a passing test hides.
        let _ = writeln!(std::io::stderr(), "SKIPPED: no data set at {}", file.display());
        return;
    }
    let host = Host::with_store();
    let imported = import(&host.base, &host.store_key, &file, &[]);
    assert!(imported.status.success(), "{}", stderr(&imported));
    assert!(stdout(&imported).contains("358 rows: 358 opened, 0 already there, 0 rejected"));
    let mut cursor = String::new();
    let mut judged = 0;
    loop {
        let page = host.get(&format!("/v1/tickets?limit=200{cursor}"));
        for ticket in page["items"].as_array().unwrap() {
            assert!(ticket["claims"][0]["ruling"].is_string(), "{ticket:#}");
            judged += 1;
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(judged, 358);
}
