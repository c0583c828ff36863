//! Uploads whose host stops, or is cut off, while it checks them: another host brings them to their end, once.

use crate::lifecycle::numbered;
use crate::world::{Party, World};
use sanbao_server::config::Outbox;
use sanbao_server::{Config, serve, workers};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

on_both_engines!(
    a_host_that_stops_leaves_its_upload_to_the_next,
    an_upload_of_a_host_that_is_not_heard_of_is_finished_by_another,
);

/// Longest wait for a step.
const LIMIT: Duration = Duration::from_secs(120);

/// A host whose compiler never answers.
fn stuck(config: &mut Config) {
    config.compiler = Some(env!("CARGO_BIN_EXE_sanbao-tests-stuck").into());
}

/// Waits until the upload at this path is being compiled.
async fn compiling(world: &World, party: &Party, path: &str) {
    let began = Instant::now();
    while world.get(&party.key, path).await.is(200)["step"] != "compile" {
        assert!(began.elapsed() < LIMIT, "it is not compiled");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// What the events of an upload say, in order: the step, or the status where there is none. Their numbers leave
/// nothing out.
async fn told(url: &str, party: &Party, path: &str) -> Vec<String> {
    let request = reqwest::Client::new().get(format!("{url}{path}/events")).bearer_auth(&party.key);
    let text = request.send().await.unwrap().text().await.unwrap();
    let field = |name: &'static str| text.lines().filter_map(move |line| line.strip_prefix(name));
    let numbers: Vec<u64> = field("id: ").map(|number| number.parse().unwrap()).collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    field("data: ")
        .map(|data| {
            let event: Value = serde_json::from_str(data).unwrap();
            let status = event["status"].as_str().unwrap();
            event["step"].as_str().filter(|_| status == "checking").unwrap_or(status).to_owned()
        })
        .collect()
}

const WHOLE: [&str; 6] = ["structure", "compile", "manifest", "smoke", "scenarios", "accepted"];

/// The one version and the one upload that there are.
async fn once(world: &World, party: &Party, ended: &Value) {
    for (path, id) in [("/v1/policies", &ended["policy"]), ("/v1/uploads", &ended["id"])] {
        let listed = world.get(&party.key, path).await.is(200);
        let ids: Vec<_> = listed["items"].as_array().unwrap().iter().map(|item| &item["id"]).collect();
        assert_eq!(ids, [id], "{path}");
    }
}

async fn a_host_that_stops_leaves_its_upload_to_the_next(database: Database) {
    let world = World::open_as(&database, Outbox::default(), stuck).await;
    let store = world.party("store", "小店").await;
    let path = world.send(world.uploading(&store, numbered("1.0.0"))).await.location.unwrap();
    compiling(&world, &store, &path).await;
    let unfinished = async |world: &World| {
        world.get(&store.key, "/v1/limits").await.is(200)["used"]["unfinished_uploads"].take()
    };
    assert_eq!(unfinished(&world).await, 1);
    let world = world.restarted(&database, |_| ()).await;
    let ended = world.ended(&store, &path).await;
    assert_eq!(unfinished(&world).await, 0);
    assert_eq!((&ended["status"], &ended["attempts"]), (&json!("accepted"), &json!(1)), "{ended:#}");
    let first = ["queued", "checking", "structure", "compile"];
    let told = told(&format!("http://{}", world.host.address()), &store, &path).await;
    assert_eq!(told, [&first[..], &["queued", "checking"], &WHOLE].concat());
    once(&world, &store, &ended).await;
    world.close().await;
}

async fn an_upload_of_a_host_that_is_not_heard_of_is_finished_by_another(database: Database) {
    let world = World::open_as(&database, Outbox::default(), stuck).await;
    let store = world.party("store", "小店").await;
    let path = world.send(world.uploading(&store, numbered("1.0.0"))).await.location.unwrap();
    compiling(&world, &store, &path).await;

    // On the other host's clock the lease has run out; the first one thinks that it still has it.
    let mut config = Config::new(database.url());
    config.data = database.data();
    config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    config.movable_clock = true;
    config.uploads_at_once = 0;
    let other = serve(config).await.unwrap();
    let url = format!("http://{}", other.address());
    assert_eq!(workers::uploads::sweep(other.app()).await.unwrap(), 0, "it is in somebody's hands");
    let advance = reqwest::Client::new().post(format!("{url}/v1/clock/advance"));
    let advance = advance.bearer_auth(&world.platform().key).json(&json!({ "to": "2040-03-05T09:00:00Z" }));
    assert_eq!(advance.send().await.unwrap().status(), 200);
    assert_eq!(workers::uploads::sweep(other.app()).await.unwrap(), 1);
    let ended = world.get(&store.key, &path).await.is(200);
    assert_eq!((&ended["status"], &ended["attempts"]), (&json!("accepted"), &json!(2)), "{ended:#}");
    let first = ["queued", "checking", "structure", "compile"];
    let expected = [&first[..], &["checking"], &WHOLE].concat();
    assert_eq!(told(&url, &store, &path).await, expected);
    once(&world, &store, &ended).await;

    // The first one, when it is stopped, has nothing to give back.
    world.host.stop().await;
    assert_eq!(told(&url, &store, &path).await, expected);
    assert_eq!(workers::uploads::sweep(other.app()).await.unwrap(), 0);
    other.stop().await;
}
