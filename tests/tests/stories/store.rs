//! A consumer at the store's counter, judged by the store's policy (STO-19).

use crate::world::{World, claim_path, each, television, ticket_path, words};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};

on_both_engines!(
    a_refund_within_fifteen_days_from_the_counter_to_the_end,
    a_refusal_gives_its_reasons_in_both_languages,
    a_dispute_is_settled_by_the_superiors,
    missing_facts_are_asked_for_and_judged_when_they_come,
);

async fn a_refund_within_fifteen_days_from_the_counter_to_the_end(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let answer = world.post(&store.key, "/v1/tickets", television("2040-02-24")).await;
    assert_eq!(answer.etag.as_deref(), Some("\"1\""));
    let ticket = answer.clone().is(201);
    assert_eq!(answer.location, Some(ticket_path(&ticket)));
    let claim = &ticket["claims"][0];
    assert_eq!(claim["state"], "judged");
    assert_eq!(claim["ruling"], "covered");
    assert_eq!(claim["policy"]["name"], "store");
    assert_eq!(claim["policy"]["basis"], "2040-02-24");
    assert_eq!(claim["cover"]["until"], "2040-03-10", "fifteen days after the sale, which is day 0");
    assert!(each(&claim["reasons"], "rule").contains(&"STO-07"), "{:#}", claim["reasons"]);
    assert_eq!(each(&claim["offers"], "remedy")[0], "refund");
    assert!(words(&claim["possible"]).contains(&"agree"));

    let ticket = world.command(&store.key, &ticket, "agree", json!({ "choice": 0 })).await.is(200);
    let claim = &ticket["claims"][0];
    assert_eq!(claim["state"], "approved", "what the rules offer needs nobody's signature");
    assert_eq!(claim["settlement"]["remedy"], "refund");
    assert_eq!(claim["settlement"]["goods_to"], "store");
    let again = world.command(&store.key, &ticket, "agree", json!({ "choice": 0 })).await;
    let refusal = again.refused(409, "wrong-state");
    assert_eq!(refusal["state"], "approved");
    assert!(words(&refusal["possible"]).contains(&"complete"));
    let ticket = world.command(&store.key, &ticket, "complete", json!({ "note": "paid back" })).await.is(200);
    let ticket = world.command(&store.key, &ticket, "close", json!({})).await.is(200);
    assert_eq!(ticket["state"], "closed");
    assert_eq!(ticket["claims"][0]["outcome"]["remedy"], "refund");
    let own = |command: &&str| !command.contains('/');
    assert!(!words(&ticket["claims"][0]["possible"]).iter().any(own), "nothing but what outlives a claim");

    let journal = world.get(&store.key, &format!("{}/journal?limit=100", ticket_path(&ticket))).await.is(200);
    assert_eq!(
        each(&journal["items"], "event"),
        ["opened", "judged", "agreed", "approved", "completed", "follow-ups/planned", "closed"]
    );
    assert_eq!(journal["items"][0]["seq"], 1);
    assert_eq!(journal["items"][0]["actor"]["party"]["name"], "新宇电器城");
    chained(&world, &store.key, &ticket).await;
    world.close().await;
}

/// Every receipt follows the one before it.
async fn chained(world: &World, key: &str, ticket: &Value) {
    let receipts = world.get(key, &format!("{}/receipts", ticket_path(ticket))).await.is(200);
    let receipts = receipts["items"].as_array().unwrap();
    assert!(receipts.iter().any(|receipt| receipt["function"] == "coverage.decide"));
    assert!(receipts.iter().any(|receipt| receipt["function"] == "approval.plan-for"));
    let mut before = Value::Null;
    for (index, receipt) in receipts.iter().enumerate() {
        assert_eq!(receipt["seq"], index + 1);
        assert_eq!(receipt["previous"], before);
        before = receipt["hash"].clone();
        let id = receipt["id"].as_str().unwrap();
        assert_eq!(&world.get(key, &format!("/v1/receipts/{id}")).await.is(200), receipt);
    }
}

