//! Findings that are not about returned goods: missing parts, conduct on site, the house rules of a store.

use crate::world::{Party, World, lamp, television};
use sanbao_tests::database::Database;
use sanbao_tests::{on_both_engines, packs};
use serde_json::{Value, json};

on_both_engines!(
    lgt_45_whoever_had_no_parts_bears_the_cost,
    bus_14_and_17_end_an_employment_and_count_for_the_person_they_concern,
    sto_38_every_violation_is_disciplined_inside_the_house,
);

/// The measures that the policy proposes for a new finding, and the finding.
async fn found(world: &World, key: &str, ticket: &Value, body: Value) -> (Vec<(String, String)>, Value) {
    let seen = world.command(key, ticket, "findings/record", body).await.is(200);
    let records = seen["claims"][0]["procedures"]["findings"]["found"].as_array().unwrap();
    let record = records.last().unwrap().clone();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let measures = record["measures"].as_array().unwrap().iter().map(|one| &one["proposed"]);
    let measures = measures.map(|one| (word(&one["sanction"]), word(&one["citations"][0]["rule"])));
    (measures.collect(), record)
}

fn one(sanction: &str, rule: &str) -> Vec<(String, String)> {
    vec![(sanction.to_owned(), rule.to_owned())]
}

async fn lgt_45_whoever_had_no_parts_bears_the_cost(database: Database) {
    let world = World::open(&database).await;
    let brand = world.brand().await;
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(&brand, &dealer, "dealer").await;
    let ticket = world.open_ticket(&dealer, lamp(&brand, "2039-06-01")).await;
    for kind in ["parts-not-held", "late-application"] {
        let body = json!({ "kind": kind, "evidence": "店内无周转配件，客户要求整灯退换" });
        let (measures, _) = found(&world, &brand.key, &ticket, body).await;
        assert_eq!(measures, one("bear-cost", "LGT-45"), "{kind}");
    }
    let silent = json!({ "kind": "parts-not-held", "evidence": "  " });
    world.command(&brand.key, &ticket, "findings/record", silent).await.refused(422, "reason-missing");
    let later = json!({ "kind": "parts-not-held", "evidence": "x", "found": "2040-03-06" });
    world.command(&brand.key, &ticket, "findings/record", later).await.refused(422, "invalid");
    world.close().await;
}

async fn coach(world: &World) -> (Party, Value) {
    let maker = world.party("brand", "长江客车").await;
    let policy = world.upload(&maker, packs::read("sanbao_bus_pack").expect("the bus pack")).await;
    let settings = json!({
        "warranty-months": 24, "warranty-kilometres": 100_000, "complaint-rate-target": "2.5",
    });
    world.activate(&maker, &policy, json!({ "from": "2030-01-01", "settings": settings })).await;
    let operator = world.party("dealer", "江北运输公司").await;
    world.deals(&maker, &operator, "dealer").await;
    let ticket = json!({
        "product": { "category": "coach", "model": "C-12", "serial": "LK6-0001" },
        "claims": [{ "respondent": maker.id, "cause": "quality", "dates": { "sold": "2039-03-01" } }],
    });
    let ticket = world.open_ticket(&operator, ticket).await;
    (maker, ticket)
}

async fn bus_14_and_17_end_an_employment_and_count_for_the_person_they_concern(database: Database) {
    let world = World::open(&database).await;
    let (maker, ticket) = coach(&world).await;
    let body =
        |kind: &str, person: &str| json!({ "kind": kind, "person": person, "evidence": "用户书面反映" });
    let (measures, record) = found(&world, &maker.key, &ticket, body("forged-signature", "李工")).await;
    assert_eq!(measures, one("dismissal", "BUS-14"));
    assert_eq!(record["person"], "李工");
    let judge = world.signer(&maker, &["penalties"]).await;
    let confirm = json!({ "finding": record["id"], "note": "当事人承认" });
    world.command(&judge, &ticket, "findings/confirm", confirm).await.is(200);
    let (measures, _) = found(&world, &maker.key, &ticket, body("soliciting", "王工")).await;
    assert_eq!(measures, one("dismissal", "BUS-17"));
    // Earlier findings count for the same person and kind only.
    for (kind, person, earlier) in
        [("forged-signature", "李工", 1), ("forged-signature", "王工", 0), ("soliciting", "李工", 0)]
    {
        let (_, record) = found(&world, &maker.key, &ticket, body(kind, person)).await;
        assert_eq!(record["finding"]["earlier"], earlier, "{kind} {person}");
    }
    world.close().await;
}

async fn sto_38_every_violation_is_disciplined_inside_the_house(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let body = json!({ "kind": "rule-violation", "person": "收银员甲", "evidence": "未开收据" });
    let (measures, record) = found(&world, &store.key, &ticket, body).await;
    assert_eq!(measures, one("discipline", "STO-38"));
    // The person may say otherwise, through anybody of the house; it needs no money.
    let id = &record["id"];
    world.command(&store.key, &ticket, "findings/confirm", json!({ "finding": id })).await.is(200);
    let appeal = json!({ "finding": id, "reason": "收据已补开" });
    world.command(&store.key, &ticket, "findings/appeal", appeal).await.is(200);
    let lift = json!({ "finding": id, "outcome": "lifted", "reason": "属实" });
    world.command(&store.key, &ticket, "findings/review", lift.clone()).await.refused(403, "same-person");
    let head = world.signer(&store, &["manager"]).await;
    world.command(&head, &ticket, "findings/review", lift).await.is(200);
    world.close().await;
}
