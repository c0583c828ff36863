//! Uploads as jobs: followed by polling and as events, on whichever host; what becomes of their bytes.

use crate::lifecycle::{numbered, plain};
use crate::world::{Party, World};
use reqwest::Method;
use sanbao_server::config::Outbox;
use sanbao_server::workers;
use sanbao_store::{Scope, StoreError, upload};
use sanbao_tests::database::{Database, Engine};
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};

on_both_engines!(
    an_upload_is_followed_as_events_and_from_where_they_broke_off,
    of_two_uploads_of_one_version_at_once_one_is_kept,
    a_job_whose_host_has_died_is_finished_by_another,
    another_partys_uploads_are_not_there,
    damaged_bytes_are_never_run_and_mended_by_another_upload,
    old_uploads_without_a_policy_go_with_their_bytes,
    components_that_an_older_host_kept_in_the_database_judge_on,
);

/// An event as it came: number, name and data.
type Heard = (u64, String, Value);

/// Listens until the stream ends.
async fn listen(world: &World, party: &Party, path: &str, after: Option<u64>) -> Vec<Heard> {
    let mut request = world.request(Method::GET, &party.key, &format!("{path}/events"));
    if let Some(after) = after {
        request = request.header("last-event-id", after.to_string());
    }
    let answer = world.send(request).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let field = |event: &str, name: &str| {
        event.lines().find_map(|line| line.strip_prefix(name)).map(|text| text.trim_start().to_owned())
    };
    let events = answer.text.split("\n\n").filter(|event| event.contains("data:"));
    events
        .map(|event| {
            let data = serde_json::from_str(&field(event, "data:").unwrap()).unwrap();
            (field(event, "id:").unwrap().parse().unwrap(), field(event, "event:").unwrap(), data)
        })
        .collect()
}

async fn an_upload_is_followed_as_events_and_from_where_they_broke_off(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    for (bytes, end) in [(numbered("1.0.0"), "accepted"), (b"nonsense".to_vec(), "refused")] {
        let taken = world.send(world.uploading(&store, bytes)).await;
        let path = taken.location.clone().unwrap();
        assert_eq!(taken.is(202)["status"], "queued");
        let heard = listen(&world, &store, &path, None).await;
        let numbers: Vec<_> = heard.iter().map(|event| event.0).collect();
        assert_eq!(numbers, (1..=heard.len() as u64).collect::<Vec<_>>(), "none is left out");
        let names: Vec<_> = heard.iter().map(|event| event.1.as_str()).collect();
        assert_eq!((names[0], names[1], *names.last().unwrap()), ("queued", "checking", end));
        let steps: Vec<_> = heard.iter().filter_map(|event| event.2["step"].as_str()).collect();
        assert_eq!(steps[0], "structure");
        assert_eq!(steps.contains(&"compile"), end == "accepted", "{steps:?}");
        let polled = world.ended(&store, &path).await;
        assert_eq!(heard.last().unwrap().2, polled, "the last event says all");
        assert!(polled["report"]["problems"].is_array());
        assert_eq!(polled["policy"].is_string(), end == "accepted");
        let rest = listen(&world, &store, &path, Some(2)).await;
        assert_eq!(rest, heard[2..]);
        assert_eq!(listen(&world, &store, &path, Some(heard.len() as u64)).await, []);
        let odd = world.request(Method::GET, &store.key, &format!("{path}/events"));
        world.send(odd.header("last-event-id", "last")).await.refused(422, "invalid");
        world.get(&store.key, &format!("{path}?wait=31")).await.refused(422, "invalid");
    }
    world.close().await;
}

