//! Looking after customers: an enquiry, a complaint and the figures that it counts in, an installation with
//! its visits (AUT-01), goods that were out of stock; complaints are handled, counted and classified (CTL-08, 11).

use crate::world::{Party, World, each, ticket_path, words};
use reqwest::Method;
use sanbao_server::workers::wake;
use sanbao_tests::database::Database;
use sanbao_tests::{on_both_engines, packs};
use serde_json::{Value, json};

on_both_engines!(
    zzc_07_a_call_that_solves_nothing_is_answered_within_a_day,
    ctl_12_a_complaint_goes_through_its_steps_and_counts_in_the_figures,
    hai_03_an_installation_is_followed_by_two_visits,
    sto_34_goods_that_were_out_of_stock_reach_the_customer,
    zzc_03_training_comes_before_use,
);

/// A party with a policy pack in force since 2030.
async fn with_pack(world: &World, kind: &str, name: &str, pack: &str, settings: Value) -> Party {
    let party = world.party(kind, name).await;
    let policy = world.upload(&party, packs::read(pack).expect("the pack")).await;
    world.activate(&party, &policy, json!({ "from": "2030-01-01", "settings": settings })).await;
    party
}

fn about(matter: &str, category: &str, fault: &str) -> Value {
    json!({
        "customer": { "name": "李华", "phone": "13800000000" },
        "product": { "category": category, "model": "M-1", "quantity": 2 },
        "claims": [{ "matter": matter, "fault": fault }],
    })
}

fn claim(ticket: &Value) -> &Value {
    &ticket["claims"][0]
}

fn deadline<'v>(ticket: &'v Value, milestone: &str) -> &'v Value {
    let all = claim(ticket)["deadlines"].as_array().unwrap();
    all.iter().find(|deadline| deadline["milestone"] == milestone).unwrap_or(&Value::Null)
}

/// Gives commands one after the other; the ticket after the last.
async fn take(world: &World, party: &Party, ticket: Value, steps: &[(&str, Value)]) -> Value {
    let mut ticket = ticket;
    for (step, body) in steps {
        ticket = world.command(&party.key, &ticket, step, body.clone()).await.is(200);
    }
    ticket
}

async fn zzc_07_a_call_that_solves_nothing_is_answered_within_a_day(database: Database) {
    let world = World::open(&database).await;
    let maker = with_pack(&world, "brand", "变流器公司", "sanbao_converter_pack", json!({})).await;
    let ticket = world.open_ticket(&maker, about("enquiry", "converter", "The display shows E4")).await;
    assert_eq!((&claim(&ticket)["matter"], &claim(&ticket)["state"]), (&json!("enquiry"), &json!("opened")));
    assert!(claim(&ticket)["ruling"].is_null(), "nothing is asked for under cover");
    let possible = words(&claim(&ticket)["possible"]);
    assert!(possible.contains(&"close") && possible.contains(&"contacts/record"), "{possible:?}");
    assert!(!possible.contains(&"judge") && !possible.contains(&"agree"), "{possible:?}");

    let mut call = json!({
        "direction": "incoming", "channel": "phone", "person": "赵工", "words": "What does E4 mean?",
        "unresolved": true, "at": "2040-03-05T02:00:00Z",
    });
    let nobody = world.command(&maker.key, &ticket, "contacts/record", call.clone()).await;
    let problem = nobody.refused(422, "contact-phone-missing");
    assert_eq!((&problem["field"], &problem["rule"]), (&json!("phone"), &json!("ZZC-07")));
    call["phone"] = json!("13900000000");
    let ticket = take(&world, &maker, ticket, &[("contacts/record", call)]).await;
    assert_eq!(deadline(&ticket, "technical-reply")["due_at"], "2040-03-06T02:00:00Z", "24 hours");
    let close = world.command(&maker.key, &ticket, "close", json!({})).await;
    assert_eq!(close.refused(409, "reply-owed")["rule"], "BUS-40");

    world.to("2040-03-06T01:00:00Z").await;
    let contact = claim(&ticket)["procedures"]["contacts"]["all"][0]["id"].clone();
    let reply = json!({ "contact": contact, "channel": "phone", "words": "The fan is blocked" });
    let ticket = take(&world, &maker, ticket, &[("contacts/reply", reply)]).await;
    assert_eq!(deadline(&ticket, "technical-reply")["state"], "met");
    let kept = &claim(&ticket)["procedures"]["contacts"]["all"][0]["replies"][0];
    assert_eq!(kept["words"], "The fan is blocked");
    let ticket = take(&world, &maker, ticket, &[("close", json!({}))]).await;
    assert_eq!(ticket["state"], "closed");

    for (matter, count) in [("enquiry", 1), ("complaint", 0), ("warranty", 0)] {
        let listed = world.get(&maker.key, &format!("/v1/tickets?matter={matter}")).await.is(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), count, "{matter}");
    }
    world.close().await;
}

