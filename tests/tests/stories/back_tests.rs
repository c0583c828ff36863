//! A new version is tried on what was decided before, and comes into force only if it changes as little as was
//! expected.

mod demand;
mod interrupted;

use crate::world::{Answer, Party, World, television, ticket_path};
use reqwest::Method;
use sanbao_hostile::Fixture;
use sanbao_server::config::Outbox;
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};
use std::time::Duration;

on_both_engines!(
    the_same_version_changes_nothing,
    another_policy_is_compared_decision_by_decision,
    what_is_asked_can_be_chosen,
    what_makes_no_sense_is_refused,
    a_policy_that_keeps_state_is_found_out,
    only_its_party_sees_it,
);

/// When the televisions were sold: refund, exchange, repair, and no cover any more.
const SOLD: [&str; 6] = ["2040-03-01", "2040-02-26", "2039-12-20", "2039-06-01", "2038-01-05", "2040-02-20"];

/// Opens tickets; how many decisions they left, and how many of these are about cover.
async fn history(world: &World, store: &Party) -> (u64, u64) {
    let (mut all, mut coverage) = (0, 0);
    for (number, sold) in SOLD.into_iter().enumerate() {
        let mut body = television(sold);
        body["product"]["serial"] = json!(format!("S-{number}"));
        body["product"]["category"] = json!(if number % 2 == 0 { "television" } else { "kettle" });
        let ticket = world.open_ticket(store, body).await;
        let receipts = world.get(&store.key, &format!("{}/receipts", ticket_path(&ticket))).await.is(200);
        let receipts = receipts["items"].as_array().unwrap().clone();
        all += receipts.len() as u64;
        coverage += receipts.iter().filter(|one| one["function"] == "coverage.decide").count() as u64;
    }
    assert!(coverage == SOLD.len() as u64 && all > coverage, "{all} decisions, {coverage} about cover");
    (all, coverage)
}

async fn ask(world: &World, store: &Party, body: Value) -> Answer {
    world.post(&store.key, "/v1/back-tests", body).await
}

