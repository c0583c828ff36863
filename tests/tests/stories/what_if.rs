//! A verdict on other facts, at another time, by another version: asked, and nothing kept.

use crate::world::{World, each, lamp, television, ticket_path};
use sanbao_tests::database::Database;
use sanbao_tests::{on_both_engines, packs};
use serde_json::{Value, json};

on_both_engines!(
    other_facts_give_another_verdict_and_nothing_is_kept,
    facts_that_cannot_be_are_named,
    settings_in_force_stand_beside_those_tried,
);

async fn other_facts_give_another_verdict_and_nothing_is_kept(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let claim = &ticket["claims"][0];
    let before = world.get(&store.key, &format!("{}/receipts", ticket_path(&ticket))).await.is(200);
    let ask = async |body: Value| world.post(&store.key, "/v1/what-if", body).await;

    let base = json!({ "ticket": ticket["id"], "claim": claim["id"] });
    let same = ask(base.clone()).await.is(200);
    assert_eq!(same["verdict"]["ruling"], "covered");
    assert_eq!(same["difference"]["changes"], json!([]), "{:#}", same["difference"]);
    assert_eq!(same["policy"]["activation"], claim["policy"]["activation"]);
    assert!(same["fuel"].as_u64().unwrap() > 0 && same["log"].is_object());
    assert!(same["verdict"]["receipt"].is_null());

    // The customer's own damage.
    let mut body = base.clone();
    body["edit"] = json!({ "cause": "customer-damage" });
    let damaged = ask(body).await.is(200);
    assert_eq!(damaged["verdict"]["ruling"], "not-covered");
    let change = &damaged["difference"]["changes"][0];
    assert_eq!(
        (&change["kind"], &change["from"], &change["to"]),
        (&json!("ruling"), &json!("covered"), &json!("not-covered"))
    );
    let newly = damaged["difference"]["newly"].as_array().unwrap();
    assert!(newly.contains(&json!("STO-14")), "{newly:?}");
    // A fact of the policy's own, by name; from the receipt this time.
    let body =
        json!({ "receipt": claim["receipt"], "edit": { "attributes": { "packaging-intact": false } } });
    let unpacked = ask(body).await.is(200);
    assert!(!each(&unpacked["verdict"]["offers"], "remedy").contains(&"refund"), "{unpacked:#}");
    // Reported later, the money is no longer given back.
    let mut body = base.clone();
    body["now"] = json!("2040-06-01T02:00:00Z");
    body["edit"] = json!({ "dates": { "reported": "2040-06-01" } });
    let later = ask(body).await.is(200);
    assert!(!each(&later["verdict"]["offers"], "remedy").contains(&"refund"), "{later:#}");
    // Sold before the policy was in force.
    let mut body = base.clone();
    body["edit"] = json!({ "dates": { "sold": "2029-06-01" } });
    let early = ask(body).await.is(200);
    assert_eq!((&early["outcome"], &early["basis"]), (&json!("no-policy"), &json!("2029-06-01")));
    // By a version that is named, although none was in force.
    let version = world.get(&store.key, "/v1/policies").await.is(200)["items"][0]["id"].clone();
    let body = json!({ "ticket": ticket["id"], "claim": claim["id"], "policy": version,
        "edit": { "dates": { "sold": "2029-06-01" } } });
    let tried = ask(body).await.is(200);
    assert_eq!(tried["outcome"], "verdict");
    assert!(tried["policy"]["activation"].is_null());

    let after = world.get(&store.key, &format!("{}/receipts", ticket_path(&ticket))).await.is(200);
    assert_eq!(after, before, "nothing was recorded");
    let again = world.get(&store.key, &ticket_path(&ticket)).await.is(200);
    assert_eq!(again["version"], ticket["version"]);

    // A dealer asks its brand's policy about a claim that nobody has opened.
    let brand = world.brand().await;
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(&brand, &dealer, "dealer").await;
    let lamp = lamp(&brand, "2039-06-01");
    let facts = json!({ "facts": { "product": lamp["product"], "claim": lamp["claims"][0] } });
    let asked = world.post(&dealer.key, "/v1/what-if", facts.clone()).await.is(200);
    assert_eq!(asked["policy"]["name"], "lighting");
    assert!(asked["log"].is_null(), "the log is its author's");
    assert!(asked["difference"].is_null());
    let mut body = facts.clone();
    body["settings"] = json!({ "large-scale-percent": 5 });
    let refused = world.post(&dealer.key, "/v1/what-if", body).await.refused(422, "invalid");
    assert_eq!(refused["errors"][0]["field"], "settings");
    let rival = world.party("dealer", "对手灯饰").await;
    world.post(&rival.key, "/v1/what-if", facts).await.refused(404, "not-found");
    world.post(&rival.key, "/v1/what-if", base).await.refused(404, "not-found");
    world.close().await;
}

