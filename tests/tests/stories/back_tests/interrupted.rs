//! A back-test that is called off, whose host stops or dies, and that somebody follows meanwhile.

use super::{active, ask, count, history, idle};
use crate::world::World;
use reqwest::Method;
use sanbao_hostile::Fixture;
use sanbao_server::config::Outbox;
use sanbao_server::services::back_tests::{Worked, work};
use sanbao_server::{Config, serve};
use sanbao_store::{Scope, StoreError, back_test};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

on_both_engines!(
    another_host_goes_on_where_the_first_stopped,
    a_host_that_dies_loses_its_lease_and_nothing_is_counted_twice,
    a_back_test_can_be_called_off,
    who_follows_one_does_not_keep_the_host_from_stopping,
);

async fn another_host_goes_on_where_the_first_stopped(database: Database) {
    let world = idle(&database).await;
    let store = world.store().await;
    let (all, coverage) = history(&world, &store).await;
    let candidate = world.upload(&store, Fixture::WellBehaved.component()).await;
    let made = ask(&world, &store, json!({ "candidate": candidate })).await;
    let path = made.location.clone().unwrap();
    assert_eq!(made.is(202)["state"], "queued");
    let stop = CancellationToken::new();
    let app = world.host.app().clone();
    assert_eq!(work(&app, &stop, Some(2)).await.unwrap(), Worked::GivenBack);
    let half = world.get(&store.key, &path).await.is(200);
    let done = count(&half["progress"]["done"]);
    assert_eq!(half["state"], "running");
    assert!(done > 0 && done < all, "{done} of {all}");
    assert_eq!(count(&half["progress"]["total"]), all);
    let key = store.key.clone();
    world.close().await;

    let mut config = Config::new(database.url());
    config.data = database.data();
    config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    config.movable_clock = true;
    config.back_test_threads = 0;
    let other = serve(config).await.expect("another host");
    assert_eq!(work(other.app(), &stop, Some(1)).await.unwrap(), Worked::GivenBack);
    assert_eq!(work(other.app(), &stop, None).await.unwrap(), Worked::Ended);
    assert_eq!(work(other.app(), &stop, None).await.unwrap(), Worked::Nothing);
    let shown = reqwest::Client::new()
        .get(format!("http://{}{path}", other.address()))
        .bearer_auth(&key)
        .send()
        .await
        .unwrap();
    let shown: Value = serde_json::from_str(&shown.text().await.unwrap()).unwrap();
    assert_eq!(shown["state"], "finished");
    assert_eq!((count(&shown["progress"]["done"]), count(&shown["found"]["asked"])), (all, all));
    assert_eq!(shown["found"]["rules"]["H-1"]["newly"], coverage);
    other.stop().await;
}

async fn a_host_that_dies_loses_its_lease_and_nothing_is_counted_twice(database: Database) {
    let world = idle(&database).await;
    let store = world.store().await;
    let (all, _) = history(&world, &store).await;
    let policy = active(&world, &store).await;
    let made = ask(&world, &store, json!({ "candidate": policy })).await;
    let path = made.location.clone().unwrap();
    made.is(202);
    let (app, stop) = (world.host.app().clone(), CancellationToken::new());
    assert_eq!(work(&app, &stop, Some(3)).await.unwrap(), Worked::GivenBack);
    // Another host takes it, reads on, and is gone before it could save.
    let (now, lease) = (app.now(), app.id::<uuid::Uuid>());
    let until = now + jiff::SignedDuration::from_secs(30);
    let taken = app.store().write::<_, StoreError, _>(Scope::Platform, move |conn| {
        Box::pin(back_test::take(conn, now, lease, until))
    });
    let taken = taken.await.unwrap().expect("it waits");
    assert_eq!(work(&app, &stop, None).await.unwrap(), Worked::Nothing, "it is leased");
    world.to("2040-03-05T03:00:00Z").await;
    assert_eq!(work(&app, &stop, None).await.unwrap(), Worked::Ended);
    let shown = world.get(&store.key, &path).await.is(200);
    assert_eq!((count(&shown["progress"]["done"]), count(&shown["found"]["same"])), (all, all));
    // The one that was gone comes back: what it has to say is not heard.
    let late = back_test::Save {
        lease,
        state: back_test::BackTestState::Running,
        total: taken.total,
        done: 1,
        progress: taken.progress.clone(),
        ran_ms: 1,
        changed_ppm: None,
        why: None,
        leased_until: None,
        finished_at: None,
    };
    let (owner, id) = (taken.party, taken.id);
    let saved = app.store().write::<_, StoreError, _>(owner, move |conn| {
        Box::pin(async move { back_test::save(conn, owner, id, &late).await })
    });
    assert!(!saved.await.unwrap());
    assert_eq!(world.get(&store.key, &path).await.is(200), shown);
    world.close().await;
}

async fn a_back_test_can_be_called_off(database: Database) {
    let world = idle(&database).await;
    let store = world.store().await;
    let (all, _) = history(&world, &store).await;
    let policy = active(&world, &store).await;
    let made = ask(&world, &store, json!({ "candidate": policy })).await;
    let path = made.location.clone().unwrap();
    made.is(202);
    let stop = CancellationToken::new();
    assert_eq!(work(world.host.app(), &stop, Some(2)).await.unwrap(), Worked::GivenBack);
    let cancel = format!("{path}/cancel");
    let shown = world.post(&store.key, &cancel, json!({})).await.is(200);
    assert_eq!(shown["state"], "cancelled");
    assert_eq!(work(world.host.app(), &stop, None).await.unwrap(), Worked::Nothing);
    let shown = world.get(&store.key, &path).await.is(200);
    assert!(count(&shown["progress"]["done"]) < all, "what it found so far stays");
    world.post(&store.key, &cancel, json!({})).await.refused(409, "back-test-ended");
    for _ in 0..2 {
        ask(&world, &store, json!({ "candidate": policy })).await.is(202);
    }
    ask(&world, &store, json!({ "candidate": policy })).await.refused(429, "too-many-back-tests");
    world.close().await;
}

async fn who_follows_one_does_not_keep_the_host_from_stopping(database: Database) {
    let world = World::open_as(&database, Outbox::default(), |config| {
        config.back_test_threads = 0;
        config.grace = Duration::from_secs(3600);
    })
    .await;
    let store = world.store().await;
    let policy = active(&world, &store).await;
    let path = ask(&world, &store, json!({ "candidate": policy })).await.location.unwrap();
    let asked = |last: &str| {
        let url = format!("{path}/events");
        world.request(Method::GET, &store.key, &url).header("last-event-id", last)
    };
    world.send(asked("yesterday")).await.refused(422, "invalid");
    let mut events = asked("").send().await.unwrap();
    assert_eq!(events.status(), 422);
    events = world.request(Method::GET, &store.key, &format!("{path}/events")).send().await.unwrap();
    let first = events.chunk().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&first).contains("event: queued"), "{first:?}");
    let stopped = tokio::time::timeout(Duration::from_secs(60), world.close()).await;
    assert!(stopped.is_ok(), "it still waits for whoever follows");
    assert_eq!(events.chunk().await.unwrap(), None);
}
