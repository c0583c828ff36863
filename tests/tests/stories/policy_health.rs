//! How a version fares on live calls, as its party sees it.

use crate::world::{BEGIN, Party, World, television, ticket_path};
use sanbao_hostile::Fixture;
use sanbao_store::Scope;
use sanbao_store::policy_health::{self, Asked};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};

on_both_engines!(
    calls_failures_and_people_are_counted,
    what_a_host_counted_outlives_it,
    a_guard_is_its_party_s_own,
);

/// The receipts of a ticket by the word for what came of them.
async fn receipts(world: &World, party: &Party, ticket: &Value) -> Vec<Value> {
    let path = format!("{}/receipts", ticket_path(ticket));
    world.get(&party.key, &path).await.is(200)["items"].as_array().expect("a list").clone()
}

async fn health(world: &World, party: &Party, policy: &str, query: &str) -> Value {
    world.get(&party.key, &format!("/v1/policies/{policy}/health{query}")).await.is(200)
}

async fn calls_failures_and_people_are_counted(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let policies = world.get(&store.key, "/v1/policies").await.is(200);
    let policy = policies["items"][0]["id"].as_str().expect("an id").to_owned();
    let none = health(&world, &store, &policy, "").await;
    assert_eq!(none["total"]["calls"], 0);
    assert_eq!(none["hours"], json!([]));

    let mut all = Vec::new();
    for _ in 0..3 {
        let ticket = world.open_ticket(&store, television("2040-02-24")).await;
        all.extend(receipts(&world, &store, &ticket).await);
    }
    let asked = |function: &str| all.iter().filter(|one| one["function"] == function).count();
    let fared = health(&world, &store, &policy, "").await;
    assert_eq!(fared["total"]["calls"], all.len());
    assert_eq!(fared["total"]["failed"], 0);
    assert_eq!(fared["last_24_hours"]["calls"], all.len());
    assert_eq!(fared["last_7_days"]["calls"], all.len());
    let hours = fared["hours"].as_array().expect("hours");
    let by_hour: u64 = hours.iter().map(|hour| hour["calls"].as_u64().expect("a number")).sum();
    assert_eq!(by_hour, all.len() as u64);
    let coverage = health(&world, &store, &policy, "?interface=coverage").await;
    assert_eq!(asked("coverage.decide"), 3);
    assert_eq!(coverage["total"]["calls"], 3);
    assert_eq!(coverage["interfaces"].as_array().expect("a list").len(), 1);
    let most = all.iter().filter(|one| one["function"] == "coverage.decide");
    let most = most.map(|one| one["fuel"].as_u64().expect("fuel")).max();
    assert_eq!(coverage["total"]["fuel"]["max"].as_u64(), most);
    for figure in ["fuel", "took_us"] {
        let at = |name: &str| coverage["total"][figure][name].as_u64().expect("a number");
        assert!(at("p50") <= at("p90") && at("p90") <= at("p99") && at("p99") <= at("max"), "{coverage:#}");
    }
    assert!(coverage["total"]["fuel"]["p50"].as_u64() > Some(0));
    let shown = world.get(&store.key, &format!("/v1/policies/{policy}")).await.is(200);
    assert_eq!(shown["health"]["calls"], all.len());

    // What is tried without a claim, or asked for another day, is counted on that day.
    let before = health(&world, &store, &policy, "?from=2040-03-01T00:00:00Z&to=2040-03-01T23:00:00Z").await;
    assert_eq!(before["total"]["calls"], 0);
    let path = format!("/v1/policies/{policy}/health");
    for (query, field) in [
        ("?from=2040-03-05T00:00:00Z&to=2040-03-04T00:00:00Z", "from"),
        ("?from=2040-01-01T00:00:00Z&to=2040-03-04T00:00:00Z", "from"),
        ("?interface=weather", "interface"),
    ] {
        let refused = world.get(&store.key, &format!("{path}{query}")).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["field"], field, "{query}");
    }
    // Another party sees neither the figures nor whether there are any.
    let other = world.party("store", "旁店").await;
    world.get(&other.key, &path).await.refused(404, "not-found");

    let failing = world.party("store", "Hostile").await;
    let trap = world.upload(&failing, Fixture::Trap.module()).await;
    world.activate(&failing, &trap, json!({ "from": "2030-01-01" })).await;
    for _ in 0..4 {
        let mut body = television("2040-02-24");
        body["claims"][0]["attributes"] = json!({});
        world.open_ticket(&failing, body).await;
    }
    let fared = health(&world, &failing, &trap, "?interface=coverage").await;
    let total = &fared["total"];
    assert_eq!((&total["calls"], &total["failed"], &total["unavailable"]), (&json!(4), &json!(4), &json!(0)));
    assert_eq!(total["failures"], json!({ "trap": 4 }));
    assert_eq!((&total["failed_percent"], &total["to_person_percent"]), (&json!(100.0), &json!(100.0)));
    world.close().await;
}

async fn what_a_host_counted_outlives_it(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let policies = world.get(&store.key, "/v1/policies").await.is(200);
    let policy: uuid::Uuid = policies["items"][0]["id"].as_str().unwrap().parse().unwrap();
    let party: uuid::Uuid = store.id.parse().unwrap();
    let mut calls = 0;
    for _ in 0..2 {
        let ticket = world.open_ticket(&store, television("2040-02-24")).await;
        calls += receipts(&world, &store, &ticket).await.len() as u64;
    }
    world.close().await;
    let data = database.store().await.unwrap();
    let mut conn = data.read(Scope::Platform).await.unwrap();
    let begin: jiff::Timestamp = BEGIN.parse().unwrap();
    let asked = Asked {
        party: party.into(),
        policy: policy.into(),
        from: begin - jiff::SignedDuration::from_hours(1),
        until: begin + jiff::SignedDuration::from_hours(24),
        interface: None,
    };
    let hours = policy_health::hours(&mut conn, &asked).await.unwrap();
    assert_eq!(hours.iter().map(|hour| hour.calls).sum::<u64>(), calls);
}

async fn a_guard_is_its_party_s_own(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let other = world.party("store", "旁店").await;
    let path = "/v1/policy-guard";
    let none = json!({ "guard": null, "returned": [] });
    assert_eq!(world.get(&store.key, path).await.is(200), none);
    for (guard, field) in [
        (json!({ "failures_percent": 0, "min_calls": 5, "window_hours": 1 }), "failures_percent"),
        (json!({ "failures_percent": 101, "min_calls": 5, "window_hours": 1 }), "failures_percent"),
        (json!({ "failures_percent": 20, "min_calls": 0, "window_hours": 1 }), "min_calls"),
        (json!({ "failures_percent": 20, "min_calls": 5, "window_hours": 169 }), "window_hours"),
        // A missing field is named.
        (json!({ "failures_percent": 20, "min_calls": 5 }), "window_hours"),
    ] {
        let refused = world.put(&store.key, path, guard).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["field"], field);
    }
    let guard = json!({ "failures_percent": 20, "min_calls": 5, "window_hours": 1 });
    assert_eq!(world.put(&store.key, path, guard.clone()).await.is(200), guard);
    assert_eq!(world.get(&store.key, path).await.is(200)["guard"], guard);
    assert_eq!(world.get(&other.key, path).await.is(200), none);
    let gone = world.send(world.request(reqwest::Method::DELETE, &store.key, path)).await;
    assert_eq!(gone.status, 204);
    assert_eq!(world.get(&store.key, path).await.is(200), none);
    world.close().await;
}
