//! A candidate beside the version in force: what it would have said is kept for its party, and nobody and
//! nothing else notices.

use crate::world::{Answer, Party, World, each, television, ticket_path};
use reqwest::Client;
use sanbao_hostile::Fixture;
use sanbao_server::config::Outbox;
use sanbao_server::services::shadows;
use sanbao_server::{Config, serve};
use sanbao_tests::database::{Database, Engine};
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

on_both_engines!(
    a_candidate_that_differs_is_found_out_and_nobody_else_notices,
    what_does_not_fit_into_the_queue_is_dropped_and_counted,
    live_calls_never_wait_for_a_candidate,
    a_run_is_its_party_s_own_and_checked,
    a_run_ends,
);

const UNTIL: &str = "2040-03-20T00:00:00Z";

async fn start(world: &World, party: &Party, body: Value) -> String {
    let made = world.post(&party.key, "/v1/shadows", body).await.is(201);
    assert_eq!(made["status"], "running");
    made["id"].as_str().expect("an id").to_owned()
}

async fn shown(world: &World, party: &Party, shadow: &str) -> Value {
    world.get(&party.key, &format!("/v1/shadows/{shadow}")).await.is(200)
}

/// The run, once all those calls went through it.
async fn settled(world: &World, party: &Party, shadow: &str, calls: usize) -> Value {
    for _ in 0..600 {
        let run = shown(world, party, shadow).await;
        let number = |name: &str| run[name].as_u64().expect("a number");
        let seen = number("asked") + number("dropped") + number("settings_missing");
        assert!(seen <= calls as u64, "counted twice: {run:#}");
        if seen == calls as u64 {
            assert_eq!(number("asked"), number("same") + number("reworded") + number("changed"));
            return run;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not all of {calls} calls: {:#}", shown(world, party, shadow).await);
}

async fn until_ended(world: &World, party: &Party, shadow: &str) -> Value {
    for _ in 0..200 {
        let run = shown(world, party, shadow).await;
        if run["status"] == "ended" {
            return run;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it does not end");
}

async fn receipts(world: &World, party: &Party, ticket: &Value) -> Vec<Value> {
    let path = format!("{}/receipts", ticket_path(ticket));
    world.get(&party.key, &path).await.is(200)["items"].as_array().expect("a list").clone()
}

/// Everything that anybody can see of a ticket.
async fn seen(world: &World, store: &Party, ticket: &Value, page: &str) -> Vec<String> {
    let path = ticket_path(ticket);
    let mut all = Vec::new();
    for part in ["", "/journal", "/receipts", "/messages"] {
        let Answer { text, etag, .. } = world.get(&store.key, &format!("{path}{part}")).await;
        all.push(format!("{text} {etag:?}"));
    }
    let url = format!("http://{}{page}", world.host.address());
    all.push(Client::new().get(url).send().await.expect("a page").text().await.expect("a text"));
    all
}

async fn a_candidate_that_differs_is_found_out_and_nobody_else_notices(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let candidate = world.upload(&store, Fixture::WellBehaved.module()).await;
    let shadow = start(&world, &store, json!({ "candidate": candidate, "until": UNTIL })).await;
    let pause = world.host.app().shadows().pause().await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let link = world.post(&store.key, &format!("{}/links", ticket_path(&ticket)), json!({})).await.is(201);
    let page = link["path"].as_str().expect("a path").to_owned();
    let calls = receipts(&world, &store, &ticket).await;
    let ids: BTreeSet<String> = calls.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    let before = seen(&world, &store, &ticket, &page).await;
    assert_eq!(shown(&world, &store, &shadow).await["asked"], 0);
    drop(pause);
    let run = settled(&world, &store, &shadow, calls.len()).await;
    assert_eq!(run["dropped"], 0);
    assert!(run["changed"].as_u64() > Some(0), "{run:#}");
    assert_eq!(
        run["divergences"].as_u64(),
        Some(run["changed"].as_u64().unwrap() + run["reworded"].as_u64().unwrap())
    );
    let rules = run["rules"].as_object().expect("rules");
    assert!(rules.values().any(|rule| rule["no_longer"].as_u64() > Some(0)), "{run:#}");
    assert!(!run["changes"].as_object().expect("changes").is_empty());

    let path = format!("/v1/shadows/{shadow}/divergences");
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let listed = world.get(&store.key, &format!("{path}?limit=1{cursor}")).await.is(200);
        found.extend(listed["items"].as_array().expect("a list").iter().cloned());
        match listed["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(Some(found.len() as u64), run["divergences"].as_u64());
    for divergence in &found {
        let receipt = divergence["receipt"].as_str().expect("a receipt");
        assert!(ids.contains(receipt), "a live call's");
        let receipt = world.get(&store.key, &format!("/v1/receipts/{receipt}")).await.is(200);
        assert_eq!(receipt["function"], divergence["function"]);
        assert!(!divergence["changes"].as_array().expect("changes").is_empty());
    }
    let verdict = found.iter().find(|one| one["function"] == "coverage.decide").expect("another verdict");
    assert!(!each(&verdict["differences"], "kind").is_empty());
    assert_eq!(verdict["link"], format!("/v1/receipts/{}", verdict["receipt"].as_str().expect("a receipt")));

    // Ticket, journal, receipts, messages and the customer's page are what they were.
    assert_eq!(seen(&world, &store, &ticket, &page).await, before);
    // And the candidate's calls are not held to be live ones.
    let fared = world.get(&store.key, &format!("/v1/policies/{candidate}/health")).await.is(200);
    assert_eq!(fared["total"]["calls"], 0);
    world.close().await;
}

async fn what_does_not_fit_into_the_queue_is_dropped_and_counted(database: Database) {
    let world = World::open_as(&database, Outbox::default(), |config| config.shadow_queue = 2).await;
    let store = world.store().await;
    let candidate = world.upload(&store, Fixture::WellBehaved.module()).await;
    let shadow = start(&world, &store, json!({ "candidate": candidate, "until": UNTIL })).await;
    let pause = world.host.app().shadows().pause().await;
    let mut calls = 0;
    for _ in 0..5 {
        let ticket = world.open_ticket(&store, television("2040-02-24")).await;
        calls += receipts(&world, &store, &ticket).await.len();
    }
    let held = shown(&world, &store, &shadow).await;
    assert_eq!(held["asked"], 0);
    // Two wait in the queue, and one may be in the hands of whoever asks.
    let dropped = held["dropped"].as_u64().expect("a number");
    let calls_made = calls as u64;
    assert!((calls_made - 3..=calls_made - 2).contains(&dropped), "{dropped} of {calls_made}");
    drop(pause);
    let run = settled(&world, &store, &shadow, calls).await;
    assert_eq!(run["dropped"].as_u64(), Some(dropped));
    assert_eq!(run["asked"].as_u64(), Some(calls_made - dropped));
    world.close().await;
}

async fn live_calls_never_wait_for_a_candidate(database: Database) {
    let world = World::open(&database).await;
    for (fixture, kinds) in
        [(Fixture::Trap, &["trap"][..]), (Fixture::EndlessLoop, &["out-of-fuel", "deadline"])]
    {
        let store = world.store().await;
        let quiet = world.open_ticket(&store, television("2040-02-24")).await;
        let candidate = world.upload(&store, fixture.module()).await;
        let body = json!({ "candidate": candidate, "until": UNTIL, "interfaces": ["coverage"] });
        let shadow = start(&world, &store, body).await;
        // Nothing of what follows is asked while this is held: whatever answers now has not waited for it.
        let pause = world.host.app().shadows().pause().await;
        for _ in 0..3 {
            let ticket = world.open_ticket(&store, television("2040-02-24")).await;
            for field in ["state", "ruling", "offers", "deadlines"] {
                let (live, alone) = (&ticket["claims"][0][field], &quiet["claims"][0][field]);
                let count = |value: &Value| value.as_array().map(Vec::len);
                assert_eq!((live.as_str(), count(live)), (alone.as_str(), count(alone)), "{field}");
            }
        }
        assert_eq!(shown(&world, &store, &shadow).await["asked"], 0);
        drop(pause);
        // Nor while the endless one runs.
        let during = world.open_ticket(&store, television("2040-02-24")).await;
        assert_eq!(during["claims"][0]["state"], quiet["claims"][0]["state"]);
        let run = settled(&world, &store, &shadow, 4).await;
        let failures = run["failures"].as_object().expect("failures");
        assert_eq!(failures.values().filter_map(Value::as_u64).sum::<u64>(), 4, "{run:#}");
        assert!(failures.keys().all(|kind| kinds.contains(&kind.as_str())), "{run:#}");
        let changes = run["changes"].as_object().expect("changes");
        assert!(changes.keys().all(|word| word.ends_with("-to-failed")), "{run:#}");
    }
    world.close().await;
}

async fn a_run_is_its_party_s_own_and_checked(database: Database) {
    let world = World::open(&database).await;
    let brand = world.brand().await;
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(&brand, &dealer, "dealer").await;
    let candidate = world.upload(&brand, Fixture::WellBehaved.module()).await;
    let body =
        json!({ "candidate": candidate, "until": UNTIL, "share": 50, "interfaces": ["coverage", "charges"] });
    let shadow = start(&world, &brand, body.clone()).await;
    let run = shown(&world, &brand, &shadow).await;
    assert_eq!((&run["share"], &run["interfaces"]), (&json!(50), &json!(["coverage", "charges"])));
    let listed = world.get(&brand.key, "/v1/shadows").await.is(200);
    assert_eq!(each(&listed["items"], "id"), [shadow.as_str()]);
    // The dealer reads the brand's policies, but nothing of what is tried beside them.
    assert_eq!(world.get(&dealer.key, "/v1/shadows").await.is(200)["items"], json!([]));
    let path = format!("/v1/shadows/{shadow}");
    world.get(&dealer.key, &path).await.refused(404, "not-found");
    world.get(&dealer.key, &format!("{path}/divergences")).await.refused(404, "not-found");
    world.post(&dealer.key, &format!("{path}/end"), json!({})).await.refused(404, "not-found");
    world.post(&dealer.key, "/v1/shadows", body.clone()).await.refused(404, "not-found");
    for (field, value) in [
        ("until", json!("2040-03-01T00:00:00Z")),
        ("until", json!("2040-04-20T00:00:00Z")),
        ("share", json!(0)),
        ("share", json!(101)),
        ("interfaces[0]", json!(["manifest"])),
    ] {
        let mut wrong = body.clone();
        wrong[field.split('[').next().unwrap()] = value;
        let refused = world.post(&brand.key, "/v1/shadows", wrong).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["field"], field);
    }
    let mut wrong = body.clone();
    wrong["settings"] = json!({ "no-such-setting": 1 });
    world.post(&brand.key, "/v1/shadows", wrong).await.refused(422, "invalid");
    for _ in 0..3 {
        start(&world, &brand, body.clone()).await;
    }
    world.post(&brand.key, "/v1/shadows", body.clone()).await.refused(409, "too-many-shadows");
    world.post(&brand.key, &format!("/v1/policies/{candidate}/retire"), json!({})).await.is(200);
    world.post(&brand.key, "/v1/shadows", body).await.refused(409, "policy-retired");
    world.close().await;
}

async fn a_run_ends(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let candidate = world.upload(&store, Fixture::WellBehaved.module()).await;
    let body = json!({ "candidate": candidate, "until": UNTIL });
    let by_hand = start(&world, &store, body.clone()).await;
    let first = world.open_ticket(&store, television("2040-02-24")).await;
    let calls = receipts(&world, &store, &first).await.len();
    settled(&world, &store, &by_hand, calls).await;
    let ended = world.post(&store.key, &format!("/v1/shadows/{by_hand}/end"), json!({})).await.is(200);
    assert_eq!(ended["status"], "ended");
    assert!(ended["ended_by"].is_string());
    // What comes later is not put to it.
    world.open_ticket(&store, television("2040-02-24")).await;
    settled(&world, &store, &by_hand, calls).await;
    let again = world.post(&store.key, &format!("/v1/shadows/{by_hand}/end"), json!({})).await.is(200);
    assert_eq!(again["ended_at"], shown(&world, &store, &by_hand).await["ended_at"]);

    let by_time =
        start(&world, &store, json!({ "candidate": candidate, "until": "2040-03-06T00:00:00Z" })).await;
    let by_retiring = start(&world, &store, body).await;
    world.to("2040-03-06T00:00:01Z").await;
    let ended = until_ended(&world, &store, &by_time).await;
    assert_eq!((&ended["ended_by"], &ended["ended_at"]), (&json!("until"), &json!("2040-03-06T00:00:00Z")));
    assert_eq!(shown(&world, &store, &by_retiring).await["status"], "running");
    world.post(&store.key, &format!("/v1/policies/{candidate}/retire"), json!({})).await.is(200);
    assert_eq!(until_ended(&world, &store, &by_retiring).await["ended_by"], "retired");
    world.close().await;
}

/// Two hosts on one database: each puts its own live calls to the candidate, and the counts add up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_hosts_add_up() {
    let database = Database::new(Engine::Postgres).await.expect("a database");
    let world = World::open(&database).await;
    let store = world.store().await;
    let mut config = Config::new(database.url());
    config.data = database.data();
    config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    config.movable_clock = true;
    let other = serve(config).await.expect("another host");
    let candidate = world.upload(&store, Fixture::WellBehaved.module()).await;
    let shadow = start(&world, &store, json!({ "candidate": candidate, "until": UNTIL })).await;
    // It would look by itself within a second.
    shadows::refresh(other.app()).await.expect("a look");
    let here = world.open_ticket(&store, television("2040-02-24")).await;
    let request = Client::new().post(format!("http://{}/v1/tickets", other.address()));
    let request = request.bearer_auth(&store.key).json(&television("2040-02-24"));
    let there: Value = request.send().await.expect("an answer").json().await.expect("a ticket");
    let mut calls = 0;
    for ticket in [&here, &there] {
        let asked = receipts(&world, &store, ticket).await.len();
        assert!(asked > 0);
        calls += asked;
    }
    let run = settled(&world, &store, &shadow, calls).await;
    assert_eq!(run["asked"].as_u64(), Some(calls as u64));
    other.stop().await;
    settled(&world, &store, &shadow, calls).await;
    world.close().await;
}