async fn a_refusal_gives_its_reasons_in_both_languages(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let mut body = television("2040-02-24");
    body["claims"][0]["cause"] = json!("customer-damage");
    let ticket = world.open_ticket(&store, body).await;
    assert_eq!(ticket["claims"][0]["ruling"], "not-covered");
    let path = claim_path(&ticket, "verdict");
    let chinese = world.get_in("zh-CN,zh;q=0.9", &store.key, &path).await;
    assert_eq!(chinese.language.as_deref(), Some("zh"));
    let chinese = chinese.is(200);
    let english = world.get_in("en", &store.key, &path).await.is(200);
    let (zh, en) = (&chinese["reasons"], &english["reasons"]);
    assert_eq!(each(zh, "rule"), each(en, "rule"));
    assert!(each(en, "rule").contains(&"STO-14"), "{en:#}");
    for (zh, en) in zh.as_array().unwrap().iter().zip(en.as_array().unwrap()) {
        for field in ["title", "text"] {
            let (zh, en) = (zh[field].as_str().unwrap(), en[field].as_str().unwrap());
            assert!(!zh.is_ascii(), "{zh}");
            assert!(!en.is_empty() && en.is_ascii(), "{en}");
        }
    }

    // A person's refusal needs clear words, and shows them with the rules.
    let escalate = json!({ "reason": "It broke by itself", "wish": "refund" });
    let ticket = world.command(&store.key, &ticket, "escalate", escalate).await.is(200);
    assert_eq!(ticket["claims"][0]["with_person"]["because"], "disputed");
    let problem = world.command(&store.key, &ticket, "reject", json!({ "reason": "  " })).await;
    assert_eq!(problem.refused(422, "reason-missing")["rule"], "STO-25");
    let ticket =
        world.command(&store.key, &ticket, "reject", json!({ "reason": "屏幕有撞击痕迹" })).await.is(200);
    let refusal = &ticket["claims"][0]["refusal"];
    assert_eq!(refusal["by"], "person");
    assert_eq!(refusal["role"], "Store manager");
    assert_eq!(refusal["words"], "屏幕有撞击痕迹");
    assert!(each(&refusal["reasons"], "rule").contains(&"STO-14"));
    let ticket = world.command(&store.key, &ticket, "close", json!({})).await.is(200);
    assert_eq!(ticket["state"], "closed");
    assert_eq!(ticket["claims"][0]["outcome"], json!({}));
    world.close().await;
}

async fn a_dispute_is_settled_by_the_superiors(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    // Day 20: an exchange is due, and the customer wants the money back.
    let ticket = world.open_ticket(&store, television("2040-02-14")).await;
    assert!(!each(&ticket["claims"][0]["offers"], "remedy").contains(&"refund"));
    let escalate = json!({ "reason": "Nothing of this model is left that works", "wish": "refund" });
    let ticket = world.command(&store.key, &ticket, "escalate", escalate).await.is(200);
    let person = &ticket["claims"][0]["with_person"];
    assert_eq!(person["wish"], "refund");
    assert_eq!(each(&person["steps"], "role"), ["store-manager", "supervisor"]);
    let manager = world.signer(&store, &["store-manager"]).await;
    let supervisor = world.signer(&store, &["supervisor"]).await;
    let problem = world.command(&supervisor, &ticket, "approve", json!({})).await;
    assert_eq!(problem.refused(403, "wrong-role")["role"], "store-manager");
    let ticket = world.command(&manager, &ticket, "approve", json!({ "note": "agreed" })).await.is(200);
    let person = &ticket["claims"][0]["with_person"];
    assert_eq!(person["next"], "supervisor");
    assert_eq!(person["steps"][0]["signed"]["by"], "store-manager");
    let ticket = world.command(&supervisor, &ticket, "approve", json!({})).await.is(200);
    let claim = &ticket["claims"][0];
    assert_eq!(claim["state"], "approved");
    assert_eq!(claim["settlement"]["remedy"], "refund");
    assert_eq!(claim["settlement"]["offered"], false);
    world.close().await;
}

async fn missing_facts_are_asked_for_and_judged_when_they_come(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let mut body = television("2040-02-24");
    body["claims"][0]["dates"] = json!({});
    let ticket = world.open_ticket(&store, body).await;
    let claim = &ticket["claims"][0];
    assert_eq!(claim["state"], "facts-missing");
    assert_eq!(claim["missing"][0]["fact"], "dates.sold");
    assert_eq!(claim["missing"][0]["label"], "Date of sale");
    assert_eq!(claim["missing"][0]["rule"], "STO-17");
    let evidence = json!({
        "dates": { "sold": "2040-03-01" },
        "documents": [{ "kind": "till-receipt", "reference": "No. 8" }],
        "judge": false,
    });
    let ticket = world.command(&store.key, &ticket, "evidence", evidence).await.is(200);
    assert_eq!(ticket["claims"][0]["state"], "opened");
    let ticket = world.command(&store.key, &ticket, "judge", json!({})).await.is(200);
    assert_eq!(ticket["claims"][0]["ruling"], "covered");
    let ticket =
        world.command(&store.key, &ticket, "evidence", json!({ "cause": "customer-damage" })).await.is(200);
    assert_eq!(ticket["claims"][0]["ruling"], "not-covered", "judged anew at once");
    world.close().await;
}
