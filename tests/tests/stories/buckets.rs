//! Components in a bucket that several hosts share.

use crate::lifecycle::{numbered, plain};
use crate::world::{Party, World, television};
use reqwest::Method;
use sanbao_server::config::{ArtifactPlace, Outbox};
use sanbao_server::services::artifacts;
use sanbao_server::{Config, Host, serve, workers};
use sanbao_tests::bucket::Bucket;
use sanbao_tests::database::Database;
use sanbao_tests::{on_both_engines, packs};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

on_both_engines!(
    a_second_host_decides_with_what_the_first_has_kept_in_the_bucket,
    a_component_that_was_altered_in_the_bucket_is_never_run,
    without_the_bucket_an_upload_is_refused_and_nothing_of_it_stays,
    an_upload_that_was_taken_in_waits_until_the_bucket_is_back,
);

fn place(bucket: &Bucket) -> ArtifactPlace {
    ArtifactPlace { url: Some(bucket.url()), variables: bucket.variables() }
}

async fn open(database: &Database, bucket: &Bucket) -> World {
    World::open_as(database, Outbox::default(), |config| config.artifacts = place(bucket)).await
}

/// Another host on the same database and the same bucket, with nothing else in common.
async fn other_host(database: &Database, bucket: &Bucket) -> (Host, tempfile::TempDir) {
    let data = tempfile::tempdir().unwrap();
    let mut config = Config::new(database.url());
    config.data = data.path().to_owned();
    config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    config.movable_clock = true;
    config.artifacts = place(bucket);
    (serve(config).await.unwrap(), data)
}

async fn ask(host: &Host, party: &Party, body: &Value) -> Value {
    let url = format!("http://{}/v1/tickets", host.address());
    let asked = reqwest::Client::new().post(url).bearer_auth(&party.key).json(body);
    let answer = asked.send().await.unwrap();
    assert_eq!(answer.status(), 201);
    answer.json::<Value>().await.unwrap()["claims"][0].take()
}

async fn digest(world: &World, party: &Party, policy: &str) -> String {
    let shown = world.get(&party.key, &format!("/v1/policies/{policy}")).await.is(200);
    shown["digest"].as_str().unwrap().to_owned()
}

async fn a_second_host_decides_with_what_the_first_has_kept_in_the_bucket(database: Database) {
    let bucket = Bucket::start().unwrap();
    let world = open(&database, &bucket).await;
    let store = world.party("store", "新宇电器城").await;
    // A core module: what was uploaded and what it was wrapped into are kept, and the latter is the version.
    let upload = world.uploaded(&store, packs::read("sanbao_store_pack").unwrap()).await;
    let policy = upload["policy"].as_str().unwrap().to_owned();
    world.activate(&store, &policy, json!({ "from": "2030-01-01" })).await;
    let version = digest(&world, &store, &policy).await;
    let mut names: Vec<_> = [version.as_str(), upload["digest"].as_str().unwrap()]
        .map(|digest| format!("after-sales/components/{}/{digest}.wasm", &digest[..2]))
        .into();
    names.sort();
    assert_eq!(bucket.objects().unwrap(), names);
    assert!(!database.data().join("components").exists(), "nothing lies beside the host");

    // Who uploads the same again writes nothing.
    let written = || std::fs::metadata(bucket.file(&version)).unwrap().modified().unwrap();
    let before = written();
    assert_eq!(world.upload(&store, packs::read("sanbao_store_pack").unwrap()).await, policy);
    assert_eq!((bucket.objects().unwrap(), written()), (names, before));

    let (other, data) = other_host(&database, &bucket).await;
    let sold = television("2040-02-24");
    let [first, second] = [ask(&world.host, &store, &sold).await, ask(&other, &store, &sold).await];
    for field in ["ruling", "offers", "citations"] {
        assert_eq!(first[field], second[field], "{field}");
    }
    assert_eq!(
        (&second["ruling"], &second["policy"]["version"]),
        (&json!("covered"), &first["policy"]["version"])
    );
    assert!(!data.path().join("components").exists());
    let component = world.request(Method::GET, &store.key, &format!("/v1/policies/{policy}/component"));
    let bytes = component.send().await.unwrap().bytes().await.unwrap();
    assert_eq!(bytes, std::fs::read(bucket.file(&version)).unwrap());

    // What is printed of a host and its set-up has no secret in it.
    let app = world.host.app();
    let printed = format!("{:?} {:?}", app.config(), app.artifacts());
    assert!(printed.contains("AWS_SECRET_ACCESS_KEY") && !printed.contains(Bucket::SECRET), "{printed}");
    other.stop().await;
    world.close().await;
}

