//! Two clients at once, and one client twice.

use crate::world::{World, claim_path, each, television, ticket_path};
use reqwest::Method;
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};

on_both_engines!(
    a_command_on_an_old_version_is_refused,
    commands_at_the_same_time_are_all_carried_out,
    the_same_request_twice_happens_once,
);

async fn a_command_on_an_old_version_is_refused(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let path = claim_path(&ticket, "evidence");
    let on = async |version: &str, note: &str| {
        let request = world.request(Method::POST, &store.key, &path).header("if-match", version);
        world.send(request.json(&json!({ "note": note }))).await
    };
    let answer = on("\"1\"", "one").await;
    assert_eq!(answer.etag.as_deref(), Some("\"2\""));
    answer.is(200);
    let problem = on("\"1\"", "two").await.refused(412, "precondition-failed");
    assert_eq!(problem["version"], 2);
    on("\"2\"", "two").await.is(200);
    let read = world.get(&store.key, &ticket_path(&ticket)).await;
    assert_eq!(read.etag.as_deref(), Some("\"3\""));
    world.close().await;
}

async fn commands_at_the_same_time_are_all_carried_out(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let notes = ["a", "b", "c", "d"];
    let send =
        |note: &str| world.command(&store.key, &ticket, "evidence", json!({ "note": note, "judge": false }));
    let [a, b, c, d] = notes.map(send);
    let (a, b, c, d) = tokio::join!(a, b, c, d);
    for answer in [a, b, c, d] {
        answer.is(200);
    }
    let journal = world.get(&store.key, &format!("{}/journal", ticket_path(&ticket))).await.is(200);
    let entries = journal["items"].as_array().unwrap();
    let mut noted: Vec<&str> = entries
        .iter()
        .filter(|entry| entry["event"] == "evidence-added")
        .map(|entry| entry["details"]["evidence"]["note"].as_str().unwrap())
        .collect();
    noted.sort_unstable();
    assert_eq!(noted, notes);
    let positions: Vec<Value> = entries.iter().map(|entry| entry["seq"].clone()).collect();
    let expected: Vec<Value> = (1..=entries.len()).map(Value::from).collect();
    assert_eq!(positions, expected);
    world.close().await;
}

async fn the_same_request_twice_happens_once(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let open = async |key: &str, body: &Value| {
        let request = world.request(Method::POST, &store.key, "/v1/tickets").header("idempotency-key", key);
        world.send(request.json(body)).await
    };
    let body = television("2040-02-24");
    let first = open("k-1", &body).await;
    let second = open("k-1", &body).await;
    assert!(!first.replayed && second.replayed);
    assert_eq!((first.status, &first.etag, &first.location), (second.status, &second.etag, &second.location));
    assert_eq!(first.text, second.text, "byte for byte");
    open("k-1", &television("2040-02-25")).await.refused(422, "idempotency-key-reused");
    let ticket = first.is(201);
    let agree = async || {
        let request = world.request(Method::POST, &store.key, &claim_path(&ticket, "agree"));
        world.send(request.header("idempotency-key", "k-2").json(&json!({}))).await
    };
    let first = agree().await;
    let second = agree().await;
    assert_eq!(first.text, second.text);
    second.is(200);
    let listed = world.get(&store.key, "/v1/tickets").await.is(200);
    assert_eq!(each(&listed["items"], "id"), [ticket["id"].as_str().unwrap()]);
    world.close().await;
}