async fn of_two_uploads_of_one_version_at_once_one_is_kept(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let same = numbered("1.0.0");
    let mut other = same.clone();
    other.extend([0, 3, 1, b'x', b'y']);
    let all = [same.clone(), same, other].map(|bytes| world.uploaded(&store, bytes));
    let ended = futures::future::join_all(all).await;
    let policies: Vec<_> = ended.iter().filter_map(|upload| upload["policy"].as_str()).collect();
    let refused: Vec<_> = ended.iter().filter(|upload| upload["status"] == "refused").collect();
    assert!(policies.windows(2).all(|two| two[0] == two[1]), "{policies:?}");
    assert_eq!(policies.len() + refused.len(), 3, "{ended:#?}");
    assert!(!policies.is_empty() && !refused.is_empty());
    for upload in refused {
        assert_eq!(upload["report"]["problems"][0]["code"], "version-taken");
    }
    let listed = world.get(&store.key, "/v1/policies").await.is(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    world.close().await;
}

async fn a_job_whose_host_has_died_is_finished_by_another(database: Database) {
    let world = World::open_as(&database, Outbox::default(), |config| config.uploads_at_once = 0).await;
    let store = world.party("store", "小店").await;
    let taken = world.send(world.uploading(&store, numbered("1.0.0"))).await;
    let path = taken.location.clone().unwrap();
    // A host takes it, and is never heard of again.
    let app = world.host.app();
    let now = app.now();
    let lease = now + jiff::SignedDuration::from_secs(60);
    let dead: Result<_, StoreError> =
        app.store().write(Scope::Platform, move |conn| Box::pin(upload::claim(conn, now, lease))).await;
    let dead = dead.unwrap().expect("the upload");
    assert_eq!(world.get(&store.key, &path).await.is(200)["status"], "checking");
    world.post(&store.key, &format!("{path}/cancel"), json!({})).await.refused(409, "check-begun");
    assert_eq!(workers::uploads::sweep(app).await.unwrap(), 0, "it is in somebody's hands");
    world.to("2040-03-05T02:05:00Z").await;
    assert_eq!(workers::uploads::sweep(app).await.unwrap(), 1);
    let ended = world.get(&store.key, &path).await.is(200);
    assert_eq!((&ended["status"], &ended["attempts"]), (&json!("accepted"), &json!(2)), "{ended:#}");
    // What the dead one would still write is nobody's any more.
    let outcome = upload::Outcome { failure: Some("check-interrupted".to_owned()), ..Default::default() };
    let late: Result<(), StoreError> = app
        .store()
        .write(Scope::Platform, move |conn| {
            Box::pin(
                async move { upload::end(conn, &dead, upload::UploadState::Failed, &outcome, now).await },
            )
        })
        .await;
    assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    assert_eq!(world.get(&store.key, &path).await.is(200), ended);
    world.close().await;
}

async fn another_partys_uploads_are_not_there(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let rival = world.party("store", "另一家").await;
    let upload = world.uploaded(&store, numbered("1.0.0")).await;
    let path = format!("/v1/uploads/{}", upload["id"].as_str().unwrap());
    for path in [path.clone(), format!("{path}?wait=1"), format!("{path}/events")] {
        world.get(&rival.key, &path).await.refused(404, "not-found");
    }
    world.post(&rival.key, &format!("{path}/cancel"), json!({})).await.refused(404, "not-found");
    assert_eq!(world.get(&rival.key, "/v1/uploads").await.is(200)["items"], json!([]));
    // The same bytes are another party's own version.
    let theirs = world.upload(&rival, numbered("1.0.0")).await;
    assert_ne!(theirs, upload["policy"].as_str().unwrap());
    world.close().await;
}

async fn damaged_bytes_are_never_run_and_mended_by_another_upload(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let version = world.upload(&store, numbered("1.0.0")).await;
    let path = format!("/v1/policies/{version}");
    let digest = world.get(&store.key, &path).await.is(200)["digest"].as_str().unwrap().to_owned();
    let component = format!("{path}/component");
    let whole = world.get(&store.key, &component).await;
    assert_eq!(whole.status, 200);
    let file = database.data().join("components").join(&digest[..2]).join(format!("{digest}.wasm"));
    let mut bytes = std::fs::read(&file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let lost = world.get(&store.key, &component).await.refused(500, "component-lost");
    assert!(lost["detail"].as_str().unwrap().contains(&digest));
    assert_eq!(world.upload(&store, numbered("1.0.0")).await, version);
    assert_eq!(world.get(&store.key, &component).await.text, whole.text);
    std::fs::remove_file(&file).unwrap();
    world.get(&store.key, &component).await.refused(500, "component-lost");
    assert_eq!(world.upload(&store, numbered("1.0.0")).await, version);
    assert_eq!(world.get(&store.key, &component).await.text, whole.text);
    world.close().await;
}

async fn old_uploads_without_a_policy_go_with_their_bytes(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let kept = world.uploaded(&store, numbered("1.0.0")).await;
    let refused = world.uploaded(&store, b"nonsense".to_vec()).await;
    let file = |upload: &Value| {
        let digest = upload["digest"].as_str().unwrap();
        database.data().join("components").join(&digest[..2]).join(format!("{digest}.wasm"))
    };
    let app = world.host.app();
    let after = |days: i64| app.now() + jiff::SignedDuration::from_hours(24 * days);
    assert_eq!(workers::cleaning::clean_uploads(app, after(29)).await.unwrap(), (0, 0));
    assert!(file(&refused).exists());
    assert_eq!(workers::cleaning::clean_uploads(app, after(31)).await.unwrap(), (1, 1));
    assert!(!file(&refused).exists() && file(&kept).exists());
    let path = |upload: &Value| format!("/v1/uploads/{}", upload["id"].as_str().unwrap());
    world.get(&store.key, &path(&refused)).await.refused(404, "not-found");
    world.get(&store.key, &path(&kept)).await.is(200);
    world.close().await;
}

/// Bytes of components as the migration of an older database leaves them, and no folder beside it.
async fn components_that_an_older_host_kept_in_the_database_judge_on(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let policy = world.upload(&store, numbered("1.0.0")).await;
    world.activate(&store, &policy, json!({ "from": "2030-01-01" })).await;
    let shown = world.get(&store.key, &format!("/v1/policies/{policy}")).await.is(200);
    let component = format!("/v1/policies/{policy}/component");
    let download = async |world: &World| {
        let answer = world.request(Method::GET, &store.key, &component).send().await.unwrap();
        (answer.status(), answer.bytes().await.unwrap())
    };
    let (_, bytes) = download(&world).await;
    let party: uuid::Uuid = store.id.parse().unwrap();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let digest = shown["digest"].as_str().unwrap();
    let values = match database.engine() {
        Engine::Sqlite => format!("x'{}', x'{digest}', x'{hex}'", party.simple()),
        Engine::Postgres => format!("'{party}', '\\x{digest}', '\\x{hex}'"),
    };
    let insert = format!("INSERT INTO component_bytes (party_id, digest, bytes) VALUES ({values})");
    assert_eq!(database.execute(&insert).await.unwrap(), 1);
    std::fs::remove_dir_all(database.data().join("components")).unwrap();
    std::fs::remove_dir_all(database.data().join("code")).unwrap();

    let world = world.restarted(&database, |_| ()).await;
    assert_eq!(download(&world).await, (reqwest::StatusCode::OK, bytes.clone()));
    let ticket = world.open_ticket(&store, plain("2040-02-24")).await;
    assert_eq!(ticket["claims"][0]["ruling"], "not-covered", "{:#}", ticket["claims"][0]);
    assert_eq!(database.execute("DELETE FROM component_bytes").await.unwrap(), 0, "none is left");
    // A component is not taken for one that nobody uses because it came that way.
    let app = world.host.app();
    let later = app.now() + jiff::SignedDuration::from_hours(24 * 90);
    workers::cleaning::clean_uploads(app, later).await.unwrap();
    assert_eq!(download(&world).await, (reqwest::StatusCode::OK, bytes.clone()));
    world.close().await;
}