async fn a_component_that_was_altered_in_the_bucket_is_never_run(database: Database) {
    let bucket = Bucket::start().unwrap();
    let world = open(&database, &bucket).await;
    let store = world.party("store", "小店").await;
    let policy = world.upload(&store, numbered("1.0.0")).await;
    world.activate(&store, &policy, json!({ "from": "2030-01-01" })).await;
    let version = digest(&world, &store, &policy).await;
    // A policy in its place that would do, but for its name.
    let another = world.upload(&store, numbered("2.0.0")).await;
    let another = digest(&world, &store, &another).await;
    std::fs::copy(bucket.file(&another), bucket.file(&version)).unwrap();

    let (other, _data) = other_host(&database, &bucket).await;
    let claim = ask(&other, &store, &plain("2040-02-24")).await;
    assert_eq!(claim["with_person"]["because"], "policy-failed", "{claim:#}");
    assert_eq!(claim["failure"]["kind"], "unavailable");
    let path = format!("/v1/policies/{policy}/component");
    let lost = world.get(&store.key, &path).await.refused(500, "component-lost");
    assert!(lost["detail"].as_str().unwrap().contains(&version));

    // Whoever has the file mends it.
    assert_eq!(world.upload(&store, numbered("1.0.0")).await, policy);
    let claim = ask(&other, &store, &plain("2040-02-24")).await;
    assert_eq!((&claim["ruling"], &claim["failure"]), (&json!("not-covered"), &Value::Null), "{claim:#}");
    other.stop().await;
    world.close().await;
}

async fn without_the_bucket_an_upload_is_refused_and_nothing_of_it_stays(database: Database) {
    let mut bucket = Bucket::start().unwrap();
    let world = open(&database, &bucket).await;
    let store = world.party("store", "小店").await;
    let first = world.upload(&store, numbered("1.0.0")).await;
    world.activate(&store, &first, json!({ "from": "2030-01-01" })).await;
    let send = || world.uploading(&store, numbered("2.0.0")).header("idempotency-key", "\"once\"");
    let refused = async |world: &World, why: &str, request| {
        let answer = world.send(request).await;
        assert!(!answer.text.contains(Bucket::SECRET), "{}", answer.text);
        let problem = answer.refused(503, "storage-unavailable");
        assert!(problem["detail"].as_str().unwrap().contains(why), "{problem:#}");
        assert!(problem["fix"].as_str().unwrap().contains("Nothing was kept"));
        let uploads = world.get(&store.key, "/v1/uploads").await.is(200);
        assert_eq!(uploads["items"].as_array().unwrap().len(), 1, "no job without its bytes");
    };

    bucket.stop();
    refused(&world, "does not answer", send()).await;
    world
        .get(&store.key, &format!("/v1/policies/{first}/component"))
        .await
        .refused(503, "storage-unavailable");
    // What this host has loaded judges on.
    let claim = ask(&world.host, &store, &plain("2040-02-24")).await;
    assert_eq!(claim["ruling"], "not-covered");
    bucket.start_again().unwrap();

    // The bucket itself is gone: nothing is said of the component that was in it.
    let (folder, aside) = (bucket.folder(), bucket.folder().with_extension("aside"));
    std::fs::rename(&folder, &aside).unwrap();
    let gone = world.get(&store.key, &format!("/v1/policies/{first}/component")).await;
    let gone = gone.refused(503, "storage-unavailable");
    assert!(gone["detail"].as_str().unwrap().contains("bucket is not there"), "{gone:#}");
    std::fs::rename(&aside, &folder).unwrap();
    let port = without_bucket();
    let nowhere = |config: &mut Config| {
        config.artifacts = place(&bucket);
        for (name, value) in &mut config.artifacts.variables {
            if name == "AWS_ENDPOINT" {
                *value = format!("http://127.0.0.1:{port}");
            }
        }
    };
    let world = world.restarted(&database, nowhere).await;
    let again = world.uploading(&store, numbered("2.0.0")).header("idempotency-key", "\"once\"");
    refused(&world, "bucket is not there", again).await;

    let wrong = |config: &mut Config| {
        config.artifacts = place(&bucket);
        for (name, value) in &mut config.artifacts.variables {
            if name == "AWS_SECRET_ACCESS_KEY" {
                *value = "not the secret".to_owned();
            }
        }
    };
    let world = world.restarted(&database, wrong).await;
    let again = world.uploading(&store, numbered("2.0.0")).header("idempotency-key", "\"once\"");
    refused(&world, "refuses this host's credentials", again).await;
    assert_eq!(bucket.objects().unwrap().len(), 2, "what was uploaded first, and what it was wrapped into");

    // The same request again, with everything in order.
    let world = world.restarted(&database, |config| config.artifacts = place(&bucket)).await;
    let again = world.uploading(&store, numbered("2.0.0")).header("idempotency-key", "\"once\"");
    let taken = world.send(again).await;
    let path = taken.location.clone().unwrap();
    assert!(!taken.replayed);
    taken.is(202);
    assert_eq!(world.ended(&store, &path).await["status"], "accepted");
    // What was only announced is forgotten in time, and what is used stays.
    let app = world.host.app();
    let later = app.now() + jiff::SignedDuration::from_hours(48);
    artifacts::clean(app, later, 9).await.unwrap();
    assert_eq!(bucket.objects().unwrap().len(), 4);
    world.close().await;
}

