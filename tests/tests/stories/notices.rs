//! Who is told, how often, and how the words get there (STO-25…29).

use crate::sinks;
use crate::world::{Party, World, each, television, ticket_path, words};
use sanbao_server::channels::webhook::sign;
use sanbao_server::config::Outbox;
use sanbao_server::workers::{outbox, wake};
use sanbao_server::{App, Config};
use sanbao_tests::database::{Database, Engine};
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};

on_both_engines!(
    sto_27_28_goods_that_nobody_collects_are_posted,
    sto_27_goods_that_are_collected_need_no_third_notice,
    sto_26_29_a_delay_and_what_cannot_be_repaired,
    a_mail_server_that_says_no_is_asked_again,
    what_has_no_address_is_held_until_it_has_one,
    only_public_programs_are_called,
    many_hosts_send_each_notice_once,
);

/// A world whose mail goes to a sink.
async fn world(database: &Database) -> (World, sinks::Sink<String>) {
    let mail = sinks::mail().await;
    let outbox = Outbox { smtp_url: Some(mail.address.clone()), loopback: true, ..Outbox::default() };
    (World::open_with(database, outbox).await, mail)
}

/// A television with the customer's addresses, up to the start of its repair.
async fn in_work(world: &World, store: &Party, customer: Value) -> Value {
    let mut body = television("2040-02-24");
    body["customer"] = customer;
    let ticket = world.open_ticket(store, body).await;
    let offers = ticket["claims"][0]["offers"].as_array().unwrap();
    let repair = offers.iter().position(|offer| offer["remedy"] == "repair").expect("a repair");
    let ticket = world.command(&store.key, &ticket, "agree", json!({ "choice": repair })).await.is(200);
    world.command(&store.key, &ticket, "start-work", json!({})).await.is(200)
}

/// The same, repaired and ready to be collected.
async fn ready(world: &World, store: &Party, customer: Value) -> Value {
    let ticket = in_work(world, store, customer).await;
    let ticket = world.command(&store.key, &ticket, "complete", json!({})).await.is(200);
    assert!(words(&ticket["claims"][0]["possible"]).contains(&"counter/ready"));
    world.command(&store.key, &ticket, "counter/ready", json!({})).await.is(200)
}

fn with_mail() -> Value {
    json!({ "name": "李华", "phone": "13800000000", "email": "lihua@example.com" })
}

async fn messages(world: &World, store: &Party, ticket: &Value) -> Value {
    world.get(&store.key, &format!("{}/messages", ticket_path(ticket))).await.is(200)["items"].clone()
}