/// Waits until it has ended.
async fn ended(world: &World, store: &Party, made: Answer) -> Value {
    let path = made.location.clone().expect("a location");
    made.is(202);
    for _ in 0..600 {
        let shown = world.get(&store.key, &path).await.is(200);
        if shown["state"] != "queued" && shown["state"] != "running" {
            return shown;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never ended");
}

async fn active(world: &World, store: &Party) -> String {
    let listed = world.get(&store.key, "/v1/policies").await.is(200);
    listed["items"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned()
}

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

async fn the_same_version_changes_nothing(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let (all, _) = history(&world, &store).await;
    let policy = active(&world, &store).await;
    let made = ask(&world, &store, json!({ "candidate": policy })).await;
    let path = made.location.clone().unwrap();
    let shown = ended(&world, &store, made).await;
    assert_eq!(shown["state"], "finished", "{shown:#}");
    assert_eq!((count(&shown["progress"]["total"]), count(&shown["progress"]["done"])), (all, all));
    let found = &shown["found"];
    assert_eq!((count(&found["asked"]), count(&found["same"])), (all, all), "{found:#}");
    assert_eq!(found["changes"], json!({}));
    assert_eq!(shown["keeps_state"], false);
    let listed = world.get(&store.key, &format!("/v1/back-tests?candidate={policy}")).await.is(200);
    assert_eq!(listed["items"], json!([shown]));
    // Followed to its end.
    let events = world.get(&store.key, &format!("{path}/events")).await;
    assert_eq!(events.status, 200);
    let last = events.text.trim().rsplit("\n\n").next().unwrap();
    assert!(last.contains("event: finished") && last.contains("data: {"), "{last}");
    let id = last.lines().find_map(|line| line.strip_prefix("id: ")).expect("an id");
    let again = world.request(Method::GET, &store.key, &format!("{path}/events")).header("last-event-id", id);
    assert_eq!(world.send(again).await.text, "", "nothing is newer");
    world.close().await;
}

async fn another_policy_is_compared_decision_by_decision(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let (all, coverage) = history(&world, &store).await;
    // It covers nothing and answers no other question.
    let candidate = world.upload(&store, Fixture::WellBehaved.component()).await;
    let made = ask(&world, &store, json!({ "candidate": candidate })).await;
    let path = made.location.clone().unwrap();
    let found = ended(&world, &store, made).await["found"].take();
    assert_eq!(count(&found["asked"]), all);
    assert_eq!(count(&found["changed"]), all, "{found:#}");
    assert_eq!(count(&found["changes"]["answered-to-unanswered"]), all - coverage);
    assert_eq!(count(&found["confirmed"]), coverage, "all that differs, on a fresh instance");
    assert_eq!(found["rules"]["H-1"], json!({ "newly": coverage, "no_longer": 0 }));
    let turned = count(&found["changes"]["covered-to-not-covered"]);
    assert!(turned > 0 && turned < coverage);

    let examples = format!("{path}/examples?change=covered-to-not-covered");
    let listed = world.get(&store.key, &examples).await.is(200);
    let items = listed["items"].as_array().unwrap();
    assert_eq!(items.len() as u64, turned);
    for item in items {
        assert_eq!(item["before"]["answer"]["ruling"], "covered");
        assert_eq!(item["after"]["answer"]["ruling"], "not-covered");
        assert_eq!(
            item["differences"][0],
            json!({ "kind": "ruling", "from": "covered", "to": "not-covered" })
        );
        let receipt = world.get(&store.key, item["link"].as_str().unwrap()).await.is(200);
        assert_eq!(receipt["outcome"], "covered");
        world.get(&store.key, item["ticket"].as_str().unwrap()).await.is(200);
    }
    // Page by page it is the same.
    let mut paged = Vec::new();
    let mut next = format!("{examples}&limit=1");
    loop {
        let page = world.get(&store.key, &next).await.is(200);
        paged.extend(page["items"].as_array().unwrap().clone());
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        next = format!("{examples}&limit=1&cursor={cursor}");
    }
    assert_eq!(&paged, items);
    let by_rule = world.get(&store.key, &format!("{path}/examples?rule=H-1")).await.is(200);
    assert_eq!(by_rule["items"].as_array().unwrap().len() as u64, coverage);
    let both = world.get(&store.key, &format!("{examples}&rule=H-9")).await.is(200);
    assert_eq!(both["items"], json!([]));
    world.close().await;
}

async fn what_is_asked_can_be_chosen(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let (all, coverage) = history(&world, &store).await;
    let policy = active(&world, &store).await;
    let asked = async |filter: Value| {
        let made = ask(&world, &store, json!({ "candidate": policy, "filter": filter })).await;
        ended(&world, &store, made).await
    };
    let cover = json!(["coverage"]);
    assert_eq!(count(&asked(json!({ "interfaces": cover })).await["found"]["asked"]), coverage);
    let kettles = asked(json!({ "interfaces": cover, "categories": ["kettle"] })).await;
    assert_eq!(count(&kettles["found"]["asked"]), 3);
    assert_eq!(count(&kettles["found"]["left_out"]["filtered"]), coverage - 3);
    let models = asked(json!({ "interfaces": cover, "models": ["TV-55"] })).await;
    assert_eq!(count(&models["found"]["asked"]), coverage);
    let since =
        asked(json!({ "interfaces": cover, "basis_from": "2040-01-01", "basis_to": "2040-02-26" })).await;
    assert_eq!(count(&since["found"]["asked"]), 2);
    let later = asked(json!({ "decided_from": "2040-03-06" })).await;
    assert_eq!((count(&later["progress"]["total"]), count(&later["found"]["asked"])), (0, 0));
    let before = asked(json!({ "decided_until": "2040-03-06" })).await;
    assert_eq!(count(&before["found"]["asked"]), all);
    let sample =
        async |seed: u64| asked(json!({ "sample": { "percent": 50 }, "seed": seed })).await["found"].take();
    let (one, same) = (sample(1).await, sample(1).await);
    assert_eq!(one, same);
    assert!(count(&one["asked"]) > 0 && count(&one["asked"]) < all);
    assert_eq!(count(&one["asked"]) + count(&one["left_out"]["not_drawn"]), all);
    let most = asked(json!({ "sample": { "count": 1_000_000 } })).await;
    assert_eq!(count(&most["found"]["asked"]), all);
    world.close().await;
}

async fn what_makes_no_sense_is_refused(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let policy = active(&world, &store).await;
    let refused = async |body: Value, field: &str| {
        let problem = ask(&world, &store, body).await.refused(422, "invalid");
        let fields: Vec<&str> =
            problem["errors"].as_array().unwrap().iter().filter_map(|one| one["field"].as_str()).collect();
        assert_eq!(fields, [field], "{problem:#}");
    };
    let filtered = |filter: Value| json!({ "candidate": policy, "filter": filter });
    refused(filtered(json!({ "sample": { "percent": 0 } })), "filter.sample").await;
    refused(filtered(json!({ "sample": { "percent": 101 } })), "filter.sample").await;
    refused(filtered(json!({ "interfaces": ["manifest"] })), "filter.interfaces").await;
    let backwards = json!({ "basis_from": "2040-02-01", "basis_to": "2040-01-01" });
    refused(filtered(backwards), "filter.basis_to").await;
    let backwards = json!({ "decided_from": "2040-02-01", "decided_until": "2040-01-01" });
    refused(filtered(backwards), "filter.decided_until").await;
    let settings = json!({ "candidate": policy, "settings": { "no-such-setting": 1 } });
    refused(settings, "settings.no-such-setting").await;
    world.close().await;
}

/// A host that begins no back-test by itself.
async fn idle(database: &Database) -> World {
    World::open_as(database, Outbox::default(), |config| config.back_test_threads = 0).await
}

async fn a_policy_that_keeps_state_is_found_out(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let (_, coverage) = history(&world, &store).await;
    let candidate = world.upload(&store, Fixture::CountsItsCalls.component()).await;
    let made =
        ask(&world, &store, json!({ "candidate": candidate, "filter": { "interfaces": ["coverage"] } }))
            .await;
    let shown = ended(&world, &store, made).await;
    assert_eq!(shown["state"], "finished");
    assert_eq!(shown["keeps_state"], true);
    // A fresh instance never adds a note; all the same, all is counted once.
    assert_eq!(count(&shown["found"]["asked"]), coverage);
    assert_eq!(count(&shown["found"]["confirmed"]), coverage);
    world.close().await;
}

async fn only_its_party_sees_it(database: Database) {
    let world = idle(&database).await;
    let store = world.store().await;
    let policy = active(&world, &store).await;
    let made = ask(&world, &store, json!({ "candidate": policy })).await;
    let path = made.location.clone().unwrap();
    made.is(202);
    let rival = world.store().await;
    for path in [path.clone(), format!("{path}/events"), format!("{path}/examples")] {
        world.get(&rival.key, &path).await.refused(404, "not-found");
    }
    world.post(&rival.key, &format!("{path}/cancel"), json!({})).await.refused(404, "not-found");
    ask(&world, &rival, json!({ "candidate": policy })).await.refused(404, "not-found");
    assert_eq!(world.get(&rival.key, "/v1/back-tests").await.is(200)["items"], json!([]));
    world.close().await;
}