async fn facts_that_cannot_be_are_named(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let base = json!({ "ticket": ticket["id"], "claim": ticket["claims"][0]["id"] });
    for (name, value, field) in [
        ("edit", json!({ "dates": { "sold": "2041-01-01" } }), "edit.dates.sold"),
        ("edit", json!({ "colour": "red" }), "edit.colour"),
        ("edit", json!({ "cause": "magic" }), "edit.cause"),
        ("edit", json!({ "product": { "quantity": 0 } }), "edit.product.quantity"),
        ("edit", json!({ "attributes": { "packaging-intakt": true } }), "edit.attributes.packaging-intakt"),
        (
            "edit",
            json!({ "attributes": { "packaging-intact": "maybe" } }),
            "edit.attributes.packaging-intact",
        ),
        ("settings", json!({ "no-such-setting": 1 }), "settings.no-such-setting"),
        ("interface", json!("penalty"), "interface"),
        ("receipt", ticket["claims"][0]["receipt"].clone(), "receipt"),
    ] {
        let mut body = base.clone();
        body[name] = value;
        let refused = world.post(&store.key, "/v1/what-if", body).await.refused(422, "invalid");
        let named = each(&refused["errors"], "field");
        assert!(named.contains(&field), "{field}: {refused:#}");
    }
    world.post(&store.key, "/v1/what-if", json!({})).await.refused(422, "invalid");
    world.close().await;
}

async fn settings_in_force_stand_beside_those_tried(database: Database) {
    let world = World::open(&database).await;
    let maker = world.party("brand", "长江客车").await;
    let policy = world.upload(&maker, packs::read("sanbao_bus_pack").expect("the bus pack")).await;
    // One of each type: a number of months, a distance, and a decimal, which is a text in JSON.
    let settings =
        json!({ "warranty-months": 24, "warranty-kilometres": 100_000, "complaint-rate-target": "2.5" });
    world.activate(&maker, &policy, json!({ "from": "2030-01-01", "settings": settings })).await;
    let facts = json!({ "product": { "category": "coach", "model": "C-12" }, "claim": {
        "asked": "repair", "cause": "quality", "dates": { "sold": "2039-01-05" },
        "history": { "usage": [{ "amount": 60_000, "unit": "kilometres" }] },
        "attributes": { "system": "body", "distance-km": 10, "dismantled": false },
    } });
    let ask = |settings: Value| json!({ "facts": facts, "settings": settings });
    let ruling = async |settings| {
        let tried = world.post(&maker.key, "/v1/what-if", ask(settings)).await.is(200);
        tried["verdict"]["ruling"].clone()
    };
    assert_eq!(ruling(json!({})).await, "covered");
    assert_eq!(ruling(json!({ "warranty-months": 12 })).await, "not-covered");
    assert_eq!(ruling(json!({ "warranty-kilometres": 50_000 })).await, "not-covered");
    assert_eq!(ruling(json!({ "complaint-rate-target": "1" })).await, "covered");
    let wrong = ask(json!({ "complaint-rate-target": { "digits": 1, "scale": 0 } }));
    let refused = world.post(&maker.key, "/v1/what-if", wrong).await.refused(422, "invalid");
    assert_eq!(each(&refused["errors"], "field"), ["settings.complaint-rate-target"]);
    world.close().await;
}
