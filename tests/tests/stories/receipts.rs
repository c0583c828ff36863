//! Receipts are signed, leave the host as files that are verified elsewhere, and are explained in words.

use crate::world::{World, claim_path, each, lamp, television, ticket_path};
use sanbao_policy::check::wrap;
use sanbao_policy::engine::{Engine, EngineOptions};
use sanbao_policy::receipt::PublicKey;
use sanbao_policy::receipt::verify::{Against, Given, Kind, Report, verify};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use sanbao_tests::packs;
use serde_json::{Value, json};
use std::sync::Arc;

on_both_engines!(
    a_receipt_is_verified_far_from_the_host,
    keys_change_and_old_ones_stay_verifiable,
    a_verdict_is_explained_with_its_facts,
);

/// Verifies with the packs at hand, and trusts what the host says are its keys.
async fn verified(world: &World, file: &str, trusted: bool) -> Report {
    static ENGINE: std::sync::OnceLock<Arc<Engine>> = std::sync::OnceLock::new();
    let options = EngineOptions { instances: 4, ..EngineOptions::default() };
    let engine = ENGINE.get_or_init(|| Engine::new(options).expect("an engine"));
    let keys: Vec<PublicKey> = public_keys(world).await;
    let components = ["sanbao_store_pack", "sanbao_lighting_pack"].map(|name| {
        let bytes = wrap(&packs::read(name).expect("a pack")).expect("a component");
        Given { name: name.to_owned(), bytes }
    });
    let keys: &[PublicKey] = if trusted { &keys } else { &[] };
    verify(file.as_bytes(), Against { keys, components: &components, engine: Some(engine) })
}

async fn public_keys(world: &World) -> Vec<PublicKey> {
    let url = format!("http://{}/v1/receipt-keys", world.host.address());
    let listed: Value = reqwest::get(url).await.expect("an answer").json().await.expect("JSON");
    each(&listed["items"], "public_key").into_iter().map(|key| key.parse().expect("a key")).collect()
}

async fn a_receipt_is_verified_far_from_the_host(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let ticket = world.command(&store.key, &ticket, "agree", json!({ "choice": 0 })).await.is(200);
    let receipt = ticket["claims"][0]["receipt"].as_str().expect("a receipt").to_owned();
    let shown = world.get(&store.key, &format!("/v1/receipts/{receipt}")).await.is(200);
    assert_eq!(shown["signature"].as_str().map(str::len), Some(128));
    assert_eq!(shown["key"].as_str().map(str::len), Some(16));
    assert_eq!(shown["activation"], ticket["claims"][0]["policy"]["activation"]);

    let one = world.get(&store.key, &format!("/v1/receipts/{receipt}/file")).await;
    assert_eq!(one.status, 200);
    let report = verified(&world, &one.text, true).await;
    assert!(report.genuine(), "{:#?}", report.findings);
    assert_eq!((report.receipts, report.replayed), (1, 1));
    assert!(report.keys.iter().all(|key| key.trusted));
    let whole = world.get(&store.key, &format!("{}/receipts/file", ticket_path(&ticket))).await;
    let report = verified(&world, &whole.text, true).await;
    assert!(report.genuine() && report.from_the_first, "{:#?}", report.findings);
    assert!(report.receipts > 3 && report.replayed == report.receipts);

    let at = one.text.find("not-covered").or_else(|| one.text.find("covered")).expect("a ruling");
    let mut forged = one.text.clone().into_bytes();
    forged[at] = b'C';
    let report = verified(&world, &String::from_utf8(forged).expect("text"), true).await;
    assert_eq!(report.kind(), Some(Kind::Field));
    assert_eq!(report.findings[0].place.expect("a place").offset, at);

    // The file of another host's ticket is as foreign as the ticket.
    let rival = world.store().await;
    for path in [
        format!("/v1/receipts/{receipt}/file"),
        format!("{}/receipts/file", ticket_path(&ticket)),
        format!("/v1/receipts/{receipt}/explain"),
        claim_path(&ticket, "explain"),
    ] {
        world.get(&rival.key, &path).await.refused(404, "not-found");
    }

    // A brand sees of a dealer's ticket the claim against it; of the other the hashes only.
    let brand = world.brand().await;
    world.deals(&brand, &store, "dealer").await;
    let mut both = lamp(&brand, "2039-06-01");
    both["claims"].as_array_mut().unwrap().push(television("2040-02-24")["claims"][0].clone());
    let ticket = world.open_ticket(&store, both).await;
    let path = format!("{}/receipts/file", ticket_path(&ticket));
    let handlers = world.get(&store.key, &path).await.text;
    let brands = world.get(&brand.key, &path).await.text;
    let report = verified(&world, &handlers, true).await;
    assert!(report.genuine() && report.withheld == 0, "{:#?}", report.findings);
    let report = verified(&world, &brands, true).await;
    assert!(report.genuine() && report.withheld > 0, "{:#?}", report.findings);
    assert!(report.withheld < report.receipts);
    world.close().await;
}