async fn sto_27_28_goods_that_nobody_collects_are_posted(database: Database) {
    let (world, mail) = world(&database).await;
    let store = world.store().await;
    let program = sinks::program().await;
    let secret = "a secret of the store's own";
    let hook = json!({ "url": program.address, "secret": secret });
    world.put(&store.key, &format!("/v1/parties/{}/webhook", store.id), hook).await.is(200);
    let customer = json!({
        "name": "李华", "email": "lihua@example.com", "address": "解放路 8 号", "language": "en",
    });
    let ticket = ready(&world, &store, customer).await;
    outbox::sweep(world.host.app()).await.unwrap();
    let got = mail.got();
    assert_eq!(got.len(), 1, "told at once (STO-27)");
    assert!(
        got[0].contains("Subject: Your goods are ready") && got[0].contains("To: lihua@example.com"),
        "{}",
        got[0]
    );

    for (day, notices) in [("08", 2), ("11", 3), ("12", 3)] {
        world.to(&format!("2040-03-{day}T02:30:00Z")).await;
        outbox::sweep(world.host.app()).await.unwrap();
        assert_eq!(mail.got().len(), notices, "on the {day}th");
        assert!(program.got().is_empty());
    }
    let post = json!({ "carrier": "SF", "waybill": "SF-77" });
    let early = world.command(&store.key, &ticket, "counter/post", post.clone()).await;
    assert_eq!(early.refused(409, "still-to-collect")["rule"], "STO-28");

    world.to("2040-03-14T02:30:00Z").await;
    outbox::sweep(world.host.app()).await.unwrap();
    let calls = program.got();
    assert_eq!(calls.len(), 1, "the enterprise is told (STO-28)");
    let call = &calls[0];
    let told: Value = serde_json::from_str(&call.body).unwrap();
    assert_eq!(told["about"], "superior-told");
    assert!(told["rules"].as_array().unwrap().contains(&json!("STO-28")), "{told:#}");
    assert!(told["body"].as_str().unwrap().contains("3 次"), "{told:#}");
    assert_eq!(call.headers["sanbao-message"], told["id"].as_str().unwrap());
    let signature = sign(secret, &call.headers["sanbao-timestamp"], call.body.as_bytes());
    assert_eq!(call.headers["sanbao-signature"], format!("v1={signature}"));

    let to_do = world.get(&store.key, "/v1/messages?state=to-do").await.is(200)["items"].clone();
    assert_eq!(each(&to_do, "about"), ["post-goods"]);
    assert_eq!(to_do[0]["address"], "解放路 8 号");
    let ticket = world.command(&store.key, &ticket, "counter/post", post).await.is(200);
    assert_eq!(ticket["claims"][0]["state"], "handed-over");
    assert_eq!(ticket["claims"][0]["procedures"]["counter"]["left"]["waybill"], "SF-77");
    let done = format!("/v1/messages/{}/done", to_do[0]["id"].as_str().unwrap());
    let done = world.post(&store.key, &done, json!({ "remark": "SF-77" })).await.is(200);
    assert_eq!((&done["state"], &done["done_by"]), (&json!("done"), &json!("first key")));
    assert_eq!(world.get(&store.key, "/v1/messages?state=to-do").await.is(200)["items"], json!([]));

    let journal = world.get(&store.key, &format!("{}/journal?limit=200", ticket_path(&ticket))).await.is(200);
    let items = journal["items"].as_array().unwrap();
    let by = |event: &str| -> Vec<&str> {
        let found = items.iter().filter(|item| item["event"] == event);
        found.map(|item| item["actor"]["name"].as_str().unwrap_or_default()).collect()
    };
    assert_eq!(by("notices/told"), ["notices", "clock", "clock"]);
    assert_eq!(by("counter/post-due"), ["clock"]);
    world.close().await;
}

async fn sto_27_goods_that_are_collected_need_no_third_notice(database: Database) {
    let (world, mail) = world(&database).await;
    let store = world.store().await;
    let ticket = ready(&world, &store, with_mail()).await;
    world.to("2040-03-08T02:30:00Z").await;
    let ticket = world.command(&store.key, &ticket, "counter/collect", json!({ "by": "李华" })).await.is(200);
    assert_eq!(ticket["claims"][0]["state"], "handed-over");
    // The call that the store makes after a service may still come due, but no notice does.
    world.to("2040-05-01T00:00:00Z").await;
    outbox::sweep(world.host.app()).await.unwrap();
    assert_eq!(mail.got().len(), 2);
    assert_eq!(each(&messages(&world, &store, &ticket).await, "about"), ["collect", "collect"]);
    let sequence = &ticket["claims"][0]["procedures"]["notices"]["sequences"][0];
    assert_eq!((&sequence["state"], &sequence["by"]), (&json!("ended"), &json!("collected")));
    world.close().await;
}

