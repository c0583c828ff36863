//! A coach breaks down, and the maker's people go there: at 80 km within a day, at 140 km once the user has
//! an answer within 12 hours. The order holds what people must know, carry and draw (BUS-20, 23, 24; ZZC-10);
//! on site they verify, find the cause and write it all into the report (BUS-11; ZZC-12, 14).

use crate::world::{Party, World, claim_path, each, ticket_path};
use sanbao_tests::database::Database;
use sanbao_tests::{on_both_engines, packs};
use serde_json::{Value, json};

on_both_engines!(
    bus_06_at_80_km_people_are_there_within_a_day_and_the_user_signs,
    bus_07_at_140_km_the_user_has_an_answer_within_twelve_hours,
    bus_13_a_signature_before_the_end_is_refused_and_journalled,
    zzc_13_without_a_policy_people_go_again_until_it_is_solved,
    the_policy_reminds_people_what_to_do,
);

/// A maker of coaches, and the operator that runs one and handles its own tickets.
async fn coach_maker(world: &World) -> (Party, Party) {
    let maker = world.party("brand", "长江客车").await;
    let policy = world.upload(&maker, packs::read("sanbao_bus_pack").expect("the bus pack")).await;
    let settings = json!({
        "warranty-months": 24, "warranty-kilometres": 100_000, "complaint-rate-target": "2.5",
    });
    world.activate(&maker, &policy, json!({ "from": "2030-01-01", "settings": settings })).await;
    let operator = world.party("dealer", "江北运输公司").await;
    world.deals(&maker, &operator, "dealer").await;
    (maker, operator)
}

fn breakdown(maker: &Party, kilometres: u32) -> Value {
    json!({
        "product": { "category": "coach", "model": "C-12", "serial": "LK6-0001" },
        "claims": [{
            "respondent": maker.id,
            "cause": "unknown",
            "asked": "repair",
            "fault": "Passenger door does not close",
            "dates": { "sold": "2039-03-01", "reported": { "on": "2040-03-05", "at": "2040-03-05T02:00:00Z" } },
            "history": { "usage": [{ "amount": 60_000, "unit": "kilometres" }] },
            "attributes": { "system": "body", "distance-km": kilometres, "dismantled": false },
        }],
    })
}

fn order() -> Value {
    json!({
        "purpose": "repair",
        "task": "The passenger door does not close",
        "site": { "address": "G60, km 112", "contact": "赵师傅", "phone": "13900000000", "distance_km": 80 },
        "because": { "reason": "The coach cannot carry passengers like this" },
        "people": [{ "name": "李工", "qualification": "机电大专" }, { "name": "王工" }],
        "leader": "李工",
        "advance": { "amount": 50_000, "currency": "CNY" },
        "carries": [{ "part": "DR-7", "quantity": 2 }],
    })
}

fn job(ticket: &Value) -> &Value {
    ticket["claims"][0]["procedures"]["jobs"].as_array().unwrap().last().unwrap()
}

fn deadline<'v>(ticket: &'v Value, milestone: &str) -> &'v Value {
    let all = ticket["claims"][0]["deadlines"].as_array().unwrap();
    all.iter().find(|deadline| deadline["milestone"] == milestone).unwrap_or(&Value::Null)
}

/// Takes the steps one after the other; the ticket after the last.
async fn take(world: &World, key: &str, ticket: Value, steps: &[(&str, Value)]) -> Value {
    let mut ticket = ticket;
    for (step, body) in steps {
        ticket = world.command(key, &ticket, &format!("jobs/{step}"), body.clone()).await.is(200);
    }
    ticket
}