async fn ctl_12_a_complaint_goes_through_its_steps_and_counts_in_the_figures(database: Database) {
    let world = World::open(&database).await;
    let settings = json!({
        "warranty-months": 24, "warranty-kilometres": 100_000, "complaint-rate-target": "50",
    });
    let maker = with_pack(&world, "brand", "长江客车", "sanbao_bus_pack", settings).await;
    let ticket = world.open_ticket(&maker, about("complaint", "coach", "=Two hours late")).await;
    let early = json!({ "words": "An apology" });
    let early = world.command(&maker.key, &ticket, "complaint/ask-wish", early).await;
    assert_eq!(early.refused(409, "complaint-step-missing")["rule"], "FUP-07");
    let open = world.command(&maker.key, &ticket, "close", json!({})).await;
    open.refused(409, "complaint-unresolved");
    let facts =
        json!({ "words": "Traffic, and no call", "cause": "company-error", "department": "Dispatch" });
    let settle = json!({
        "amends": "compensation", "words": "One free inspection and 50 yuan",
        "amount": { "amount": 5000, "currency": "CNY" },
    });
    let steps = [
        ("complaint/thank", json!({ "words": "Thank you for telling us" })),
        ("complaint/listen", json!({ "words": "The fitter came two hours late" })),
        ("complaint/find-facts", facts),
        ("complaint/ask-wish", json!({ "words": "Not again" })),
        ("complaint/settle", settle),
        ("complaint/resolve", json!({ "justified": true, "reason": "Nobody called the customer" })),
        ("close", json!({})),
    ];
    take(&world, &maker, ticket, &steps).await;
    // Two other cases, both asked for an opinion: one customer is satisfied, one is not.
    for (score, satisfied) in [(5, true), (2, false)] {
        let ticket = world.open_ticket(&maker, about("enquiry", "coach", "Which oil?")).await;
        let answer =
            json!({ "score": score, "satisfied": satisfied, "experience": "better", "by": "customer" });
        let ticket = take(&world, &maker, ticket, &[("close", json!({})), ("survey/answer", answer)]).await;
        let again = json!({ "score": 1, "satisfied": false });
        let again = world.command(&maker.key, &ticket, "survey/answer", again).await;
        again.refused(409, "survey-answered");
    }

    let report =
        world.get(&maker.key, "/v1/reports/service-level?from=2040-03-01&to=2040-03-31").await.is(200);
    let measures = report["measures"].as_array().unwrap();
    let figures: Vec<_> = measures
        .iter()
        .map(|one| (one["measure"].as_str().unwrap(), &one["numerator"], &one["denominator"], &one["met"]))
        .collect();
    assert_eq!(
        figures,
        [
            ("timeliness", &json!(0), &json!(0), &Value::Null),
            ("satisfaction", &json!(1), &json!(2), &json!(false)),
            ("justified-complaints", &json!(1), &json!(2), &json!(true)),
        ]
    );
    assert_eq!(measures[1]["percent"], "50.00");
    assert_eq!(measures[1]["target"], json!({ "bound": "at-least", "percent": "85", "rule": "BUS-04" }));
    assert!(measures[1]["formula"].as_str().unwrap().contains('÷'));
    let empty =
        world.get(&maker.key, "/v1/reports/service-level?from=2040-02-01&to=2040-02-28").await.is(200);
    assert_eq!(empty["measures"][1]["percent"], Value::Null);

    let causes = world.get(&maker.key, "/v1/reports/causes").await.is(200);
    assert_eq!(
        causes["causes"],
        json!([{
            "cause": "company-error", "department": "Dispatch", "complaints": 1, "resolved": 1, "justified": 1,
        }])
    );
    let roster = world.get(&maker.key, "/v1/reports/complainants").await.is(200);
    assert_eq!(roster["items"][0]["customer"]["name"], "李华");
    assert_eq!(roster["items"][0]["words"], "The fitter came two hours late");
    assert_eq!(roster["items"].as_array().unwrap().len(), 1);

    // STO-22: the day's business, as JSON and as a table.
    let day = world.get(&maker.key, "/v1/reports/daily?date=2040-03-05").await.is(200);
    let store = &day["stores"][0];
    assert_eq!(store["store"]["name"], "长江客车");
    assert_eq!((&store["opened"], &store["closed"]), (&json!(3), &json!(3)));
    assert_eq!(store["by_matter"], json!({ "complaint": 1, "enquiry": 2 }));
    assert_eq!(store["compensation"], json!([{ "amount": 5_000, "currency": "CNY" }]));
    let asked = world.request(Method::GET, &maker.key, "/v1/reports/daily").header("accept", "text/csv");
    let table = world.send(asked).await;
    assert!(
        table.text.starts_with("date,store,store_name,figure,kind,count,amount,currency\n"),
        "{}",
        table.text
    );
    assert!(table.text.contains(",长江客车,by_matter,enquiry,2,,\n"), "{}", table.text);
    let table = world.get(&maker.key, "/v1/reports/complainants?format=csv").await;
    assert_eq!(table.text.lines().count(), 2, "{}", table.text);
    world.get(&maker.key, "/v1/reports/daily?format=xml").await.refused(422, "invalid");

    // Another party's figures hold nothing of it.
    let rival = world.party("brand", "别家").await;
    let theirs = world.get(&rival.key, "/v1/reports/daily?date=2040-03-05").await.is(200);
    assert_eq!(theirs["stores"].as_array().unwrap().len(), 1);
    assert_eq!(theirs["stores"][0]["opened"], 0);
    let theirs = world.get(&rival.key, "/v1/reports/complainants").await.is(200);
    assert_eq!(theirs["items"], json!([]));
    world.close().await;
}

