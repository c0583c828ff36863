//! How a version fares on live calls, as its party sees it.

use crate::world::{BEGIN, Party, World, television, ticket_path};
use sanbao_hostile::Fixture;
use sanbao_server::services::policy_health::watch_all;
use sanbao_server::{Config, serve};
use sanbao_store::Scope;
use sanbao_store::policy_health::{self, Asked};
use sanbao_tests::database::{Database, Engine};
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

on_both_engines!(
    calls_failures_and_people_are_counted,
    what_a_host_counted_outlives_it,
    a_guard_is_its_party_s_own,
    a_version_that_fails_is_taken_back_once,
    without_anything_before_it_is_told_and_stays,
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

/// A store whose second version traps, after a first that works.
async fn failing(world: &World) -> (Party, String, String, Value) {
    let store = world.store().await;
    let policies = world.get(&store.key, "/v1/policies").await.is(200);
    let good = policies["items"][0]["id"].as_str().expect("an id").to_owned();
    let bad = world.upload(&store, Fixture::Trap.module()).await;
    let activation = world.activate(&store, &bad, json!({ "from": "2030-01-01" })).await;
    (store, good, bad, activation)
}

async fn open(world: &World, store: &Party) -> Value {
    let mut body = television("2040-02-24");
    body["claims"][0]["attributes"] = json!({});
    world.open_ticket(store, body).await
}

async fn returned(world: &World, party: &Party) -> Vec<Value> {
    world.get(&party.key, "/v1/policy-guard").await.is(200)["returned"].as_array().expect("a list").clone()
}

/// What the guard did, once it has done something.
async fn once_returned(world: &World, party: &Party) -> Value {
    for _ in 0..400 {
        if let Some(first) = returned(world, party).await.first() {
            return first.clone();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing was taken back");
}

async fn a_version_that_fails_is_taken_back_once(database: Database) {
    let world = World::open(&database).await;
    let (store, good, bad, activation) = failing(&world).await;
    // Other hosts on the same database watch too.
    let mut others = Vec::new();
    if database.engine() == Engine::Postgres {
        for _ in 0..2 {
            let mut config = Config::new(database.url());
            config.data = database.data();
            config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
            config.movable_clock = true;
            others.push(serve(config).await.expect("another host"));
        }
    }
    let contact = json!({ "email": "store@example.com", "language": "en" });
    world.put(&store.key, &format!("/v1/parties/{}/contact", store.id), contact).await.is(200);
    let guard = json!({ "failures_percent": 20, "min_calls": 3, "window_hours": 1 });
    world.put(&store.key, "/v1/policy-guard", guard.clone()).await.is(200);
    for _ in 0..2 {
        let ticket = open(&world, &store).await;
        assert_eq!(ticket["claims"][0]["with_person"]["because"], "policy-failed");
    }
    // A claim makes several calls: two tickets suffice for three.
    let fared = health(&world, &store, &bad, "").await;
    assert!(fared["total"]["calls"].as_u64() >= Some(2));
    open(&world, &store).await;
    let done = once_returned(&world, &store).await;
    assert_eq!((&done["activation"], &done["policy"]), (&activation["id"], &json!(bad)));
    assert_eq!(done["guard"], guard);
    assert!(done["calls"].as_u64() >= Some(3) && done["failed"].as_u64() >= Some(1), "{done:#}");

    // What judged before judges again, also what was bought while the failing version was in force.
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    assert_eq!(ticket["claims"][0]["policy"]["activation"], done["again"]);
    let listed = world.get(&store.key, "/v1/activations").await.is(200);
    let again = listed["items"].as_array().unwrap().iter().find(|one| one["id"] == done["again"]);
    let again = again.expect("the activation list shows it");
    assert_eq!((&again["policy"], &again["rollback"]["by"]), (&json!(good), &json!("policy-guard")));

    // It is told once, and belongs to no ticket.
    for _ in 0..5 {
        for host in others.iter().chain([&world.host]) {
            watch_all(host.app()).await.expect("a look");
        }
    }
    assert_eq!(returned(&world, &store).await.len(), 1);
    let messages = world.get(&store.key, "/v1/messages").await.is(200);
    let told: Vec<&Value> = messages["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["about"] == "policy-returned")
        .collect();
    assert_eq!(told.len(), 1, "{messages:#}");
    assert_eq!((&told[0]["to"], &told[0]["address"]), (&json!("party"), &json!("store@example.com")));
    assert!(told[0]["ticket"].is_null());
    let id = told[0]["id"].as_str().unwrap();
    let other = world.party("store", "旁店").await;
    assert_eq!(world.get(&other.key, "/v1/messages").await.is(200)["items"], json!([]));
    world.post(&other.key, &format!("/v1/messages/{id}/done"), json!({})).await.refused(404, "not-found");
    for host in others {
        host.stop().await;
    }
    world.close().await;
}

async fn without_anything_before_it_is_told_and_stays(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "Hostile").await;
    let bad = world.upload(&store, Fixture::Trap.module()).await;
    let activation = world.activate(&store, &bad, json!({ "from": "2030-01-01" })).await;
    open(&world, &store).await;
    open(&world, &store).await;
    // Without a guard nothing happens.
    health(&world, &store, &bad, "").await;
    watch_all(world.host.app()).await.expect("a look");
    assert!(returned(&world, &store).await.is_empty());
    let guard = json!({ "failures_percent": 100, "min_calls": 1, "window_hours": 2 });
    world.put(&store.key, "/v1/policy-guard", guard).await.is(200);
    for _ in 0..3 {
        watch_all(world.host.app()).await.expect("a look");
    }
    let done = returned(&world, &store).await;
    assert_eq!(done.len(), 1);
    assert_eq!((&done[0]["activation"], &done[0]["again"]), (&activation["id"], &Value::Null));
    let messages = world.get(&store.key, "/v1/messages").await.is(200);
    let told = messages["items"].as_array().unwrap().iter().filter(|one| one["about"] == "policy-failing");
    assert_eq!(told.count(), 1);
    let ticket = open(&world, &store).await;
    assert_eq!(ticket["claims"][0]["policy"]["activation"], activation["id"]);
    world.close().await;
}
