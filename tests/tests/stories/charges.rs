//! Work that is paid for: told and agreed to before, paid after, handed in in full. And the clock that stands
//! still while the work waits for others.

use crate::world::{Party, World, television};
use sanbao_tests::database::Database;
use sanbao_tests::{on_both_engines, packs};
use serde_json::{Value, json};

on_both_engines!(
    sto_10_30_31_a_charged_repair_is_told_agreed_to_done_and_paid,
    bus_16_the_money_is_handed_in_in_full_before_the_claim_is_closed,
    deadlines_that_may_wait_stand_still,
);

fn items() -> Value {
    json!({ "items": [
        { "kind": "labour", "code": "L-2", "quantity": "1.5", "price": { "amount": 8_000, "currency": "CNY" } },
        { "kind": "part", "code": "P-9", "price": { "amount": 30_000, "currency": "CNY" } },
    ] })
}

fn yuan(minor: i64) -> Value {
    json!({ "amount": { "amount": minor, "currency": "CNY" }, "receipt": "R-77" })
}

fn quote(ticket: &Value) -> &Value {
    ticket["claims"][0]["procedures"]["charges"].as_array().unwrap().last().unwrap()
}

/// A television that was bought ten months ago, with the store's charged repair agreed on.
async fn charged(world: &World, store: &Party) -> Value {
    let ticket = world.open_ticket(store, television("2039-05-05")).await;
    let offers = ticket["claims"][0]["offers"].as_array().unwrap();
    let repair = offers.iter().position(|offer| offer["remedy"] == "repair").expect("a repair");
    assert_eq!(offers[repair]["charge"], "quoted", "STO-10");
    world.command(&store.key, &ticket, "agree", json!({ "choice": repair })).await.is(200)
}

async fn sto_10_30_31_a_charged_repair_is_told_agreed_to_done_and_paid(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = charged(&world, &store).await;
    let give = async |ticket: &Value, command: &str, body: Value| {
        world.command(&store.key, ticket, command, body).await
    };
    let start = give(&ticket, "start-work", json!({})).await;
    assert_eq!(start.refused(409, "consent-missing")["rule"], "STO-30");
    let ticket = give(&ticket, "charges/quote", items()).await.is(200);
    assert_eq!(quote(&ticket)["total"], json!({ "amount": 42_000, "currency": "CNY" }));
    assert_eq!(
        (&quote(&ticket)["collect"], &quote(&ticket)["consent"]),
        (&json!("after-work"), &json!("claimant"))
    );
    give(&ticket, "charges/consent", json!({ "by": "李华" })).await.refused(409, "not-disclosed");
    let told = json!({ "to": "李华", "channel": "phone" });
    let ticket = give(&ticket, "charges/disclose", told).await.is(200);
    let early = give(&ticket, "charges/collect", yuan(42_000)).await;
    assert_eq!(early.refused(409, "consent-missing")["rule"], "STO-30");
    let ticket = give(&ticket, "charges/consent", json!({ "by": "李华" })).await.is(200);
    let early = give(&ticket, "charges/collect", yuan(42_000)).await;
    assert_eq!(early.refused(409, "work-first")["rule"], "STO-31");
    let ticket = give(&ticket, "start-work", json!({})).await.is(200);
    let ticket = give(&ticket, "complete", json!({})).await.is(200);
    give(&ticket, "charges/collect", yuan(42_001)).await.refused(422, "wrong-amount");
    let ticket = give(&ticket, "charges/collect", yuan(42_000)).await.is(200);
    assert_eq!(quote(&ticket)["stage"], "collected");

    // The day's report adds it up: agreed once, though it was told and consented to in two steps.
    let day = world.get(&store.key, "/v1/reports/daily").await.is(200);
    let sum = json!([{ "amount": 42_000, "currency": "CNY" }]);
    assert_eq!((&day["stores"][0]["charges_agreed"], &day["stores"][0]["charges_collected"]), (&sum, &sum));
    assert_eq!((&day["stores"][0]["compensation"], &day["stores"][0]["penalties"]), (&json!([]), &json!([])));
    let table = world.get(&store.key, "/v1/reports/daily?format=csv").await;
    assert!(table.text.contains(",charges_collected,,,42000,CNY\n"), "{}", table.text);
    let other = world.party("store", "旁店").await;
    let theirs = world.get(&other.key, "/v1/reports/daily").await.is(200);
    assert_eq!(theirs["stores"][0]["charges_collected"], json!([]));

    // The answer of the policy is on record.
    let receipts =
        world.get(&store.key, &format!("{}/receipts", crate::world::ticket_path(&ticket))).await.is(200);
    assert!(crate::world::each(&receipts["items"], "function").contains(&"charges.quote-for"));
    world.close().await;
}