async fn hai_03_an_installation_is_followed_by_two_visits(database: Database) {
    let world = World::open(&database).await;
    let maker = with_pack(&world, "brand", "海风空调", "sanbao_appliance_pack", json!({})).await;
    let ticket =
        world.open_ticket(&maker, about("installation", "air-conditioner", "Install two units")).await;
    let order = json!({
        "purpose": "installation", "task": "Install and adjust", "people": [{ "name": "李工" }],
        "leader": "李工", "site": { "address": "江汉路 8 号" },
        "because": { "reason": "The unit must be installed on site" },
    });
    let time =
        json!({ "from": "2040-03-05T02:00:00Z", "until": "2040-03-05T04:00:00Z", "agreed_with": "李华" });
    let steps = [
        ("jobs/dispatch", order),
        ("jobs/schedule", time),
        ("jobs/depart", json!({})),
        ("jobs/arrive", json!({})),
        ("jobs/end", json!({ "solved": "yes", "words": "Both installed and running" })),
        ("jobs/sign", json!({ "by": "李华" })),
    ];
    let ticket = take(&world, &maker, ticket, &steps).await;
    let planned = &claim(&ticket)["procedures"]["follow_ups"]["all"];
    assert_eq!(each(planned, "visit"), ["first-visit", "second-visit"]);
    assert_eq!(each(planned, "started_by"), ["installed", "installed"]);

    // The list says what is due over all tickets, in the reader's language.
    let due = world.get(&maker.key, "/v1/follow-ups?due_before=2040-04-10T00:00:00Z").await.is(200);
    assert_eq!(each(&due["items"], "visit"), ["first-visit", "second-visit"]);
    let soon = world.get_in("zh", &maker.key, "/v1/follow-ups?due_before=2040-03-25T00:00:00Z").await.is(200);
    assert_eq!(each(&soon["items"], "title"), ["第一次回访"]);
    let (first, second) = (planned[0]["id"].clone(), planned[1]["id"].clone());
    let done = |id: &Value| json!({ "follow_up": id, "channel": "phone", "answers": ["Yes", "Yes"], "satisfied": true });
    let early = world.command(&maker.key, &ticket, "follow-ups/done", done(&second)).await;
    early.refused(409, "follow-up-too-early");

    world.to("2040-03-12T02:00:00Z").await;
    let ticket = take(&world, &maker, ticket, &[("follow-ups/done", done(&first))]).await;
    // Nobody calls a second time, and the host notices it.
    world.to("2040-04-20T02:00:00Z").await;
    wake::sweep(world.host.app()).await.unwrap();
    let listed = world.get(&maker.key, "/v1/follow-ups").await.is(200);
    assert_eq!(each(&listed["items"], "state"), ["overdue"]);
    let ticket = take(&world, &maker, ticket, &[("follow-ups/done", done(&second))]).await;
    let all = &claim(&ticket)["procedures"]["follow_ups"]["all"];
    assert_eq!(each(all, "state"), ["done", "done"]);
    assert_eq!(world.get(&maker.key, "/v1/follow-ups").await.is(200)["items"], json!([]));
    let finished = world.get(&maker.key, "/v1/follow-ups?state=done").await.is(200);
    assert_eq!(each(&finished["items"], "visit"), ["first-visit", "second-visit"]);
    world.close().await;
}

