//! What is tried is what comes into force: settings in front of those recorded, and activations that demand it.

use super::{active, ask, count, ended, history};
use crate::world::{Party, World};
use sanbao_hostile::Fixture;
use sanbao_tests::database::Database;
use sanbao_tests::{on_both_engines, packs};
use serde_json::{Value, json};

on_both_engines!(
    an_activation_can_demand_that_little_changes,
    settings_are_tried_in_front_of_those_recorded,
    an_activation_has_the_settings_that_were_tried,
);

async fn an_activation_can_demand_that_little_changes(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    history(&world, &store).await;
    let same = active(&world, &store).await;
    let other = world.upload(&store, Fixture::WellBehaved.component()).await;
    let activate = async |policy: &str, demand: Value| {
        let body = json!({ "from": "2041-01-01", "back_test": demand });
        world.post(&store.key, &format!("/v1/policies/{policy}/activations"), body).await
    };
    let most = |percent: f64| json!({ "max_changed_percent": percent });
    activate(&same, most(5.0)).await.refused(409, "back-test-missing");
    activate(&same, most(101.0)).await.refused(422, "invalid");
    for policy in [&same, &other] {
        let made = ask(&world, &store, json!({ "candidate": policy })).await;
        assert_eq!(ended(&world, &store, made).await["state"], "finished");
    }
    activate(&same, most(0.0)).await.is(201);
    let refused = activate(&other, most(50.0)).await.refused(409, "back-test-changed-too-much");
    assert_eq!((&refused["changed_percent"], &refused["max_changed_percent"]), (&json!(100.0), &json!(50.0)));
    let link = refused["back_test"].as_str().expect("a link");
    assert_eq!(world.get(&store.key, link).await.is(200)["candidate"], json!(other));
    activate(&other, most(100.0)).await.is(201);
    // One of another version does not help; nor does one of a part of the history, unless it is named.
    let named = link.rsplit('/').next().unwrap();
    activate(&same, json!({ "max_changed_percent": 100, "id": named })).await.refused(422, "invalid");
    let third = world.upload(&store, packs::read("sanbao_lighting_pack").expect("the lighting pack")).await;
    let part = json!({ "candidate": third, "filter": { "interfaces": ["penalty"] } });
    let part = ended(&world, &store, ask(&world, &store, part).await).await;
    activate(&third, most(100.0)).await.refused(409, "back-test-missing");
    activate(&third, json!({ "max_changed_percent": 100, "id": part["id"] })).await.is(201);
    // What was tried too long ago says nothing.
    world.to("2040-05-01T00:00:00Z").await;
    activate(&same, most(0.0)).await.refused(409, "back-test-outdated");
    world.close().await;
}

/// A coach maker whose cover is 24 months and 100 000 km.
async fn maker(world: &World) -> (Party, String) {
    let maker = world.party("brand", "长江客车").await;
    let policy = world.upload(&maker, packs::read("sanbao_bus_pack").expect("the bus pack")).await;
    world.activate(&maker, &policy, json!({ "from": "2030-01-01", "settings": settings(24) })).await;
    (maker, policy)
}

fn settings(months: u32) -> Value {
    json!({ "warranty-months": months, "warranty-kilometres": 100_000, "complaint-rate-target": "2.5" })
}

async fn settings_are_tried_in_front_of_those_recorded(database: Database) {
    let world = World::open(&database).await;
    let (maker, policy) = maker(&world).await;
    for (sold, kilometres) in [("2039-01-05", 60_000), ("2039-12-01", 20_000)] {
        let ticket = json!({ "product": { "category": "coach", "model": "C-12" }, "claims": [{
            "asked": "repair", "cause": "quality", "dates": { "sold": sold },
            "history": { "usage": [{ "amount": kilometres, "unit": "kilometres" }] },
            "attributes": { "system": "body", "distance-km": 10, "dismantled": false },
        }] });
        assert_eq!(world.open_ticket(&maker, ticket).await["claims"][0]["ruling"], "covered");
    }
    let tried = async |settings: Value| {
        let filter = json!({ "interfaces": ["coverage"], "seed": 3 });
        let body = json!({ "candidate": policy, "filter": filter, "settings": settings });
        let shown = ended(&world, &maker, ask(&world, &maker, body).await).await;
        assert_eq!((&shown["filter"], &shown["settings"]), (&filter, &settings));
        count(&shown["found"]["changes"].get("covered-to-not-covered").unwrap_or(&json!(0)).clone())
    };
    assert_eq!(tried(json!({})).await, 0);
    assert_eq!(tried(json!({ "warranty-months": 12 })).await, 1);
    assert_eq!(tried(json!({ "warranty-kilometres": 10_000 })).await, 2);
    assert_eq!(tried(json!({ "complaint-rate-target": "1" })).await, 0);
    world.close().await;
}

async fn an_activation_has_the_settings_that_were_tried(database: Database) {
    let world = World::open(&database).await;
    let (maker, policy) = maker(&world).await;
    let tried = async |settings: Value| {
        let body = json!({ "candidate": policy, "settings": settings });
        ended(&world, &maker, ask(&world, &maker, body).await).await["id"].clone()
    };
    let activate = async |id: &Value, settings: Value| {
        let demand = json!({ "max_changed_percent": 100, "id": id });
        let body = json!({ "from": "2041-01-01", "back_test": demand, "settings": settings });
        world.post(&maker.key, &format!("/v1/policies/{policy}/activations"), body).await
    };
    let twelve = tried(json!({ "warranty-months": 12 })).await;
    let refused = activate(&twelve, settings(24)).await.refused(409, "back-test-settings");
    assert_eq!(refused["settings"], json!(["warranty-months"]));
    activate(&twelve, settings(12)).await.is(201);
    // What was not tried must stay as it is.
    let present = tried(json!({})).await;
    let refused = activate(&present, settings(12)).await.refused(409, "back-test-settings");
    assert_eq!(refused["settings"], json!(["warranty-months"]));
    activate(&present, settings(24)).await.is(201);
    world.close().await;
}