async fn bus_16_the_money_is_handed_in_in_full_before_the_claim_is_closed(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = charged(&world, &store).await;
    let mut ticket = ticket;
    for (command, body) in [
        ("charges/quote", items()),
        ("charges/disclose", json!({ "to": "李华", "channel": "in-person" })),
        ("charges/consent", json!({ "by": "李华" })),
        ("start-work", json!({})),
        ("complete", json!({})),
        ("charges/collect", yuan(42_000)),
        ("hand-over", json!({ "to": "李华" })),
    ] {
        ticket = world.command(&store.key, &ticket, command, body).await.is(200);
    }
    let close = world.command(&store.key, &ticket, "close", json!({})).await;
    assert_eq!(close.refused(409, "money-in-hand")["rule"], "BUS-16");
    let short = world.command(&store.key, &ticket, "charges/hand-in", yuan(41_999)).await;
    assert_eq!(short.refused(422, "not-in-full")["rule"], "BUS-16");
    let ticket = world.command(&store.key, &ticket, "charges/hand-in", yuan(42_000)).await.is(200);
    assert_eq!(quote(&ticket)["stage"], "handed-in");
    world.command(&store.key, &ticket, "close", json!({})).await.is(200);
    world.close().await;
}

async fn deadlines_that_may_wait_stand_still(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "顾客之家").await;
    let pack = packs::read("sanbao_customer_care_pack").expect("the customer care pack");
    let policy = world.upload(&store, pack).await;
    world.activate(&store, &policy, json!({ "from": "2030-01-01" })).await;
    let body = json!({
        "customer": { "name": "李华" },
        "product": { "category": "television", "model": "TV-55" },
        "claims": [{ "matter": "complaint" }],
    });
    let mut ticket = world.open_ticket(&store, body).await;
    let due = |ticket: &Value| {
        let all = ticket["claims"][0]["deadlines"].as_array().unwrap();
        all.iter().find(|deadline| deadline["milestone"] == "compensation").cloned()
    };
    if due(&ticket).is_none() {
        // Where opening a complaint does not start the clock, receiving it does.
        let received = json!({ "words": "The set was delivered with a scratch", "channel": "phone" });
        ticket = world.command(&store.key, &ticket, "complaint/receive", received).await.is(200);
    }
    let before = due(&ticket).expect("a deadline for the compensation");
    let hold = json!({ "reason": "awaiting-claimant", "note": "The customer sends photographs" });
    let ticket = world.command(&store.key, &ticket, "hold/begin", hold.clone()).await.is(200);
    world.command(&store.key, &ticket, "hold/begin", hold).await.refused(409, "on-hold");
    assert_eq!(due(&ticket).unwrap()["state"], "paused");
    world.to("2041-03-05T02:00:00Z").await;
    let missed = world.get(&store.key, "/v1/deadlines?state=missed").await.is(200);
    assert!(!crate::world::each(&missed["items"], "milestone").contains(&"compensation"));
    let ticket = world.command(&store.key, &ticket, "hold/resume", json!({})).await.is(200);
    let after = due(&ticket).unwrap();
    assert_eq!(after["state"], "running");
    let instant = |value: &Value| value.as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let held = &ticket["claims"][0]["procedures"]["hold"]["before"][0];
    let stood = instant(&held["until"]).duration_since(instant(&held["since"]));
    let later = instant(&after["due_at"]).duration_since(instant(&before["due_at"]));
    assert_eq!((later, later.as_hours() > 8_000), (stood, true), "later by as long");
    world.close().await;
}
