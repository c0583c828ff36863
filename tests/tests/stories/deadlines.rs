//! What is due, over a holiday.

use crate::world::{World, each, lamp, television, ticket_path};
use sanbao_server::workers::deadlines::sweep;
use sanbao_server::{App, Config};
use sanbao_tests::database::{Database, Engine};
use sanbao_tests::on_both_engines;
use serde_json::json;

on_both_engines!(
    a_deadline_is_missed_only_after_the_holiday,
    a_deadline_falls_away_with_its_claim,
    many_hosts_mark_each_deadline_once,
);

async fn a_deadline_is_missed_only_after_the_holiday(database: Database) {
    let world = World::open(&database).await;
    // The brand is closed on Thursday and Friday, and works on the Saturday instead.
    let calendar = json!({
        "time_zone": "Asia/Shanghai", "closed": ["2040-03-08", "2040-03-09"], "open": ["2040-03-10"],
    });
    let brand = world.brand_with(calendar).await;
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(&brand, &dealer, "distributor").await;
    let ticket = world.open_ticket(&dealer, lamp(&brand, "2039-06-01")).await;
    let ticket = world.command(&dealer.key, &ticket, "agree", json!({})).await.is(200);
    let ticket = world.command(&brand.key, &ticket, "approve", json!({})).await.is(200);
    let started = json!({ "goods_received_at": "2040-03-05T02:00:00Z" });
    // Goods that went to the agent are the respondent's to work on.
    let ticket = world.command(&brand.key, &ticket, "start-work", started).await.is(200);
    // Tuesday, Wednesday, Saturday, Monday, Tuesday.
    assert_eq!(ticket["claims"][0]["deadlines"][0]["due_at"], "2040-03-13T16:00:00Z");

    let moved = world.to("2040-03-13T15:59:00Z").await;
    assert_eq!(moved["missed"], 0);
    let running = world.get(&brand.key, "/v1/deadlines?state=running").await.is(200);
    assert_eq!(each(&running["items"], "milestone"), ["return-handled"]);
    world.to("2040-03-13T16:00:00Z").await;
    let missed = world.get(&brand.key, "/v1/deadlines?state=missed").await.is(200);
    assert_eq!(each(&missed["items"], "ticket"), [ticket["id"].as_str().unwrap()]);
    assert_eq!(world.get(&brand.key, "/v1/deadlines?state=running").await.is(200)["items"], json!([]));

    let journal =
        world.get(&dealer.key, &format!("{}/journal?limit=200", ticket_path(&ticket))).await.is(200);
    let entry = journal["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(entry["event"], "deadline-missed");
    assert_eq!(entry["actor"], json!({ "name": "deadlines" }), "the host itself");
    let ticket = world.command(&brand.key, &ticket, "complete", json!({})).await.is(200);
    let deadline = &ticket["claims"][0]["deadlines"][0];
    assert_eq!(deadline["state"], "met-late");
    world.close().await;
}

async fn a_deadline_falls_away_with_its_claim(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let offers = ticket["claims"][0]["offers"].as_array().unwrap();
    let repair = offers.iter().position(|offer| offer["remedy"] == "repair").expect("a repair");
    let ticket = world.command(&store.key, &ticket, "agree", json!({ "choice": repair })).await.is(200);
    let deadline = &ticket["claims"][0]["deadlines"][0];
    assert_eq!(deadline["milestone"], "repair-finished");
    assert_eq!(deadline["state"], "running");
    let ticket =
        world.command(&store.key, &ticket, "cancel", json!({ "reason": "works again" })).await.is(200);
    assert_eq!(ticket["state"], "cancelled");
    assert_eq!(ticket["claims"][0]["deadlines"][0]["state"], "dropped");
    assert_eq!(world.to("2040-06-01T00:00:00Z").await["missed"], 0);
    world.close().await;
}

async fn many_hosts_mark_each_deadline_once(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let mut tickets = Vec::new();
    for _ in 0..5 {
        let ticket = world.open_ticket(&store, television("2040-02-24")).await;
        let offers = ticket["claims"][0]["offers"].as_array().unwrap();
        let repair = offers.iter().position(|offer| offer["remedy"] == "repair").expect("a repair");
        tickets.push(world.command(&store.key, &ticket, "agree", json!({ "choice": repair })).await.is(200));
    }
    let one = world.host.app().clone();
    one.clock().move_to("2040-04-01T00:00:00Z".parse().unwrap(), one.store()).await.unwrap();
    let other = match database.engine() {
        // One process at a time has the file; its workers are many all the same.
        Engine::Sqlite => one.clone(),
        Engine::Postgres => {
            let mut config = Config::new(database.url());
            config.data = database.data();
            config.movable_clock = true;
            App::open(config).await.unwrap()
        }
    };
    let (a, b, c, d) = tokio::join!(sweep(&one), sweep(&other), sweep(&one), sweep(&other));
    for swept in [a, b, c, d] {
        swept.unwrap();
    }
    for ticket in &tickets {
        let path = ticket_path(ticket);
        let read = world.get(&store.key, &path).await.is(200);
        assert_eq!(each(&read["claims"][0]["deadlines"], "state"), ["missed"]);
        let journal = world.get(&store.key, &format!("{path}/journal?limit=200")).await.is(200);
        let missed =
            each(&journal["items"], "event").iter().filter(|event| **event == "deadline-missed").count();
        assert_eq!(missed, 1);
    }
    world.close().await;
}
