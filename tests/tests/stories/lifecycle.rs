//! The life of a version: how it stands, who judges on a day and why, other settings, and the way back.

use crate::world::{Party, World, each, lamp, television};
use sanbao_hostile::Fixture;
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use sanbao_tests::packs;
use serde_json::{Value, json};

on_both_engines!(
    a_version_is_scheduled_active_checked_and_retired,
    a_day_says_who_judges_and_why,
    settings_change_from_a_day_on,
    what_was_in_force_before_judges_again,
    a_rollback_that_cannot_be_is_refused,
);

/// The well-behaved policy under another version number.
pub fn numbered(version: &str) -> Vec<u8> {
    let mut module = Fixture::WellBehaved.module();
    let was = b"\x001.0.0\x00";
    assert_eq!(version.len(), was.len() - 2);
    let at = module.windows(was.len()).position(|window| window == was).expect("the version in its manifest");
    module[at + 1..at + 1 + version.len()].copy_from_slice(version.as_bytes());
    module
}

/// A television whose claim needs no facts.
pub fn plain(sold: &str) -> Value {
    let mut body = television(sold);
    body["claims"][0]["attributes"] = json!({});
    body
}

async fn status(world: &World, party: &Party, policy: &str) -> Value {
    world.get(&party.key, &format!("/v1/policies/{policy}")).await.is(200)
}

async fn listed(world: &World, party: &Party, status: &str) -> Vec<String> {
    let body = world.get(&party.key, &format!("/v1/policies?status={status}")).await.is(200);
    each(&body["items"], "version").into_iter().map(str::to_owned).collect()
}

async fn roll_back(world: &World, party: &Party, activation: &Value, body: Value) -> crate::world::Answer {
    let path = format!("/v1/activations/{}/rollback", activation["id"].as_str().expect("an id"));
    world.post(&party.key, &path, body).await
}

/// The version that judges a television sold on a day.
async fn judge_of(world: &World, party: &Party, sold: &str) -> String {
    let ticket = world.open_ticket(party, plain(sold)).await;
    ticket["claims"][0]["policy"]["version"].as_str().unwrap_or_default().to_owned()
}

async fn a_version_is_scheduled_active_checked_and_retired(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let one = world.upload(&store, numbered("1.0.0")).await;
    let two = world.upload(&store, numbered("2.0.0")).await;
    let fresh = status(&world, &store, &one).await;
    assert_eq!((&fresh["status"], &fresh["active_from"]), (&json!("checked"), &Value::Null));
    world.activate(&store, &one, json!({ "from": "2030-01-01" })).await;
    world.activate(&store, &two, json!({ "from": "2040-03-10", "until": "2040-03-20" })).await;
    let first = status(&world, &store, &one).await;
    assert_eq!(first["status"], "active");
    assert_eq!(first["active_from"], "2029-12-31T16:00:00Z");
    assert_eq!(first["active_until"], "2040-03-09T16:00:00Z", "the other one interrupts it");
    assert_eq!(first["scheduled_from"], "2040-03-19T16:00:00Z");
    let second = status(&world, &store, &two).await;
    assert_eq!(second["status"], "scheduled");
    assert_eq!(second["scheduled_from"], "2040-03-09T16:00:00Z");
    assert_eq!(listed(&world, &store, "active").await, ["1.0.0"]);
    assert_eq!(listed(&world, &store, "scheduled").await, ["2.0.0"]);
    assert!(listed(&world, &store, "checked").await.is_empty());

    world.to("2040-03-12T00:00:00Z").await;
    assert_eq!(listed(&world, &store, "active").await, ["2.0.0"]);
    assert_eq!(listed(&world, &store, "scheduled").await, ["1.0.0"], "it comes back");
    world.to("2040-03-22T00:00:00Z").await;
    let over = status(&world, &store, &two).await;
    assert_eq!(over["status"], "checked");
    assert_eq!(over["active_until"], "2040-03-19T16:00:00Z", "until when it was");
    assert_eq!(judge_of(&world, &store, "2040-03-15").await, "2.0.0", "it still judges its time");
    assert_eq!(judge_of(&world, &store, "2040-03-21").await, "1.0.0");

    world.post(&store.key, &format!("/v1/policies/{two}/retire"), json!({})).await.is(200);
    assert_eq!(status(&world, &store, &two).await["status"], "retired");
    assert_eq!(listed(&world, &store, "retired").await, ["2.0.0"]);
    assert_eq!(judge_of(&world, &store, "2040-03-15").await, "1.0.0");
    world.get(&store.key, "/v1/policies?status=draft").await.refused(422, "invalid");
    // Pages of a filtered list.
    for version in ["3.0.0", "4.0.0", "5.0.0"] {
        world.upload(&store, numbered(version)).await;
    }
    let page = world.get(&store.key, "/v1/policies?status=checked&limit=2").await.is(200);
    assert_eq!(each(&page["items"], "version"), ["5.0.0", "4.0.0"]);
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest =
        world.get(&store.key, &format!("/v1/policies?status=checked&limit=2&cursor={cursor}")).await.is(200);
    assert_eq!((each(&rest["items"], "version"), &rest["next_cursor"]), (vec!["3.0.0"], &Value::Null));
    world.close().await;
}

