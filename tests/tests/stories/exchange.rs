//! Policies in an OCI registry: a real one, on this machine.

use crate::world::World;
use sanbao_server::config::{Config, Outbox};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use sanbao_tests::packs;
use sanbao_tests::registry::Registry;
use serde_json::{Value, json};

on_both_engines!(a_version_goes_to_a_registry_as_others_expect_it, no_other_registry_is_called);

const OCI: &str = "application/vnd.oci.image.manifest.v1+json";

/// A host that may use this registry.
fn allows(registry: &Registry) -> impl FnOnce(&mut Config) {
    let address = registry.address.clone();
    move |config| {
        config.registries = vec![address];
        config.outbox.loopback = true;
    }
}

async fn raw(registry: &Registry, path: &str) -> reqwest::Response {
    let request = reqwest::Client::new().get(format!("http://{}/v2/brand/store/{path}", registry.address));
    request
        .header("accept", OCI)
        .send()
        .await
        .expect("an answer")
        .error_for_status()
        .expect("what was pushed")
}

async fn a_version_goes_to_a_registry_as_others_expect_it(database: Database) {
    let registry = Registry::start().expect("a registry");
    let world = World::open_as(&database, Outbox::default(), allows(&registry)).await;
    let store = world.party("store", "新宇电器城").await;
    let policy = world.upload(&store, packs::read("sanbao_store_pack").expect("the store pack")).await;
    let path = format!("/v1/policies/{policy}");
    let shown = world.get(&store.key, &path).await.is(200);
    let reference = format!("{}/brand/store:1", registry.address);
    let push = json!({ "reference": reference });
    let pushed = world.post(&store.key, &format!("{path}/push"), push.clone()).await.is(200);
    assert_eq!((&pushed["reference"], &pushed["digest"]), (&json!(reference), &shown["digest"]));

    // As any other client of the registry sees it.
    let answer = raw(&registry, "manifests/1").await;
    assert_eq!(answer.headers()["content-type"], OCI);
    assert_eq!(
        answer.headers()["docker-content-digest"].to_str().unwrap(),
        pushed["manifest"].as_str().unwrap()
    );
    let manifest: Value = answer.json().await.unwrap();
    let digest = |what: &str| manifest[what]["digest"].as_str().unwrap().to_owned();
    let layer = format!("sha256:{}", shown["digest"].as_str().unwrap());
    let component = raw(&registry, &format!("blobs/{layer}")).await.bytes().await.unwrap();
    let config = raw(&registry, &format!("blobs/{}", digest("config"))).await.bytes().await.unwrap();
    assert_eq!(
        manifest,
        json!({
            "schemaVersion": 2,
            "mediaType": OCI,
            "config": {
                "mediaType": "application/vnd.wasm.config.v0+json",
                "digest": digest("config"),
                "size": config.len(),
            },
            "layers": [{ "mediaType": "application/wasm", "digest": layer, "size": component.len() }],
            "annotations": {
                "org.opencontainers.image.title": "store",
                "org.opencontainers.image.version": shown["version"],
            },
        })
    );
    let mut config: Value = serde_json::from_slice(&config).unwrap();
    let exports = config["component"]["exports"].take();
    assert_eq!(
        config,
        json!({
            "created": shown["created_at"],
            "architecture": "wasm",
            "os": "wasip2",
            "layerDigests": [layer],
            "component": { "exports": null, "imports": config["component"]["imports"] },
        })
    );
    let names = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    for interface in ["manifest", "coverage", "follow-up"] {
        assert!(names(&exports).contains(&format!("sanbao:policy/{interface}@1.0.0")), "{exports}");
    }
    assert!(names(&config["component"]["imports"]).iter().all(|name| name.starts_with("sanbao:policy/")));
    let kept =
        world.send(world.request(reqwest::Method::GET, &store.key, &format!("{path}/component"))).await;
    kept.is(200);

    // The same again is the same artifact.
    let again = world.post(&store.key, &format!("{path}/push"), push).await.is(200);
    assert_eq!(again, pushed);

    // Another party takes it from there, by the digest that nobody can move.
    let other = world.party("store", "另一家").await;
    let by_digest = format!("{}/brand/store@{}", registry.address, pushed["manifest"].as_str().unwrap());
    let pulled = world.post(&other.key, "/v1/uploads/pull", json!({ "reference": by_digest })).await;
    let place = pulled.location.clone().expect("where to look");
    assert_eq!(pulled.is(202)["digest"], shown["digest"]);
    let ended = world.ended(&other, &place).await;
    assert_eq!(ended["status"], "accepted", "{ended:#}");
    let path = format!("/v1/policies/{}", ended["policy"].as_str().unwrap());
    assert_eq!(world.get(&other.key, &path).await.is(200)["digest"], shown["digest"]);
    let absent = json!({ "reference": format!("{}/brand/store:2", registry.address) });
    world.post(&other.key, "/v1/uploads/pull", absent).await.refused(422, "registry-nothing-there");
    world.close().await;
}

async fn no_other_registry_is_called(database: Database) {
    let (registry, name, password) = Registry::locked().expect("a registry");
    let world = World::open_as(&database, Outbox::default(), allows(&registry)).await;
    let store = world.store().await;
    let policy = world.get(&store.key, "/v1/policies").await.is(200)["items"][0]["id"].clone();
    let policy = policy.as_str().unwrap();
    let path = format!("/v1/policies/{policy}/push");
    let push = async |body: Value| world.post(&store.key, &path, body).await;
    let address = &registry.address;
    for other in [
        "169.254.169.254/latest/meta-data:1".to_owned(),
        format!("localhost:{}/a/b:1", 1),
        "a/b:1".to_owned(),
    ] {
        let refused = push(json!({ "reference": other })).await.refused(422, "registry-not-allowed");
        assert!(refused["fix"].as_str().unwrap().contains("--registry"), "{refused:#}");
        assert_eq!(refused["field"], "reference");
        let pull = world.post(&store.key, "/v1/uploads/pull", json!({ "reference": other })).await;
        pull.refused(422, "registry-not-allowed");
    }
    push(json!({ "reference": format!("http://{address}/a") })).await.refused(422, "registry-reference");
    let reference = format!("{address}/brand/store:1");
    push(json!({ "reference": reference })).await.refused(422, "registry-credentials");
    let wrong = json!({ "reference": reference, "username": name, "password": "a guess" });
    push(wrong).await.refused(422, "registry-credentials");
    push(json!({ "reference": reference, "username": name, "password": password })).await.is(200);
    // A registry that is gone is the registry's fault.
    drop(registry);
    push(json!({ "reference": reference })).await.refused(502, "registry-failed");
    world.close().await;
}
