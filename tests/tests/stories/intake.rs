//! What comes in is checked, all of it, before anything happens; a unit is known by its serial number (ENT-05).

use crate::world::{World, each, lamp, television};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::json;

on_both_engines!(
    every_field_at_fault_is_named_at_once,
    the_same_reference_is_the_same_ticket,
    a_registered_unit_brings_its_facts,
    a_respondent_must_be_known_to_the_claimant,
);

async fn every_field_at_fault_is_named_at_once(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let mut body = television("2041-01-01");
    body["claims"][0]["attributes"] = json!({ "gift": "perhaps", "packaging-intakt": true });
    body["claims"][0]["claimed"] = json!({ "amount": 100, "currency": "ABC" });
    let problem = world.post(&store.key, "/v1/tickets", body).await.refused(422, "invalid");
    let fields = each(&problem["errors"], "field");
    for field in [
        "claims[0].dates.sold",
        "claims[0].claimed",
        "claims[0].attributes.gift",
        "claims[0].attributes.packaging-intakt",
    ] {
        assert!(fields.contains(&field), "{field} is not in {fields:?}");
    }
    assert_eq!(fields.len(), 4, "{problem:#}");
    assert!(problem.to_string().contains("packaging-intact"), "the name that was meant: {problem:#}");
    assert_eq!(world.get(&store.key, "/v1/tickets").await.is(200)["items"], json!([]), "nothing was opened");
    let problem =
        world.post(&store.key, "/v1/tickets", json!({ "claims": [] })).await.refused(422, "invalid");
    assert_eq!(each(&problem["errors"], "field"), ["unit", "claims"]);
    world.close().await;
}

async fn the_same_reference_is_the_same_ticket(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let mut body = television("2040-02-24");
    body["reference"] = json!("A-1");
    let ticket = world.open_ticket(&store, body.clone()).await;
    world.command(&store.key, &ticket, "evidence", json!({ "fault": "no picture" })).await.is(200);
    world.to("2040-03-06T02:00:00Z").await;
    let again = world.post(&store.key, "/v1/tickets", body.clone()).await.is(200);
    assert_eq!(again["id"], ticket["id"]);
    assert_eq!(again["claims"][0]["facts"]["fault"], "no picture");
    body["claims"][0]["dates"]["sold"] = json!("2040-02-25");
    let problem = world.post(&store.key, "/v1/tickets", body.clone()).await.refused(409, "reference-taken");
    assert_eq!(problem["ticket"], ticket["id"]);
    let found = world.get(&store.key, "/v1/tickets?reference=A-1&ruling=covered").await.is(200);
    assert_eq!(each(&found["items"], "id"), [ticket["id"].as_str().unwrap()]);
    // References are each handler's own.
    let other = world.store().await;
    world.open_ticket(&other, body).await;
    world.close().await;
}

async fn a_registered_unit_brings_its_facts(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let unit = json!({
        "serial": "SN-1", "category": "television", "model": "TV-55", "dates": { "sold": "2040-03-01" },
    });
    let unit = world.post(&store.key, "/v1/units", unit).await.is(201);
    let body = json!({ "unit": unit["id"], "claims": [{ "cause": "quality" }] });
    let ticket = world.open_ticket(&store, body).await;
    assert_eq!(ticket["unit"], unit["id"]);
    let facts = &ticket["claims"][0]["facts"];
    assert_eq!(facts["product"]["serial"], "SN-1");
    assert_eq!(facts["dates"]["sold"]["on"], "2040-03-01");
    assert_eq!(facts["dates"]["reported"]["on"], "2040-03-05", "reported now");
    assert_eq!(ticket["claims"][0]["ruling"], "covered");
    let stranger = world.store().await;
    let body = json!({ "unit": unit["id"], "claims": [{ "cause": "quality" }] });
    let problem = world.post(&stranger.key, "/v1/tickets", body).await.refused(404, "not-found");
    assert_eq!(problem["field"], "unit");
    world.close().await;
}

async fn a_respondent_must_be_known_to_the_claimant(database: Database) {
    let world = World::open(&database).await;
    let brand = world.brand().await;
    let dealer = world.party("dealer", "华光灯饰").await;
    let problem = world.post(&dealer.key, "/v1/tickets", lamp(&brand, "2039-06-01")).await;
    assert_eq!(problem.refused(404, "not-found")["field"], "claims[0].respondent");
    world.deals(&brand, &dealer, "dealer").await;
    let mut body = lamp(&brand, "2039-06-01");
    body["claims"][0]["claimant"] = json!({ "kind": "distributor" });
    let problem = world.post(&dealer.key, "/v1/tickets", body).await.refused(422, "invalid");
    assert_eq!(each(&problem["errors"], "field"), ["claims[0].claimant"]);
    let ticket = world.open_ticket(&dealer, lamp(&brand, "2039-06-01")).await;
    let end = world.request(reqwest::Method::DELETE, &brand.key, &format!("/v1/dealerships/{}", dealer.id));
    assert_eq!(world.send(end).await.status, 204);
    world.post(&dealer.key, "/v1/tickets", lamp(&brand, "2039-06-01")).await.refused(404, "not-found");
    // What was open goes on.
    world.command(&dealer.key, &ticket, "agree", json!({})).await.is(200);
    world.close().await;
}