async fn sto_34_goods_that_were_out_of_stock_reach_the_customer(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = world.open_ticket(&store, about("stock-request", "television", "Two of TV-55")).await;
    assert_eq!(deadline(&ticket, "stock-reply")["started_by"], "stock-requested", "STO-35: within a week");
    let arrange = json!({ "from": "Second store", "expected_on": "2040-03-09" });
    let ticket =
        take(&world, &store, ticket, &[("stock/arrange", arrange), ("stock/confirm", json!({}))]).await;
    let hasty = world.command(&store.key, &ticket, "stock/start-transfer", json!({})).await;
    assert_eq!(hasty.refused(409, "customer-not-asked-again")["rule"], "STO-34");
    let steps = [
        ("stock/ask-again", json!({ "channel": "phone", "words": "Still wanted?", "still_wanted": true })),
        ("stock/start-transfer", json!({})),
    ];
    let ticket = take(&world, &store, ticket, &steps).await;
    assert_eq!(deadline(&ticket, "stock-reply")["state"], "running");
    world.to("2040-03-09T02:00:00Z").await;
    let reply = json!({ "channel": "phone", "words": "On Monday at the latest" });
    let ticket = take(&world, &store, ticket, &[("stock/reply", reply)]).await;
    assert_eq!(deadline(&ticket, "stock-reply")["state"], "met", "STO-35: though nothing has arrived");
    world.to("2040-03-12T02:00:00Z").await;
    let steps = [
        ("stock/arrive", json!({})),
        ("stock/notify", json!({ "channel": "message", "words": "Your goods are here" })),
        ("stock/collect", json!({ "by": "李华" })),
        ("close", json!({})),
    ];
    let ticket = take(&world, &store, ticket, &steps).await;
    let stock = &claim(&ticket)["procedures"]["stock"];
    assert_eq!((&stock["ended"]["how"], &stock["ended"]["by"]), (&json!("collected"), &json!("李华")));
    let journal = world.get(&store.key, &format!("{}/journal?limit=200", ticket_path(&ticket))).await.is(200);
    let events = each(&journal["items"], "event");
    assert!(events.contains(&"stock/asked-again") && events.contains(&"stock/collected"), "{events:?}");
    world.close().await;
}

async fn zzc_03_training_comes_before_use(database: Database) {
    let world = World::open(&database).await;
    let maker = with_pack(&world, "brand", "变流器公司", "sanbao_converter_pack", json!({})).await;
    let ticket = world.open_ticket(&maker, about("training", "converter", "Two operators")).await;
    assert_eq!(deadline(&ticket, "training")["state"], "running");
    let mut session = json!({
        "trainer": "王工", "topics": ["Operation", "Common questions"], "participants": ["赵师傅"],
        "practised": true,
    });
    let bare = world.command(&maker.key, &ticket, "training/hold", session.clone()).await;
    assert_eq!(bare.refused(422, "manual-missing")["rule"], "ZZC-03");
    session["manual_handed_over"] = json!(true);
    let proficient = json!({ "words": "Starts and stops it alone" });
    let ticket =
        take(&world, &maker, ticket, &[("training/hold", session), ("training/proficient", proficient)])
            .await;
    assert_eq!(deadline(&ticket, "training")["state"], "met");
    let held = &claim(&ticket)["procedures"]["training"]["held"][0];
    assert_eq!((&held["on"], &held["after_first_use"]), (&json!("2040-03-05"), &json!(false)));
    take(&world, &maker, ticket, &[("close", json!({}))]).await;
    world.close().await;
}