async fn a_day_says_who_judges_and_why(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let one = world.upload(&store, numbered("1.0.0")).await;
    let two = world.upload(&store, numbered("2.0.0")).await;
    let old = world.activate(&store, &one, json!({ "from": "2030-01-01", "until": "2040-02-01" })).await;
    let new = world.activate(&store, &two, json!({ "from": "2040-01-10" })).await;
    let on =
        async |day: &str| world.get_in("en", &store.key, &format!("/v1/activations?on={day}")).await.is(200);
    let both = on("2040-01-15").await;
    assert_eq!(both["items"][0]["id"], new["id"]);
    assert_eq!((&both["items"][0]["judges"], &both["items"][0]["why"]), (&json!(true), &json!("made-last")));
    assert_eq!(
        (&both["items"][1]["judges"], &both["items"][1]["why"]),
        (&json!(false), &json!("made-earlier"))
    );
    assert_eq!(both["items"][1]["instead"], new["id"]);
    assert!(both["items"][0]["because"].as_str().unwrap().contains("it judges"));
    let before = on("2040-01-05").await;
    assert_eq!(before["items"][0]["id"], old["id"]);
    assert_eq!(each(&before["items"], "why"), ["made-last", "not-yet"]);
    let after = on("2040-02-01").await;
    assert_eq!(each(&after["items"], "why"), ["made-last", "over"]);
    // It says what happens.
    for day in ["2040-01-05", "2040-01-15", "2040-02-01"] {
        let judge = on(day).await["items"][0]["id"].clone();
        let ticket = world.open_ticket(&store, plain(day)).await;
        assert_eq!(ticket["claims"][0]["policy"]["activation"], judge, "{day}");
    }
    world.post(&store.key, &format!("/v1/policies/{two}/retire"), json!({})).await.is(200);
    let retired = on("2040-02-02").await;
    assert_eq!(each(&retired["items"], "why"), ["retired", "over"]);
    let of_one = world.get(&store.key, &format!("/v1/policies/{one}/activations")).await.is(200);
    assert_eq!(each(&of_one["items"], "id"), [old["id"].as_str().unwrap()]);
    assert!(of_one["items"][0].get("judges").is_none());
    world.close().await;
}

async fn settings_change_from_a_day_on(database: Database) {
    let world = World::open(&database).await;
    let brand = world.party("brand", "明光照明").await;
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(&brand, &dealer, "dealer").await;
    let policy = world.upload(&brand, packs::read("sanbao_lighting_pack").expect("the lighting pack")).await;
    let first =
        json!({ "from": "2038-01-01", "until": "2041-01-01", "settings": { "large-scale-percent": 10 } });
    let first = world.activate(&brand, &policy, first).await;
    let path = format!("/v1/activations/{}/settings", first["id"].as_str().unwrap());
    let change = json!({ "from": "2040-01-01", "settings": { "large-scale-percent": 50 } });
    let second = world.post(&brand.key, &path, change).await.is(201);
    assert_eq!(second["policy"], first["policy"]);
    assert_eq!((&second["from"], &second["until"]), (&json!("2039-12-31T16:00:00Z"), &first["until"]));
    let mut expected = first["settings"].clone();
    expected["large-scale-percent"] = json!(50);
    assert_eq!(second["settings"], expected, "the rest stays");
    for (shipped, activation) in [("2039-12-31", &first), ("2040-01-01", &second)] {
        let ticket = world.open_ticket(&dealer, lamp(&brand, shipped)).await;
        assert_eq!(ticket["claims"][0]["policy"]["activation"], activation["id"], "{shipped}");
    }
    let wrong = json!({ "settings": { "large-scale-percent": "many" } });
    let second_path = format!("/v1/activations/{}/settings", second["id"].as_str().unwrap());
    let wrong = world.post(&brand.key, &second_path, wrong).await.refused(422, "invalid");
    assert!(wrong["errors"][0]["field"].as_str().unwrap().contains("large-scale-percent"));
    // The first one judges no more today.
    let late = world.post(&brand.key, &path, json!({ "settings": {} })).await.refused(409, "not-in-force");
    assert_eq!(late["judges"], second["id"]);
    let default = json!({ "settings": { "large-scale-percent": null } });
    let third = world.post(&brand.key, &second_path, default).await.is(201);
    assert_eq!(third["from"], "2040-03-04T16:00:00Z", "today");
    assert_ne!(third["settings"]["large-scale-percent"], 50);
    let standing = status(&world, &brand, &policy).await;
    assert_eq!((&standing["active_from"], &standing["active_until"]), (&first["from"], &first["until"]));
    world.close().await;
}

