//! Two hosts on one database: what one of them activates or takes back the other judges by at once, and no
//! call fails meanwhile.

use crate::lifecycle::{numbered, plain};
use crate::world::World;
use reqwest::Client;
use sanbao_server::{Config, Host, serve};
use sanbao_tests::database::{Database, Engine};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

/// Longest wait for the load to get through.
const LIMIT: Duration = Duration::from_secs(120);

/// Another host on the database of a world whose clock has been set.
async fn second_host(database: &Database) -> Host {
    let mut config = Config::new(database.url());
    config.data = database.data();
    config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    config.movable_clock = true;
    serve(config).await.expect("a second host")
}

/// How far the changes have come: how many were begun, and how many had been answered.
#[derive(Default)]
struct Progress {
    begun: AtomicUsize,
    done: AtomicUsize,
}

/// What one verdict cited, and which changes it may have seen.
struct Seen {
    host: usize,
    activation: String,
    version: String,
    done_before: usize,
    begun_after: usize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn activations_and_rollbacks_hold_on_every_host_without_a_failed_call() {
    let database = Database::new(Engine::Postgres).await.expect("a database");
    let world = World::open(&database).await;
    let other = second_host(&database).await;
    let addresses = [world.host.address(), other.address()];
    let store = world.party("store", "小店").await;
    let first = world.upload(&store, numbered("1.0.0")).await;
    let first = world.activate(&store, &first, json!({ "from": "2030-01-01" })).await;

    let progress = Arc::new(Progress::default());
    let stop = Arc::new(AtomicBool::new(false));
    let answered: Arc<[AtomicUsize; 2]> = Arc::default();
    let load: Vec<_> = (0..4)
        .map(|number| {
            let host = number % 2;
            let (progress, stop, answered) = (progress.clone(), stop.clone(), answered.clone());
            let (url, key) = (format!("http://{}/v1/tickets", addresses[host]), store.key.clone());
            tokio::spawn(async move {
                let client = Client::new();
                let mut seen = Vec::new();
                while !stop.load(SeqCst) {
                    let done_before = progress.done.load(SeqCst);
                    let request = client.post(&url).bearer_auth(&key).json(&plain("2040-02-24"));
                    let response = request.send().await.expect("an answer");
                    let (status, ticket) = (response.status(), response.json::<Value>().await.expect("JSON"));
                    let begun_after = progress.begun.load(SeqCst);
                    assert_eq!(status, 201, "{ticket:#}");
                    let claim = &ticket["claims"][0];
                    assert_eq!(claim["ruling"], "not-covered", "no call fails: {claim:#}");
                    let text = |value: &Value| value.as_str().expect("a text").to_owned();
                    seen.push(Seen {
                        host,
                        activation: text(&claim["policy"]["activation"]),
                        version: text(&claim["policy"]["version"]),
                        done_before,
                        begun_after,
                    });
                    answered[host].fetch_add(1, SeqCst);
                }
                seen
            })
        })
        .collect();

    let client = Client::new();
    let change = async |host: usize, path: &str, body: Value| -> Value {
        let url = format!("http://{}{path}", addresses[host]);
        progress.begun.fetch_add(1, SeqCst);
        let answer = client.post(url).bearer_auth(&store.key).json(&body).send().await.expect("an answer");
        let (status, made) = (answer.status(), answer.json::<Value>().await.expect("JSON"));
        assert_eq!(status, 201, "{made:#}");
        progress.done.fetch_add(1, SeqCst);
        // Both hosts judge by it before the next change.
        let goal: Vec<_> = answered.iter().map(|count| count.load(SeqCst) + 6).collect();
        let began = Instant::now();
        while answered.iter().zip(&goal).any(|(count, goal)| count.load(SeqCst) < *goal) {
            assert!(began.elapsed() < LIMIT, "the load does not get through");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        made
    };
    let text = |value: &Value| value["id"].as_str().expect("an id").to_owned();
    let mut history = vec![(text(&first), "1.0.0".to_owned())];
    for (number, version) in ["2.0.0", "3.0.0", "4.0.0", "5.0.0"].into_iter().enumerate() {
        // Nobody has loaded it but the host that took it.
        let policy = world.upload(&store, numbered(version)).await;
        let (here, there) = (number % 2, (number + 1) % 2);
        let body = json!({ "from": "2040-01-01" });
        let made = change(here, &format!("/v1/policies/{policy}/activations"), body).await;
        history.push((text(&made), version.to_owned()));
        if number % 2 == 1 {
            let body = json!({ "reason": "as it was", "from": "its-start" });
            let path = format!("/v1/activations/{}/rollback", text(&made));
            let back = change(there, &path, body).await;
            let earlier = history[history.len() - 2].1.clone();
            history.push((text(&back), earlier));
        }
    }
    stop.store(true, SeqCst);
    let mut verdicts = [0, 0];
    for one in load {
        for Seen { host, activation, version, done_before, begun_after } in one.await.expect("the load") {
            let place = history.iter().position(|(id, _)| *id == activation).expect("one of ours");
            assert!(
                (done_before..=begun_after).contains(&place),
                "host {host} judged by change {place} between {done_before} and {begun_after}"
            );
            assert_eq!(history[place].1, version);
            verdicts[host] += 1;
        }
    }
    assert!(verdicts.iter().all(|count| *count >= 6 * (history.len() - 1)), "{verdicts:?}");
    other.stop().await;
    world.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_loads_what_comes_into_force_before_a_claim_needs_it() {
    let database = Database::new(Engine::Postgres).await.expect("a database");
    let world = World::open(&database).await;
    let other = second_host(&database).await;
    let store = world.party("store", "小店").await;
    let soon = world.upload(&store, numbered("1.0.0")).await;
    let later = world.upload(&store, numbered("2.0.0")).await;
    world.activate(&store, &soon, json!({ "from": "2040-03-05T02:30:00Z" })).await;
    world.activate(&store, &later, json!({ "from": "2041-01-01" })).await;
    let digest = async |policy: &str| -> [u8; 32] {
        let shown = world.get(&store.key, &format!("/v1/policies/{policy}")).await.is(200);
        let text = shown["digest"].as_str().expect("a digest").to_owned();
        let byte = |at: usize| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).expect("hexadecimal");
        std::array::from_fn(byte)
    };
    let (soon, later) = (digest(&soon).await, digest(&later).await);
    let has = |digest: [u8; 32]| other.app().has_loaded(digest);
    let began = Instant::now();
    while !has(soon) {
        assert!(began.elapsed() < LIMIT, "the other host does not load it");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(!has(later), "it is not needed yet");
    // Limits that are set on one host hold on the other too.
    let path = format!("/v1/parties/{}/limits", store.id);
    world.put(&world.platform().key, &path, json!({ "concurrent_calls": 1 })).await.is(200);
    let party = store.id.parse().expect("an id");
    let began = Instant::now();
    while sanbao_server::services::limits::of(other.app(), party).concurrent_calls != 1 {
        assert!(began.elapsed() < LIMIT, "the other host does not see the limits");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    other.stop().await;
    world.close().await;
}
