//! What a party may use: the platform sets it, the party sees it, and beyond it nothing fails but the request
//! that went too far.

use crate::lifecycle::{numbered, plain};
use crate::world::{Answer, Party, World};
use futures::future::join_all;
use reqwest::Method;
use sanbao_hostile::Fixture;
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};

on_both_engines!(
    the_platform_sets_limits_and_the_party_sees_them,
    uploads_beyond_the_limits_are_refused,
    fuel_is_the_partys_own,
    over_its_pace_a_party_waits_and_then_a_person_decides,
);

async fn set(world: &World, party: &Party, figures: Value) -> Answer {
    world.put(&world.platform().key, &format!("/v1/parties/{}/limits", party.id), figures).await
}

async fn send(world: &World, party: &Party, module: Vec<u8>) -> Answer {
    let request = world.request(Method::POST, &party.key, "/v1/policies");
    world.send(request.header("content-type", "application/wasm").body(module)).await
}

async fn the_platform_sets_limits_and_the_party_sees_them(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    world.upload(&store, numbered("1.0.0")).await;
    let usual = world.get(&store.key, "/v1/limits").await.is(200);
    assert_eq!((&usual["own"]["policies"], &usual["set_by"]), (&Value::Null, &Value::Null));
    assert_eq!(usual["used"]["policies"], 1);
    assert!(usual["used"]["component_bytes"].as_u64().unwrap() > 100);
    let figures = json!({ "policies": 7, "fuel_per_call": 2_000_000, "concurrent_calls": 3 });
    let told = set(&world, &store, figures.clone()).await.is(200);
    let seen = world.get(&store.key, "/v1/limits").await.is(200);
    for shown in [&told, &seen] {
        assert_eq!(shown["limits"]["policies"], 7);
        assert_eq!(shown["limits"]["fuel_per_call"], 2_000_000);
        assert_eq!(shown["limits"]["back_tests"], usual["limits"]["back_tests"], "as usual");
        assert_eq!(shown["own"]["back_tests"], Value::Null);
        assert!(shown["set_by"].is_string() && shown["set_at"].is_string());
    }
    // What is left out is as usual again.
    let less = set(&world, &store, json!({ "policies": 8 })).await.is(200);
    assert_eq!(less["limits"]["concurrent_calls"], usual["limits"]["concurrent_calls"]);
    let path = format!("/v1/parties/{}/limits", store.id);
    assert_eq!(world.get(&world.platform().key, &path).await.is(200)["limits"], less["limits"]);
    // Nobody else sets or sees them there, not even the party itself.
    world.put(&store.key, &path, figures.clone()).await.refused(404, "not-found");
    world.get(&store.key, &path).await.refused(404, "not-found");
    let nobody = Party { id: "00000000-0000-7000-8000-00000000ffff".to_owned(), ..store.clone() };
    set(&world, &nobody, figures).await.refused(404, "not-found");
    let absurd = json!({ "policies": 0, "concurrent_calls": 100_000, "fuel_per_call": 1 });
    let absurd = set(&world, &store, absurd).await.refused(422, "invalid");
    let fields: Vec<_> = absurd["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, ["policies", "fuel_per_call", "concurrent_calls"]);
    set(&world, &store, json!({ "polices": 3 })).await.refused(422, "invalid");
    world.close().await;
}

async fn uploads_beyond_the_limits_are_refused(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    set(&world, &store, json!({ "policies": 1 })).await.is(200);
    let first = world.upload(&store, numbered("1.0.0")).await;
    let full = send(&world, &store, numbered("2.0.0")).await.refused(409, "too-many-policies");
    assert_eq!((&full["field"], &full["limit"], &full["used"]), (&json!("policies"), &json!(1), &json!(1)));
    assert!(full["fix"].is_string());
    world.post(&store.key, &format!("/v1/policies/{first}/retire"), json!({})).await.is(200);
    world.upload(&store, numbered("2.0.0")).await;
    set(&world, &store, json!({ "component_bytes": 1024 })).await.is(200);
    let mut large = numbered("3.0.0");
    // A custom section of so many bytes.
    large.extend([0, 0x80 | 0x05, 0x10, 1, b'x']);
    large.extend(vec![0; 0x0805 - 2]);
    let bytes = large.len();
    let refused = send(&world, &store, large).await.refused(413, "component-too-large");
    assert_eq!((&refused["limit"], &refused["used"]), (&json!(1024), &json!(bytes)));
    // Another party has limits of its own.
    let other = world.party("store", "另一家").await;
    world.upload(&other, numbered("1.0.0")).await;
    world.upload(&other, numbered("2.0.0")).await;
    world.close().await;
}

async fn fuel_is_the_partys_own(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let policy = world.upload(&store, Fixture::EndlessLoop.module()).await;
    world.activate(&store, &policy, json!({ "from": "2030-01-01" })).await;
    for fuel in [1_000_000, 300_000] {
        set(&world, &store, json!({ "fuel_per_call": fuel })).await.is(200);
        let ticket = world.open_ticket(&store, plain("2040-02-24")).await;
        let claim = &ticket["claims"][0];
        assert_eq!(claim["failure"]["kind"], "out-of-fuel", "a person decides");
        let receipt = format!("/v1/receipts/{}", claim["receipt"].as_str().unwrap());
        let receipt = world.get(&store.key, &receipt).await.is(200);
        let input: Value = serde_json::from_str(receipt["input"].as_str().unwrap()).unwrap();
        assert_eq!(input["limits"]["fuel"], fuel, "the receipt says under which limit");
    }
    world.close().await;
}

async fn over_its_pace_a_party_waits_and_then_a_person_decides(database: Database) {
    let world = World::open(&database).await;
    let slow = world.party("store", "小店").await;
    let policy = world.upload(&slow, numbered("1.0.0")).await;
    world.activate(&slow, &policy, json!({ "from": "2030-01-01" })).await;
    set(&world, &slow, json!({ "calls_per_second": 1 })).await.is(200);
    let other = world.party("store", "另一家").await;
    let policy = world.upload(&other, numbered("1.0.0")).await;
    world.activate(&other, &policy, json!({ "from": "2030-01-01" })).await;
    let tickets = join_all((0..14).map(|_| world.open_ticket(&slow, plain("2040-02-24"))));
    let others = async {
        let mut judged = 0;
        for _ in 0..10 {
            let ticket = world.open_ticket(&other, plain("2040-02-24")).await;
            judged += usize::from(ticket["claims"][0]["ruling"] == "not-covered");
        }
        judged
    };
    let (tickets, others) = tokio::join!(tickets, others);
    assert_eq!(others, 10, "nobody else waits");
    let judged = tickets.iter().filter(|ticket| ticket["claims"][0]["ruling"] == "not-covered").count();
    let with_person =
        tickets.iter().filter(|ticket| ticket["claims"][0]["failure"]["kind"] == "unavailable").count();
    assert_eq!(judged + with_person, 14, "every ticket is open: {:#?}", tickets[0]);
    assert!(judged >= 2, "a call waits for its turn: {judged}");
    assert!(with_person >= 1, "patience ends");
    world.close().await;
}
