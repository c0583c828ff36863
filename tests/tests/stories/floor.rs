//! The statutory floor beside the respondents' own policies (STO-41), with the example of a floor.

use crate::world::{World, each, television, ticket_path};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use sanbao_tests::packs;
use serde_json::{Value, json};

on_both_engines!(
    sto_41_the_more_favourable_of_policy_and_law_decides_a_consumers_claim,
    sto_41_only_the_platform_puts_a_floor_in_force,
);

async fn floor(world: &World, jurisdiction: &str) -> Value {
    let platform = world.platform();
    let pack = packs::read("sanbao_floor_example_pack").expect("the example of a floor");
    let policy = world.upload(&platform, pack).await;
    let body = json!({ "from": "2030-01-01", "floor": jurisdiction });
    world.activate(&platform, &policy, body).await
}

async fn sto_41_the_more_favourable_of_policy_and_law_decides_a_consumers_claim(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    // Five days after the purchase, but the packaging is gone: the store's own rules give no money back.
    let mut body = television("2040-02-29");
    body["claims"][0]["attributes"]["packaging-intact"] = json!(false);
    let before = world.open_ticket(&store, body.clone()).await;
    let own = &before["claims"][0];
    assert!(own["decided_by"].is_null() && own["beside"].is_null(), "there is no floor yet");
    assert!(!each(&own["offers"], "remedy").contains(&"refund"), "{own:#}");

    assert_eq!(floor(&world, "CN").await["floor"], "CN");
    let ticket = world.open_ticket(&store, body.clone()).await;
    let claim = &ticket["claims"][0];
    assert_eq!(claim["decided_by"], "floor", "{claim:#}");
    assert_eq!(claim["policy"]["name"], "floor-example");
    assert_eq!(each(&claim["offers"], "remedy")[0], "refund");
    let reason = &claim["reasons"][0];
    assert_eq!(reason["rule"], "FLOOR-1");
    assert_ne!(reason["title"], reason["rule"], "in the law's own words");
    assert_eq!(claim["beside"]["policy"]["name"], "store");
    assert_eq!(claim["beside"]["because"], "less-favourable");
    assert_eq!(claim["beside"]["ruling"], own["ruling"]);
    // Both answers are recorded.
    let receipts = world.get(&store.key, &format!("{}/receipts", ticket_path(&ticket))).await.is(200);
    let ids = each(&receipts["items"], "id");
    for receipt in [&claim["receipt"], &claim["beside"]["receipt"]] {
        assert!(ids.contains(&receipt.as_str().expect("a receipt")));
    }
    // It goes on by the store's own procedure, and nothing else differs.
    let ticket = world.command(&store.key, &ticket, "agree", json!({})).await.is(200);
    assert_eq!(ticket["claims"][0]["settlement"]["remedy"], "refund");
    let reread = world.get(&store.key, &ticket_path(&ticket)).await.is(200);
    assert_eq!(reread["claims"][0]["decided_by"], "floor");

    // Ten days after the purchase the store gives money back by its own rule; the law only an exchange.
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let claim = &ticket["claims"][0];
    assert_eq!(claim["decided_by"], "own", "{claim:#}");
    assert_eq!(claim["policy"]["name"], "store");
    assert_eq!(claim["beside"]["policy"]["name"], "floor-example");
    assert_eq!(each(&claim["offers"], "remedy")[0], "refund");

    // A company is no consumer: the law is not asked.
    body["claims"][0]["claimant"] = json!({ "kind": "business" });
    let ticket = world.open_ticket(&store, body).await;
    assert!(ticket["claims"][0]["decided_by"].is_null());

    // Where the respondent has no policy at all, the consumer still has the law.
    let other = world.party("store", "无政策的店").await;
    let ticket = world.open_ticket(&other, {
        let mut body = television("2040-02-29");
        body["claims"][0]["attributes"] = json!({});
        body
    });
    let claim = ticket.await["claims"][0].clone();
    assert_eq!((&claim["decided_by"], &claim["beside"]["because"]), (&json!("floor"), &json!("no-policy")));
    assert_eq!(each(&claim["offers"], "remedy")[0], "refund");
    world.close().await;
}

async fn sto_41_only_the_platform_puts_a_floor_in_force(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "新宇电器城").await;
    let policy = world.upload(&store, packs::read("sanbao_store_pack").expect("the store pack")).await;
    let path = format!("/v1/policies/{policy}/activations");
    let refused = world.post(&store.key, &path, json!({ "from": "2030-01-01", "floor": "CN" })).await;
    assert_eq!(refused.refused(403, "platform-only")["rule"], "STO-41");
    // The law of another place does not reach here.
    let abroad = floor(&world, "DE").await;
    let mut body = television("2040-02-29");
    body["claims"][0]["attributes"] = json!({});
    let ticket = world.open_ticket(&store, body).await;
    assert!(ticket["claims"][0]["decided_by"].is_null());
    assert_eq!(ticket["claims"][0]["state"], "escalated");
    let path = format!("/v1/policies/{}/activations", abroad["policy"].as_str().expect("an id"));
    let wrong = json!({ "from": "2030-01-01", "floor": "China" });
    world.post(&world.platform().key, &path, wrong).await.refused(422, "invalid");
    world.close().await;
}
