//! A host that compiles uploads in a process of its own, and keeps what was compiled.

use crate::world::{World, television};
use sanbao_policy::compile::CompileLimits;
use sanbao_server::config::Outbox;
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::json;
use std::path::PathBuf;

on_both_engines!(a_restart_needs_no_compiler);

fn child() -> Option<PathBuf> {
    Some(env!("CARGO_BIN_EXE_sanbao-tests-compile").into())
}

/// What a child has compiled judges claims; after a restart it comes from what was kept, though this host could
/// not compile anything; and where the kept code was tampered with as well, a person judges.
async fn a_restart_needs_no_compiler(database: Database) {
    let limits = CompileLimits { at_once: 1, ..CompileLimits::default() };
    let world = World::open_as(&database, Outbox::default(), |config| {
        config.compiler = child();
        config.compile = limits;
    })
    .await;
    let store = world.store().await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    assert_eq!(ticket["claims"][0]["ruling"], "covered");

    let without = || Some(PathBuf::from("/nonexistent/compiler"));
    let world = world.restarted(&database, |config| config.compiler = without()).await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    assert_eq!(ticket["claims"][0]["ruling"], "covered");

    let code = std::fs::read_dir(database.data().join("code")).unwrap();
    for file in code {
        let path = file.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        // Not in place: the running host has mapped the file.
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, bytes).unwrap();
    }
    let world = world.restarted(&database, |config| config.compiler = without()).await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    assert_eq!(ticket["claims"][0]["with_person"]["because"], "policy-failed");
    assert_eq!(ticket["claims"][0]["failure"]["kind"], "unavailable");

    // With a compiler again, the component is compiled again.
    let world = world.restarted(&database, |config| config.compiler = child()).await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    assert_eq!(ticket["claims"][0]["ruling"], "covered", "{:#}", json!(ticket["claims"][0]));
    world.close().await;
}