async fn what_was_in_force_before_judges_again(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let one = world.upload(&store, numbered("1.0.0")).await;
    let two = world.upload(&store, numbered("2.0.0")).await;
    let good = world.activate(&store, &one, json!({ "from": "2030-01-01", "until": "2040-02-01" })).await;
    let bad = world.activate(&store, &two, json!({ "from": "2040-02-01", "until": "2041-01-01" })).await;
    let decided = world.open_ticket(&store, plain("2040-02-24")).await;
    assert_eq!(decided["claims"][0]["policy"]["version"], "2.0.0");

    // From today's basis date on.
    let again = roll_back(&world, &store, &bad, json!({ "reason": "too strict" })).await.is(201);
    assert_eq!(again["policy"], good["policy"]);
    assert_eq!(again["settings"], good["settings"]);
    assert_eq!((&again["from"], &again["until"]), (&json!("2040-03-04T16:00:00Z"), &bad["until"]));
    assert_eq!(again["rollback"]["taken_back"], bad["id"]);
    assert_eq!(again["rollback"]["earlier"], good["id"]);
    assert_eq!(again["rollback"]["reason"], "too strict");
    assert_eq!(judge_of(&world, &store, "2040-03-05").await, "1.0.0");
    assert_eq!(judge_of(&world, &store, "2040-02-24").await, "2.0.0", "its own days stay its own");
    let listed = world.get(&store.key, "/v1/activations").await.is(200);
    let taken = listed["items"].as_array().unwrap().iter().find(|item| item["id"] == bad["id"]).unwrap();
    assert_eq!(taken["rolled_back"]["activation"], again["id"]);
    assert_eq!(taken["rolled_back"]["by"], "first key");
    assert_eq!(taken["until"], again["from"]);
    assert_eq!(status(&world, &store, &one).await["status"], "active");
    assert_eq!(status(&world, &store, &two).await["status"], "checked");

    // Another bad one, taken back from its start: also what was sold before today is judged as before.
    let three = world.upload(&store, numbered("3.0.0")).await;
    let worse = world.activate(&store, &three, json!({ "from": "2040-01-15" })).await;
    assert_eq!(judge_of(&world, &store, "2040-01-20").await, "3.0.0");
    let body = json!({ "reason": "wrong rule", "from": "its-start" });
    let back = roll_back(&world, &store, &worse, body).await.is(201);
    assert_eq!(back["from"], worse["from"]);
    assert_eq!(judge_of(&world, &store, "2040-01-20").await, "1.0.0");
    assert_eq!(status(&world, &store, &three).await["status"], "checked");
    // What was decided stays.
    let path = format!("/v1/tickets/{}", decided["id"].as_str().unwrap());
    assert_eq!(world.get(&store.key, &path).await.is(200)["claims"][0]["policy"]["version"], "2.0.0");
    world.close().await;
}

async fn a_rollback_that_cannot_be_is_refused(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let one = world.upload(&store, numbered("1.0.0")).await;
    let two = world.upload(&store, numbered("2.0.0")).await;
    let first = world.activate(&store, &one, json!({ "from": "2030-01-01" })).await;
    let why = json!({ "reason": "a mistake" });
    let none = roll_back(&world, &store, &first, why.clone()).await.refused(409, "nothing-before");
    assert!(none["fix"].is_string());
    let second = world.activate(&store, &two, json!({ "from": "2040-01-01" })).await;
    let superseded = roll_back(&world, &store, &first, why.clone()).await.refused(409, "not-in-force");
    assert_eq!(superseded["judges"], second["id"]);
    roll_back(&world, &store, &second, json!({ "reason": " " })).await.refused(422, "invalid");
    roll_back(&world, &store, &second, json!({})).await.refused(422, "invalid");
    world.post(&store.key, &format!("/v1/policies/{one}/retire"), json!({})).await.is(200);
    let retired = roll_back(&world, &store, &second, why.clone()).await.refused(409, "policy-retired");
    assert_eq!(retired["policy"], json!(one));
    let three = world.upload(&store, numbered("3.0.0")).await;
    let third = world.activate(&store, &three, json!({ "from": "2040-01-01" })).await;
    // Both at the same time: one of them is it.
    let twice = tokio::join!(
        roll_back(&world, &store, &third, why.clone()),
        roll_back(&world, &store, &third, why.clone())
    );
    let mut statuses = [twice.0.status.as_u16(), twice.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let already = roll_back(&world, &store, &third, why.clone()).await.refused(409, "rolled-back-already");
    assert!(already["activation"].is_string());
    assert_eq!(judge_of(&world, &store, "2040-03-05").await, "2.0.0");
    // A rollback can be taken back like any other activation: what it took back judges again.
    let listed = world.get(&store.key, "/v1/activations").await.is(200);
    let redone = roll_back(&world, &store, &listed["items"][0], why).await.is(201);
    assert_eq!(redone["rollback"]["earlier"], third["id"]);
    assert_eq!(judge_of(&world, &store, "2040-03-05").await, "3.0.0");
    world.close().await;
}
