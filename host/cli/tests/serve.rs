//! `sanbao serve`: what it says when it starts.

#![allow(clippy::unwrap_used)] // A test may.

mod common;

use common::{sanbao, text};
use sanbao_tests::bucket::Bucket;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// What a host with these variables logs until it says so, at the level that tells the most of requests.
fn log(bucket: &Bucket, variables: Vec<(String, String)>, until: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let (file, key) = (dir.path().join("log"), dir.path().join("admin.key"));
    let mut process = sanbao()
        .args(["serve", "--listen", "127.0.0.1:0", "--admin-key-file", text(&key)])
        .args(["--artifacts", &bucket.url(), "--database"])
        .arg(format!("sqlite:{}", dir.path().join("host.sqlite").display()))
        .envs(variables)
        .env("RUST_LOG", "trace,sqlx=warn")
        .stdout(Stdio::piped())
        .stderr(File::create(&file).unwrap())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut address).unwrap();
    assert!(address.starts_with("http://127.0.0.1:"), "it serves all the same: {address}");
    let began = Instant::now();
    let log = loop {
        let log = std::fs::read_to_string(&file).unwrap();
        if log.contains(until) || began.elapsed() > Duration::from_secs(60) {
            break log;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    let _ = process.kill();
    let _ = process.wait();
    assert!(log.contains(until), "{log}");
    log
}

#[test]
fn a_bucket_that_refuses_the_host_is_told_of_and_no_secret_is_printed() {
    let bucket = Bucket::start().unwrap();
    let wrong = "another secret that nobody may print";
    let mut variables = bucket.variables();
    for (name, value) in &mut variables {
        if name == "AWS_SECRET_ACCESS_KEY" {
            *value = wrong.to_owned();
        }
    }
    let said = log(&bucket, variables, "nothing can be uploaded until");
    assert!(said.contains("SignatureDoesNotMatch") && said.contains("--artifacts"), "{said}");
    assert!(!said.contains(wrong), "{said}");

    let said = log(&bucket, bucket.variables(), "listening");
    assert!(!said.contains(Bucket::SECRET) && !said.contains("nothing can be uploaded"), "{said}");
}
