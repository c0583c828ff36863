//! A policy that misbehaves never fails a ticket.

use crate::world::{World, television};
use sanbao_hostile::Fixture;
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::json;

on_both_engines!(a_failing_policy_hands_the_claim_to_a_person);

async fn a_failing_policy_hands_the_claim_to_a_person(database: Database) {
    let world = World::open(&database).await;
    let honest = world.store().await;
    for (fixture, kinds) in [
        (Fixture::Trap, &["trap"][..]),
        // Whichever limit the machine reaches first.
        (Fixture::EndlessLoop, &["out-of-fuel", "deadline"]),
        (Fixture::UnknownCitation, &["unknown-citation"]),
    ] {
        let store = world.party("store", "Hostile").await;
        let policy = world.upload(&store, fixture.module()).await;
        world.activate(&store, &policy, json!({ "from": "2030-01-01" })).await;
        let mut body = television("2040-02-24");
        body["claims"][0]["attributes"] = json!({});
        let ticket = world.open_ticket(&store, body).await;
        let claim = &ticket["claims"][0];
        assert_eq!(claim["state"], "escalated", "{fixture:?}");
        assert_eq!(claim["with_person"]["because"], "policy-failed");
        let kind = claim["failure"]["kind"].as_str().unwrap();
        assert!(kinds.contains(&kind), "{fixture:?}: {kind}");
        let receipt =
            world.get(&store.key, &format!("/v1/receipts/{}", claim["receipt"].as_str().unwrap())).await;
        let receipt = receipt.is(200);
        assert_eq!(receipt["outcome"], kind);
        assert!(receipt["output"].as_str().unwrap().contains(kind));
        // The person can go on.
        let granted =
            world.command(&store.key, &ticket, "approve", json!({ "remedy": "refund" })).await.is(200);
        assert_eq!(granted["claims"][0]["state"], "approved");
    }
    let ticket = world.open_ticket(&honest, television("2040-02-24")).await;
    assert_eq!(ticket["claims"][0]["ruling"], "covered", "others are not affected");
    world.close().await;
}