/// From the dispatch order until people are there.
fn on_their_way(hour: u32) -> [(&'static str, Value); 4] {
    let time = |minute: u32| format!("2040-03-05T{:02}:{minute:02}:00Z", hour + 1);
    [
        ("dispatch", order()),
        ("schedule", json!({ "from": time(0), "until": time(59), "agreed_with": "赵师傅" })),
        ("depart", json!({})),
        ("arrive", json!({})),
    ]
}

fn findings() -> Value {
    json!({
        "heard": { "used_for": "Line 3, twelve hours a day", "circumstances": "Since the rain on Sunday" },
        "seen": {
            "within_cover": true, "dismantled": false,
            "usage": [{ "amount": 61_234, "unit": "kilometres" }],
            "attributes": { "dismantled": false },
        },
        "checked": { "cause": "quality", "words": "The relay's contacts are welded", "fault": "DR-R" },
    })
}

async fn bus_06_at_80_km_people_are_there_within_a_day_and_the_user_signs(database: Database) {
    let world = World::open(&database).await;
    let (maker, operator) = coach_maker(&world).await;
    let ticket = world.open_ticket(&operator, breakdown(&maker, 80)).await;
    assert_eq!(deadline(&ticket, "on-site")["due_at"], "2040-03-06T02:00:00Z");
    let ticket = take(&world, &maker.key, ticket, &on_their_way(2)).await;
    assert_eq!(deadline(&ticket, "on-site")["state"], "met");
    assert_eq!(deadline(&ticket, "handling")["state"], "running");

    // BUS-26…28: what is found becomes known of the claim, which is judged anew at once.
    let ticket = take(&world, &maker.key, ticket, &[("findings", findings())]).await;
    let claim = &ticket["claims"][0];
    assert_eq!(deadline(&ticket, "handling")["state"], "met");
    assert_eq!(claim["facts"]["history"]["usage"][0]["amount"], 61_234);
    assert_eq!((&claim["facts"]["cause"], &claim["ruling"]), (&json!("quality"), &json!("covered")));
    let repair = claim["offers"].as_array().unwrap().iter().position(|offer| offer["remedy"] == "repair");
    let choice = json!({ "choice": repair.expect("a repair") });
    let ticket = world.command(&operator.key, &ticket, "agree", choice).await.is(200);
    assert_eq!(ticket["claims"][0]["state"], "approved");
    let ticket = world.command(&maker.key, &ticket, "start-work", json!({})).await.is(200);

    let part = json!({ "part": "DR-7", "name": "Door relay", "quantity": 1, "reason": "Contacts welded" });
    let steps = [
        ("parts", json!({ "parts": [part] })),
        (
            "end",
            json!({ "solved": "yes", "words": "Relay replaced, door adjusted", "agreed": "Fit for service" }),
        ),
    ];
    let ticket = take(&world, &maker.key, ticket, &steps).await;
    let early = world.command(&maker.key, &ticket, "complete", json!({})).await;
    assert_eq!(early.refused(409, "job-open")["rule"], "BUS-12");

    // The user signs, and what was signed stays as it is.
    let signature = json!({ "by": "赵师傅", "comment": "Quick and clean" });
    let ticket = take(&world, &operator.key, ticket, &[("sign", signature)]).await;
    let signed = job(&ticket)["report"]["signed"].clone();
    assert_eq!((&signed["by"], signed["hash"].as_str().unwrap().len()), (&json!("赵师傅"), 64));
    let change = world.command(&maker.key, &ticket, "jobs/parts", json!({ "parts": [] })).await;
    assert_eq!(change.refused(409, "report-signed")["rule"], "BUS-14");

    // BUS-33…36: the result is told, the leader approves the report and the expenses.
    let too_soon = world.command(&maker.key, &ticket, "jobs/return", json!({})).await;
    assert_eq!(too_soon.refused(409, "result-not-reported")["rule"], "BUS-33");
    let fitter = world.signer(&maker, &["fitter"]).await;
    let leader = world.signer(&maker, &["leader"]).await;
    let voucher =
        json!({ "kind": "toll", "reference": "T-8", "amount": { "amount": 62_000, "currency": "CNY" } });
    let steps = [
        ("report-back", json!({ "words": "Door works again; no further task" })),
        ("return", json!({})),
        ("expenses", json!({ "vouchers": [voucher] })),
    ];
    let ticket = take(&world, &maker.key, ticket, &steps).await;
    let refused = world.command(&fitter, &ticket, "jobs/approve", json!({})).await;
    assert_eq!(refused.refused(403, "wrong-role")["role"], "leader");
    let ticket =
        take(&world, &leader, ticket, &[("approve", json!({})), ("approve-expenses", json!({}))]).await;
    let ticket = take(&world, &maker.key, ticket, &[("reimburse", json!({}))]).await;
    assert_eq!(job(&ticket)["stage"], "archived");
    assert_eq!(job(&ticket)["people"][0]["qualification"], "机电大专", "ZZC-20");
    assert_eq!(job(&ticket)["report"]["approved"]["by"], "leader");
    assert_eq!(job(&ticket)["report"]["signed"], signed);
    assert_eq!(job(&ticket)["expenses"]["balance"]["amount"], 12_000, "the advance is set off");
    let ticket = world.command(&maker.key, &ticket, "complete", json!({})).await.is(200);
    assert_eq!(ticket["claims"][0]["state"], "completed");
    world.close().await;
}

async fn bus_07_at_140_km_the_user_has_an_answer_within_twelve_hours(database: Database) {
    let world = World::open(&database).await;
    let (maker, operator) = coach_maker(&world).await;
    let ticket = world.open_ticket(&operator, breakdown(&maker, 140)).await;
    assert_eq!(deadline(&ticket, "answer")["due_at"], "2040-03-05T14:00:00Z");
    assert!(deadline(&ticket, "on-site").is_null());
    let [dispatch, schedule, ..] = on_their_way(10);
    world.to("2040-03-05T10:00:00Z").await;
    let ticket = take(&world, &maker.key, ticket, &[dispatch]).await;
    assert_eq!(deadline(&ticket, "answer")["state"], "running");
    let ticket = take(&world, &maker.key, ticket, &[schedule]).await;
    assert_eq!(deadline(&ticket, "answer")["state"], "met", "who fixes a time has answered (ZZC-09)");

    // ZZC-11: late is explained.
    world.to("2040-03-05T13:00:00Z").await;
    let ticket = take(&world, &maker.key, ticket, &[("depart", json!({}))]).await;
    let late = world.command(&maker.key, &ticket, "jobs/arrive", json!({})).await;
    assert_eq!(late.refused(422, "delay-unexplained")["rule"], "ZZC-11");
    let delay = json!({ "delay": { "reason": "Landslide on the G60", "force_majeure": true } });
    let ticket = take(&world, &maker.key, ticket, &[("arrive", delay)]).await;
    assert_eq!(job(&ticket)["arrived"]["delay"]["force_majeure"], true);

    // BUS-31: a major problem, with proposal and demand.
    let problem =
        json!({ "what": "Door frame cracked", "proposal": "Weld it in the station", "demand": "A new body" });
    let ticket = take(&world, &maker.key, ticket, &[("problem", problem)]).await;
    assert_eq!(job(&ticket)["problems"][0]["demand"], "A new body");
    // The operator cannot report in the maker's name.
    let theirs = world.command(&operator.key, &ticket, "jobs/findings", findings()).await;
    theirs.refused(403, "job-of-another");
    world.close().await;
}

async fn bus_13_a_signature_before_the_end_is_refused_and_journalled(database: Database) {
    let world = World::open(&database).await;
    let (maker, operator) = coach_maker(&world).await;
    let ticket = world.open_ticket(&operator, breakdown(&maker, 80)).await;
    let ticket = take(&world, &maker.key, ticket, &on_their_way(2)).await;
    let early = world.command(&maker.key, &ticket, "jobs/sign", json!({ "by": "赵师傅" })).await;
    assert_eq!(early.refused(409, "signature-before-end")["rule"], "BUS-13");
    let seen = world.get(&operator.key, &ticket_path(&ticket)).await.is(200);
    assert!(job(&seen)["report"]["signed"].is_null());
    assert_eq!(job(&seen)["early_signatures"][0]["by"], "first key");
    let journal = world.get(&maker.key, &format!("{}/journal?limit=200", ticket_path(&ticket))).await.is(200);
    let asked = journal["items"].as_array().unwrap().iter();
    let asked: Vec<_> = asked.filter(|entry| entry["event"] == "jobs/signature-asked-early").collect();
    assert_eq!(asked.len(), 1, "a finding can cite entry {}", asked[0]["seq"]);

    // A signature under a report that has changed since it was shown is none (BUS-14).
    let steps = [("findings", findings()), ("end", json!({ "solved": "yes", "words": "Relay replaced" }))];
    let ticket = take(&world, &maker.key, seen, &steps).await;
    let stale = json!({ "by": "赵师傅", "hash": "0".repeat(64) });
    let changed = world.command(&operator.key, &ticket, "jobs/sign", stale).await;
    assert_eq!(changed.refused(409, "report-changed")["rule"], "BUS-14");
    world.close().await;
}

async fn zzc_13_without_a_policy_people_go_again_until_it_is_solved(database: Database) {
    let world = World::open(&database).await;
    let station = world.party("service-station", "城南服务站").await;
    let body = json!({
        "product": { "category": "converter", "model": "CV-400" },
        "claims": [{ "cause": "unknown" }],
    });
    let ticket = world.open_ticket(&station, body).await;
    let mut alone = order();
    alone["because"] = json!({});
    let unneeded = world.command(&station.key, &ticket, "jobs/dispatch", alone).await;
    assert_eq!(unneeded.refused(422, "remote-first")["rule"], "ZZC-17");
    let mut leaderless = order();
    leaderless["leader"] = Value::Null;
    let refused = world.command(&station.key, &ticket, "jobs/dispatch", leaderless).await;
    assert_eq!(refused.refused(422, "leader-missing")["rule"], "BUS-22");

    let ticket = take(&world, &station.key, ticket, &on_their_way(2)).await;
    let unsolved = [
        ("findings", findings()),
        ("end", json!({ "solved": "come-again", "words": "Control board; none at hand" })),
        ("decline-signature", json!({ "reason": "Nobody in charge was there" })),
    ];
    let ticket = take(&world, &station.key, ticket, &unsolved).await;
    let grant = json!({ "remedy": "repair" });
    let ticket = world.command(&station.key, &ticket, "approve", grant).await.is(200);
    let ticket = world.command(&station.key, &ticket, "start-work", json!({})).await.is(200);
    let complete = || world.command(&station.key, &ticket, "complete", json!({}));
    assert_eq!(complete().await.refused(409, "job-unsolved")["rule"], "ZZC-13");

    let mut again = on_their_way(2);
    again[0].1["because"] = json!({});
    again[0].1["follows"] = job(&ticket)["job"].clone();
    let ticket = take(&world, &station.key, ticket, &again).await;
    let solved = [
        ("findings", findings()),
        ("end", json!({ "solved": "yes", "words": "Board replaced" })),
        ("sign", json!({ "by": "Plant manager" })),
    ];
    let ticket = take(&world, &station.key, ticket, &solved).await;
    world.command(&station.key, &ticket, "complete", json!({})).await.is(200);
    world.close().await;
}

async fn the_policy_reminds_people_what_to_do(database: Database) {
    let world = World::open(&database).await;
    let (maker, operator) = coach_maker(&world).await;
    let ticket = world.open_ticket(&operator, breakdown(&maker, 80)).await;
    let path = claim_path(&ticket, "checklist?occasion=arrived");
    let english = world.get_in("en", &maker.key, &path).await;
    assert_eq!(english.language.as_deref(), Some("en"));
    let english = english.is(200);
    assert_eq!(english["occasion"], "arrived");
    assert!(each(&english["items"], "rule").contains(&"BUS-25"), "{english:#}");
    let chinese = world.get_in("zh", &maker.key, &path).await.is(200);
    assert_eq!(each(&chinese["items"], "rule"), each(&english["items"], "rule"));
    assert!(each(&chinese["items"], "text").iter().all(|text| !text.is_ascii()));
    let other = world.get(&maker.key, &claim_path(&ticket, "checklist?occasion=paid")).await.is(200);
    assert_eq!(other["items"], json!([]));
    assert_eq!(world.get(&maker.key, &claim_path(&ticket, "checklist")).await.status, 422);
    world.close().await;
}
