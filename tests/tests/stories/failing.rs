//! A policy that misbehaves never fails a ticket.

use crate::world::{World, television};
use sanbao_domain::ids::PartyId;
use sanbao_domain::manifest::Manifest;
use sanbao_domain::text::Text;
use sanbao_hostile::Fixture;
use sanbao_store::StoreError;
use sanbao_store::activation::Activation;
use sanbao_store::policy::{Policy, PolicyStatus};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::json;

on_both_engines!(
    a_failing_policy_hands_the_claim_to_a_person,
    a_component_that_does_not_load_any_more_does_too,
);

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

async fn a_component_that_does_not_load_any_more_does_too(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let party: PartyId = store.id.parse().unwrap();
    let app = world.host.app();
    let manifest = Manifest {
        name: "old".to_owned(),
        version: "1.0.0".to_owned(),
        title: Text::new("旧政策", "Old policy"),
        rules: vec![],
        attributes: vec![],
        settings: vec![],
        roles: vec![],
    };
    let policy = Policy {
        id: app.id(),
        party,
        name: manifest.name.clone(),
        version: manifest.version.clone(),
        digest: [7; 32],
        contract: "0.0.1".to_owned(),
        status: PolicyStatus::Checked,
        manifest: serde_json::to_string(&manifest).unwrap(),
        report: "{}".to_owned(),
        created_at: app.now(),
        retired_at: None,
        signed_by: None,
    };
    let activation = Activation {
        id: app.id(),
        party,
        policy: policy.id,
        valid_from: "2030-01-01T00:00:00Z".parse().unwrap(),
        valid_to: None,
        settings: "[]".to_owned(),
        created_at: app.now(),
        retired_at: None,
        floor: None,
    };
    let written: Result<(), StoreError> = app
        .store()
        .write(party, move |conn| {
            Box::pin(async move {
                sanbao_store::policy::insert(conn, &policy, 12).await?;
                sanbao_store::activation::insert(conn, &activation).await
            })
        })
        .await;
    written.unwrap();
    let mut body = television("2040-02-24");
    body["claims"][0]["attributes"] = json!({});
    let ticket = world.open_ticket(&store, body).await;
    let claim = &ticket["claims"][0];
    assert_eq!(claim["with_person"]["because"], "policy-failed");
    assert_eq!(claim["failure"]["kind"], "unavailable");
    let receipt =
        world.get(&store.key, &format!("/v1/receipts/{}", claim["receipt"].as_str().unwrap())).await;
    assert_eq!(receipt.is(200)["outcome"], "unavailable");
    world.close().await;
}
