//! A dealer returns goods to its brand, in the standing that the brand gave it, and serves its own customer
//! (LGT-02, 03).

use crate::world::{Party, World, each, lamp, ticket_path, words};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::json;

on_both_engines!(
    a_dealers_return_needs_both_signatures_and_the_right_ones,
    a_distributors_return_is_approved_by_the_regional_manager_alone,
    a_ticket_holds_the_customers_claim_and_the_dealers,
);

async fn dealer(world: &World, brand: &Party, kind: &str) -> Party {
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(brand, &dealer, kind).await;
    dealer
}

async fn a_dealers_return_needs_both_signatures_and_the_right_ones(database: Database) {
    let world = World::open(&database).await;
    let brand = world.brand().await;
    let dealer = dealer(&world, &brand, "dealer").await;
    let ticket = world.open_ticket(&dealer, lamp(&brand, "2039-06-01")).await;
    let claim = &ticket["claims"][0];
    assert_eq!(claim["ruling"], "covered", "{claim:#}");
    assert_eq!(claim["claimant"]["party"]["name"], "华光灯饰");
    assert_eq!(claim["cover"]["until"], "2042-06-01");
    assert_eq!(each(&claim["offers"], "remedy")[0], "repair");

    let ticket = world.command(&dealer.key, &ticket, "agree", json!({})).await.is(200);
    let claim = &ticket["claims"][0];
    assert_eq!(claim["state"], "awaiting-approval");
    assert_eq!(each(&claim["approval"]["steps"], "role"), ["regional-manager", "order-department"]);
    assert_eq!(claim["settlement"]["goods_to"], "headquarters");

    let regional = world.signer(&brand, &["regional-manager"]).await;
    let orders = world.signer(&brand, &["order-department"]).await;
    let problem = world.command(&orders, &ticket, "approve", json!({})).await;
    assert_eq!(problem.refused(403, "wrong-role")["role"], "regional-manager");
    world.command(&dealer.key, &ticket, "approve", json!({})).await.refused(403, "wrong-side");
    let ticket = world.command(&regional, &ticket, "approve", json!({})).await.is(200);
    assert_eq!(ticket["claims"][0]["approval"]["next"], "order-department");
    world.command(&regional, &ticket, "approve", json!({})).await.refused(403, "wrong-role");
    let ticket = world.command(&orders, &ticket, "approve", json!({})).await.is(200);
    assert_eq!(ticket["claims"][0]["state"], "approved");

    // The goods went to headquarters, so the brand does the work and the dealer cannot.
    world.command(&dealer.key, &ticket, "start-work", json!({})).await.refused(403, "wrong-side");
    let started = json!({ "goods_received_at": "2040-03-05T02:00:00Z" });
    let ticket = world.command(&brand.key, &ticket, "start-work", started).await.is(200);
    let deadline = &ticket["claims"][0]["deadlines"][0];
    assert_eq!(deadline["milestone"], "return-handled");
    assert_eq!(deadline["started_by"], "goods-received");
    assert_eq!(deadline["within"], json!({ "amount": 5, "unit": "working-days" }));
    // Received on Monday: the fifth working day after it is the Monday of the next week.
    assert_eq!(deadline["due_at"], "2040-03-12T16:00:00Z");
    let ticket =
        world.command(&brand.key, &ticket, "complete", json!({ "note": "driver replaced" })).await.is(200);
    assert_eq!(ticket["claims"][0]["deadlines"][0]["state"], "met");
    let ticket =
        world.command(&dealer.key, &ticket, "hand-over", json!({ "to": "华光灯饰仓库" })).await.is(200);
    let ticket = world.command(&dealer.key, &ticket, "close", json!({})).await.is(200);
    assert_eq!(ticket["claims"][0]["outcome"]["remedy"], "repair");
    let journal =
        world.get(&dealer.key, &format!("{}/journal?limit=200", ticket_path(&ticket))).await.is(200);
    let entries = journal["items"].as_array().unwrap();
    let arrived = entries.iter().find(|entry| entry["event"] == "goods-received").unwrap();
    assert_eq!(arrived["details"], json!({ "at": "2040-03-05T02:00:00Z" }));
    assert_ne!(arrived["at"], arrived["details"]["at"], "taken down later");
    world.close().await;
}

async fn a_distributors_return_is_approved_by_the_regional_manager_alone(database: Database) {
    let world = World::open(&database).await;
    let brand = world.brand().await;
    let distributor = dealer(&world, &brand, "distributor").await;
    let ticket = world.open_ticket(&distributor, lamp(&brand, "2039-06-01")).await;
    assert_eq!(ticket["claims"][0]["claimant"]["kind"], "distributor");
    let ticket = world.command(&distributor.key, &ticket, "agree", json!({})).await.is(200);
    let claim = &ticket["claims"][0];
    assert_eq!(each(&claim["approval"]["steps"], "role"), ["regional-manager"]);
    assert_eq!(claim["settlement"]["goods_to"], "agent");
    let regional = world.signer(&brand, &["regional-manager"]).await;
    let ticket = world.command(&regional, &ticket, "approve", json!({})).await.is(200);
    assert_eq!(ticket["claims"][0]["state"], "approved");
    world.close().await;
}

async fn a_ticket_holds_the_customers_claim_and_the_dealers(database: Database) {
    let world = World::open(&database).await;
    let brand = world.brand().await;
    let dealer = world.store().await;
    world.deals(&brand, &dealer, "dealer").await;
    let mut body = lamp(&brand, "2039-06-01");
    body["customer"] = json!({ "name": "李华" });
    let against_brand = body["claims"][0].take();
    body["claims"] =
        json!([{ "cause": "quality", "dates": { "sold": "2040-03-01", "shipped": "2039-06-01" } }]);
    let ticket = world.open_ticket(&dealer, body).await;
    let path = format!("/v1/tickets/{}/claims", ticket["id"].as_str().unwrap());
    let mut claim = against_brand;
    claim["dates"] = json!({});
    let ticket = world.post(&dealer.key, &path, claim).await.is(201);
    assert_eq!(ticket["claims"].as_array().unwrap().len(), 2);
    let claim = &ticket["claims"][1];
    assert_eq!(claim["facts"]["dates"]["shipped"]["on"], "2039-06-01", "known from the first claim");
    assert_eq!(claim["policy"]["name"], "lighting");
    assert_eq!(ticket["claims"][0]["policy"]["name"], "store");

    // The brand sees what it owes, and the customer; not what the dealer owes.
    let seen =
        world.get(&brand.key, &format!("/v1/tickets/{}", ticket["id"].as_str().unwrap())).await.is(200);
    assert_eq!(each(&seen["claims"], "id"), [claim["id"].as_str().unwrap()]);
    assert_eq!(seen["customer"]["name"], "李华");
    assert!(words(&seen["claims"][0]["possible"]).contains(&"judge"));
    let journal = world
        .get(&brand.key, &format!("/v1/tickets/{}/journal", ticket["id"].as_str().unwrap()))
        .await
        .is(200);
    assert!(each(&journal["items"], "claim").iter().all(|id| *id == claim["id"].as_str().unwrap()));
    // It can act on its own claim although it may not touch the other one.
    let evidence = json!({ "note": "seen by the regional manager" });
    world.command(&brand.key, &seen, "evidence", evidence).await.is(200);
    world.command(&brand.key, &ticket, "evidence", json!({ "note": "no" })).await.refused(404, "not-found");
    world.close().await;
}