async fn keys_change_and_old_ones_stay_verifiable(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let first = world.open_ticket(&store, television("2040-02-24")).await;
    let old = public_keys(&world).await;
    assert_eq!(old.len(), 1);
    world.post(&store.key, "/v1/receipt-keys/rotate", json!({})).await.refused(403, "missing-scope");
    let platform = world.platform();
    let new = world.post(&platform.key, "/v1/receipt-keys/rotate", json!({})).await.is(201);
    let ticket = world.command(&store.key, &first, "agree", json!({ "choice": 0 })).await.is(200);
    let file = world.get(&store.key, &format!("{}/receipts/file", ticket_path(&ticket))).await.text;
    let report = verified(&world, &file, true).await;
    assert!(report.genuine(), "{:#?}", report.findings);
    assert_eq!(report.keys.len(), 2, "the ticket has receipts of before and after");
    assert!(report.keys.iter().any(|key| key.id == new["id"]));
    let listed = world.get("", "/v1/receipt-keys").await.is(200);
    assert_eq!(listed["items"][0]["until"], new["from"]);
    assert!(listed["items"][1]["until"].is_null());
    // The key is its owner's alone, and a second start of the host goes on with it.
    let path = database.data().join("receipt-key");
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions()) & 0o777,
        0o600
    );
    assert!(!database.data().join("receipt-key.next").exists());
    let mut config = sanbao_server::Config::new(database.url());
    config.data = database.data();
    config.listen = ([127, 0, 0, 1], 0).into();
    let second = sanbao_server::serve(config).await.expect("a second host");
    assert_eq!(public_keys(&world).await.len(), 2, "no third key");
    second.stop().await;
    // Whoever trusts the first key alone is told so.
    let report = verify(file.as_bytes(), Against { keys: &old, components: &[], engine: None });
    assert_eq!(report.kind(), Some(Kind::Key));
    world.close().await;
}

async fn a_verdict_is_explained_with_its_facts(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let path = claim_path(&ticket, "explain");
    let english = world.get_in("en", &store.key, &path).await.is(200);
    assert_eq!(english["receipt"], ticket["claims"][0]["receipt"]);
    assert_eq!(english["outcome"], "covered");
    let summary = english["summary"].as_str().unwrap();
    assert!(summary.contains("2040-03-10") && summary.contains("refund"), "{summary}");
    assert_eq!(english["policy"]["name"], "store");
    assert_eq!(english["policy"]["basis"], "2040-02-24");
    assert!(english["policy"]["why"].as_str().unwrap().contains("sale"), "{}", english["policy"]);
    assert_eq!(english["policy"]["from"], "2029-12-31T16:00:00Z");
    assert!(english["log"].is_object(), "the store's own policy");
    let rules = english["rules"].as_array().unwrap();
    assert!(each(&english["rules"], "rule").contains(&"STO-07"), "{rules:#?}");
    let counted = rules.iter().find(|rule| rule["cited_at"].as_array().unwrap().contains(&json!("cover")));
    assert_eq!(each(&counted.expect("a rule sets the term")["facts"], "fact")[0], "dates.sold");
    assert!(each(&english["facts"], "fact").contains(&"dates.sold"));

    let chinese = world.get_in("zh", &store.key, &path).await;
    assert_eq!(chinese.language.as_deref(), Some("zh"));
    assert!(chinese.is(200)["summary"].as_str().unwrap().contains("退款"));
    let both = world.get(&store.key, &format!("{path}?both=true")).await.is(200);
    assert_eq!(both["summary"]["en"], english["summary"]);
    assert!(both["rules"][0]["title"]["zh"].is_string());
    let receipt = format!("/v1/receipts/{}/explain", english["receipt"].as_str().unwrap());
    assert_eq!(world.get_in("en", &store.key, &receipt).await.is(200), english);

    // With a fact of the policy's own: the packaging is gone.
    let mut body = television("2040-02-29");
    body["claims"][0]["attributes"]["packaging-intact"] = json!(false);
    let ticket = world.open_ticket(&store, body).await;
    let seen = world.get_in("en", &store.key, &claim_path(&ticket, "explain")).await.is(200);
    let rule = seen["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == "STO-13");
    let facts = rule.unwrap_or_else(|| panic!("{:#}", seen["rules"]))["facts"].as_array().unwrap();
    let intact = facts.iter().find(|fact| fact["fact"] == "attributes.packaging-intact").expect("the fact");
    assert_eq!((&intact["value"], &intact["words"]), (&json!(false), &json!("no")));

    // Every kind of receipt is explained; the log is its author's.
    let brand = world.brand().await;
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(&brand, &dealer, "dealer").await;
    let ticket = world.open_ticket(&dealer, lamp(&brand, "2039-06-01")).await;
    let receipts = world.get(&dealer.key, &format!("{}/receipts", ticket_path(&ticket))).await.is(200);
    for id in each(&receipts["items"], "id") {
        let path = format!("/v1/receipts/{id}/explain");
        let seen = world.get(&dealer.key, &path).await.is(200);
        assert!(seen["log"].is_null() && seen["summary"].is_string(), "{seen:#}");
        assert!(world.get(&brand.key, &path).await.is(200)["log"].is_object());
    }
    // Where nobody's policy was asked there is nothing to explain.
    let other = world.party("store", "小店").await;
    let ticket = world.open_ticket(&other, television("2040-02-24")).await;
    world.get(&other.key, &claim_path(&ticket, "explain")).await.refused(409, "not-judged");
    world.close().await;
}
