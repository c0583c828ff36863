//! Which version of a policy judges: its owner revises it at any time, from a day on (STO-39, 40).

use crate::world::{World, each, lamp, television};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use sanbao_tests::packs;
use serde_json::{Value, json};

on_both_engines!(the_day_of_the_sale_chooses_the_version, without_a_policy_a_person_decides,);

async fn the_day_of_the_sale_chooses_the_version(database: Database) {
    let world = World::open(&database).await;
    let brand = world.party("brand", "明光照明").await;
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(&brand, &dealer, "dealer").await;
    let policy = world.upload(&brand, packs::read("sanbao_lighting_pack").expect("the lighting pack")).await;
    let old =
        json!({ "from": "2038-01-01", "until": "2040-01-01", "settings": { "large-scale-percent": 10 } });
    let new = json!({ "from": "2040-01-01", "settings": { "large-scale-percent": 50 } });
    let old = world.activate(&brand, &policy, old).await;
    let new = world.activate(&brand, &policy, new).await;
    let judged = async |shipped: &str| -> Value {
        world.open_ticket(&dealer, lamp(&brand, shipped)).await["claims"][0].take()
    };
    for (shipped, activation) in [("2038-06-01", &old), ("2039-12-31", &old), ("2040-01-01", &new)] {
        let claim = judged(shipped).await;
        assert_eq!(claim["policy"]["activation"], activation["id"], "{shipped}");
        assert_eq!(claim["policy"]["basis"], shipped);
        let receipt =
            world.get(&dealer.key, &format!("/v1/receipts/{}", claim["receipt"].as_str().unwrap())).await;
        let input: Value = serde_json::from_str(receipt.is(200)["input"].as_str().unwrap()).unwrap();
        let percent = if activation == &old { 10 } else { 50 };
        assert_eq!(
            input["question"]["case"]["settings"][0],
            json!({ "name": "large-scale-percent", "value": { "integer": percent } })
        );
    }
    let before = judged("2037-12-31").await;
    assert_eq!(before["with_person"]["because"], "no-policy");
    world.close().await;
}

async fn without_a_policy_a_person_decides(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let claim = &ticket["claims"][0];
    assert_eq!(claim["state"], "escalated");
    assert_eq!(claim["with_person"]["because"], "no-policy");
    assert_eq!(each(&claim["with_person"]["steps"], "title"), ["Manager"]);
    let problem = world.command(&store.key, &ticket, "approve", json!({})).await;
    problem.refused(422, "remedy-missing");
    let ticket = world.command(&store.key, &ticket, "approve", json!({ "remedy": "replace" })).await.is(200);
    assert_eq!(ticket["claims"][0]["settlement"]["remedy"], "replace");
    world.close().await;
}