async fn sto_26_29_a_delay_and_what_cannot_be_repaired(database: Database) {
    let (world, mail) = world(&database).await;
    let store = world.store().await;
    let ticket = in_work(&world, &store, with_mail()).await;
    let past = json!({ "until": "2040-03-01", "reason": "no tube" });
    let refused = world.command(&store.key, &ticket, "counter/delay", past).await;
    assert_eq!(refused.refused(422, "not-later")["rule"], "STO-26");
    let late = json!({ "until": "2040-03-20", "reason": "no tube" });
    let ticket = world.command(&store.key, &ticket, "counter/delay", late).await.is(200);
    let told = messages(&world, &store, &ticket).await;
    assert_eq!(each(&told, "about"), ["delay"]);
    assert_eq!(told[0]["rules"], json!(["STO-26"]));

    let broken = json!({ "reason": "the board is burnt" });
    let ticket = world.command(&store.key, &ticket, "counter/unrepairable", broken).await.is(200);
    let person = &ticket["claims"][0]["with_person"];
    assert_eq!(
        (&person["because"], &person["words"]),
        (&json!("unrepairable"), &json!("the board is burnt"))
    );
    assert!(each(&person["steps"], "role").contains(&"store-manager"), "{person:#}");
    let told = messages(&world, &store, &ticket).await;
    assert!(
        each(&told, "about").contains(&"unrepairable"),
        "the customer's understanding is asked for (STO-29)"
    );
    outbox::sweep(world.host.app()).await.unwrap();
    assert_eq!(mail.got().len(), 2, "{:#?}", mail.got());
    world.close().await;
}

async fn a_mail_server_that_says_no_is_asked_again(database: Database) {
    let (world, mail) = world(&database).await;
    let store = world.store().await;
    // Whichever round tries, the worker's own or the test's: the next attempt is a minute later.
    mail.refuse(2);
    let ticket = ready(&world, &store, with_mail()).await;
    let state = async || messages(&world, &store, &ticket).await[0].clone();
    outbox::sweep(world.host.app()).await.unwrap();
    let first = state().await;
    assert_eq!((&first["state"], &first["attempts"]), (&json!("queued"), &json!(1)));
    assert!(first["reason"].as_str().unwrap().contains("451"), "{first:#}");
    world.to("2040-03-05T02:10:00Z").await;
    outbox::sweep(world.host.app()).await.unwrap();
    assert_eq!(state().await["attempts"], 2);
    assert!(mail.got().is_empty());
    world.to("2040-03-05T02:30:00Z").await;
    outbox::sweep(world.host.app()).await.unwrap();
    let sent = state().await;
    assert_eq!((&sent["state"], &sent["attempts"]), (&json!("sent"), &json!(3)));
    assert_eq!(sent.get("reason"), None);
    let got = mail.got();
    assert_eq!(got.len(), 1);
    assert!(got[0].contains(&format!("Message-ID: <{}@", sent["id"].as_str().unwrap())), "{}", got[0]);
    let again = format!("/v1/messages/{}/retry", sent["id"].as_str().unwrap());
    world.post(&store.key, &again, json!({})).await.refused(409, "message-settled");
    world.close().await;
}

async fn what_has_no_address_is_held_until_it_has_one(database: Database) {
    let (world, mail) = world(&database).await;
    let store = world.store().await;
    let ticket = ready(&world, &store, json!({ "name": "李华" })).await;
    let held = world.get_in("en", &store.key, "/v1/messages?state=held").await.is(200)["items"].clone();
    assert_eq!(each(&held, "ticket"), [ticket["id"].as_str().unwrap()]);
    assert_eq!(held[0]["reason"], "no address is known");
    let id = held[0]["id"].as_str().unwrap();
    let retry = format!("/v1/messages/{id}/retry");
    let still = world.post(&store.key, &retry, json!({})).await.is(200);
    assert_eq!(still["state"], "held");
    let given = match held[0]["means"].as_str().unwrap() {
        "phone" => "13800000000",
        _ => {
            let bad = world.post(&store.key, &retry, json!({ "address": "nobody" })).await;
            assert_eq!(bad.refused(422, "invalid")["errors"][0]["field"], "address");
            "lihua@example.com"
        }
    };
    let on_its_way = world.post(&store.key, &retry, json!({ "address": given })).await.is(200);
    assert!(["queued", "to-do"].contains(&on_its_way["state"].as_str().unwrap()), "{on_its_way:#}");
    outbox::sweep(world.host.app()).await.unwrap();
    assert_eq!(mail.got().len(), usize::from(on_its_way["state"] == "queued"));

    // Another customer has a telephone alone: somebody calls.
    let ticket = ready(&world, &store, json!({ "name": "王芳", "phone": "13900000000" })).await;
    let to_do = messages(&world, &store, &ticket).await;
    assert_eq!((&to_do[0]["state"], &to_do[0]["means"]), (&json!("to-do"), &json!("phone")));
    assert_eq!(to_do[0]["address"], "13900000000");
    world.close().await;
}