async fn an_upload_that_was_taken_in_waits_until_the_bucket_is_back(database: Database) {
    let mut bucket = Bucket::start().unwrap();
    let world = World::open_as(&database, Outbox::default(), |config| {
        config.artifacts = place(&bucket);
        config.uploads_at_once = 0;
    })
    .await;
    let store = world.party("store", "小店").await;
    let [soon, late] =
        ["1.0.0", "2.0.0"].map(|version| world.send(world.uploading(&store, numbered(version))));
    let [soon, late] = [soon.await.location.unwrap(), late.await.location.unwrap()];
    bucket.stop();
    let app = world.host.app();
    assert_eq!(workers::uploads::sweep(app).await.unwrap(), 2);
    let waits = world.get(&store.key, &soon).await.is(200);
    assert_eq!((&waits["status"], &waits["attempts"]), (&json!("queued"), &json!(1)), "{waits:#}");
    assert_eq!(workers::uploads::sweep(app).await.unwrap(), 0, "not again at once");
    bucket.start_again().unwrap();
    world.to("2040-03-05T02:05:00Z").await;
    assert_eq!(workers::uploads::sweep(app).await.unwrap(), 2);
    let ended = world.get(&store.key, &soon).await.is(200);
    assert_eq!((&ended["status"], &ended["attempts"]), (&json!("accepted"), &json!(2)), "{ended:#}");
    assert_eq!(world.get(&store.key, &late).await.is(200)["status"], "accepted");

    // Where it does not come back, the upload ends, and says why.
    let lost = world.send(world.uploading(&store, numbered("3.0.0"))).await.location.unwrap();
    bucket.stop();
    for minute in 10..10 + workers::uploads::ATTEMPTS {
        assert_eq!(workers::uploads::sweep(app).await.unwrap(), 1);
        world.to(&format!("2040-03-05T02:{minute}:00Z")).await;
    }
    let ended = world.get(&store.key, &lost).await.is(200);
    assert_eq!(
        (&ended["status"], &ended["failure"]["code"]),
        (&json!("failed"), &json!("storage-unavailable"))
    );
    assert!(ended["policy"].is_null() && ended["failure"]["fix"].is_string(), "{ended:#}");
    world.close().await;
}

/// A server that answers as S3 does where there is no such bucket: ours would make one. Its port.
fn without_bucket() -> u16 {
    let body =
        "<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message></Error>";
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            let (mut line, mut length) = (String::new(), 0);
            while stream.read_line(&mut line).is_ok_and(|read| read > 2) {
                if let Some((_, value)) = line.to_ascii_lowercase().split_once("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                line.clear();
            }
            let _ = stream.read_exact(&mut vec![0; length]);
            let head =
                format!("HTTP/1.1 404 Not Found\r\ncontent-length: {}\r\nconnection: close", body.len());
            let _ = write!(stream.get_mut(), "{head}\r\ncontent-type: application/xml\r\n\r\n{body}");
        }
    });
    port
}