async fn only_public_programs_are_called(database: Database) {
    let world = World::open_with(&database, Outbox::default()).await;
    let store = world.store().await;
    let path = format!("/v1/parties/{}/webhook", store.id);
    let hook = |url: &str, secret: &str| json!({ "url": url, "secret": secret });
    let secret = "a secret of the store's own";
    for url in
        ["http://erp.example/", "https://127.0.0.1/", "https://10.0.0.8/", "http://localhost:9/", "erp"]
    {
        let refused = world.put(&store.key, &path, hook(url, secret)).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["field"], "url", "{url}");
    }
    let refused = world.put(&store.key, &path, hook("https://erp.example/", "short")).await;
    assert_eq!(refused.refused(422, "invalid")["errors"][0]["field"], "secret");
    let kept = world.put(&store.key, &path, hook("https://erp.example/", secret)).await.is(200);
    assert_eq!(kept["webhook"], "https://erp.example/");
    let contact = format!("/v1/parties/{}/contact", store.id);
    let people = json!({ "email": "service@example.com", "language": "en" });
    world.put(&store.key, &contact, people).await.is(200);
    let read = world.get(&store.key, &contact).await;
    assert!(!read.text.contains(secret), "a secret is shown to nobody");
    let read = read.is(200);
    assert_eq!(
        (&read["email"], &read["webhook"]),
        (&json!("service@example.com"), &json!("https://erp.example/"))
    );
    let bad = world.put(&store.key, &contact, json!({ "email": "nobody" })).await.refused(422, "invalid");
    assert_eq!(bad["errors"][0]["field"], "email");
    world.close().await;
}

async fn many_hosts_send_each_notice_once(database: Database) {
    let (world, mail) = world(&database).await;
    let store = world.store().await;
    let mut tickets = Vec::new();
    for _ in 0..4 {
        tickets.push(ready(&world, &store, with_mail()).await);
    }
    let one = world.host.app().clone();
    one.clock().move_to("2040-03-08T02:30:00Z".parse().unwrap(), one.store()).await.unwrap();
    let other = match database.engine() {
        // One process at a time has the file; its workers are many all the same.
        Engine::Sqlite => one.clone(),
        Engine::Postgres => {
            let mut config = Config::new(database.url());
            config.data = database.data();
            config.movable_clock = true;
            config.outbox.smtp_url = Some(mail.address.clone());
            App::open(config).await.unwrap()
        }
    };
    let (a, b, c, d) =
        tokio::join!(wake::sweep(&one), wake::sweep(&other), wake::sweep(&one), wake::sweep(&other));
    for swept in [a, b, c, d] {
        swept.unwrap();
    }
    let (a, b, c, d) =
        tokio::join!(outbox::sweep(&one), outbox::sweep(&other), outbox::sweep(&other), outbox::sweep(&one));
    for swept in [a, b, c, d] {
        swept.unwrap();
    }
    for ticket in &tickets {
        let told = messages(&world, &store, ticket).await;
        assert_eq!(each(&told, "state"), ["sent", "sent"]);
        assert_eq!(told[1]["attempts"], 1);
    }
    assert_eq!(mail.got().len(), 8, "each once");
    world.close().await;
}
