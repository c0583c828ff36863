//! Signed uploads: who signed is seen, and a party can require it.

use crate::lifecycle::{numbered, plain};
use crate::world::{Party, World};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minisign::KeyPair;
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};
use std::io::Cursor;

on_both_engines!(
    a_party_sees_who_signed_and_requires_it,
    nothing_unsigned_comes_into_force_again_where_signatures_are_required,
);

fn sign(key: &KeyPair, bytes: &[u8]) -> String {
    let signed = minisign::sign(Some(&key.pk), &key.sk, Cursor::new(bytes), Some("release 1"), None).unwrap();
    STANDARD.encode(signed.to_string())
}

async fn upload(world: &World, party: &Party, bytes: Vec<u8>, signature: Option<String>) -> Value {
    let mut request = world.uploading(party, bytes);
    if let Some(signature) = signature {
        request = request.header("sanbao-signature", signature);
    }
    let taken = world.send(request).await;
    let path = taken.location.clone();
    taken.is(202);
    world.ended(party, &path.unwrap()).await
}

fn code(upload: &Value) -> &str {
    assert_eq!(upload["status"], "refused", "{upload:#}");
    let problem = &upload["report"]["problems"][0];
    assert!(!problem["fix"].as_str().unwrap().is_empty());
    problem["code"].as_str().unwrap()
}

async fn a_party_sees_who_signed_and_requires_it(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let key = KeyPair::generate_unencrypted_keypair().unwrap();
    let stranger = KeyPair::generate_unencrypted_keypair().unwrap();
    let bytes = numbered("1.0.0");
    // Nobody can require what nobody could give.
    let require = json!({ "required": true });
    world.put(&store.key, "/v1/signing", require.clone()).await.refused(409, "no-signing-key");
    let text = key.pk.to_box().unwrap().to_string();
    let new = json!({ "name": "release desk", "public_key": text });
    let registered = world.post(&store.key, "/v1/signing-keys", new.clone()).await.is(201);
    assert!(text.contains(registered["key_id"].as_str().unwrap()), "as minisign prints it: {text}");
    world.post(&store.key, "/v1/signing-keys", new).await.refused(409, "signing-key-exists");
    let odd = json!({ "name": "x", "public_key": "not a key" });
    world.post(&store.key, "/v1/signing-keys", odd).await.refused(422, "invalid");
    let odd = world.uploading(&store, bytes.clone()).header("sanbao-signature", "not one");
    world.send(odd).await.refused(422, "invalid");

    let unsigned = world.upload(&store, bytes.clone()).await;
    let path = format!("/v1/policies/{unsigned}");
    assert_eq!(world.get(&store.key, &path).await.is(200)["signed_by"], Value::Null);
    world.put(&store.key, "/v1/signing", require.clone()).await.is(200);
    assert_eq!(world.get(&store.key, "/v1/signing").await.is(200), require);
    let activate = format!("{path}/activations");
    let from = json!({ "from": "2030-01-01" });
    world.post(&store.key, &activate, from.clone()).await.refused(409, "not-signed");
    assert_eq!(code(&upload(&world, &store, numbered("2.0.0"), None).await), "signature-missing");
    let by_stranger = upload(&world, &store, bytes.clone(), Some(sign(&stranger, &bytes))).await;
    assert_eq!(code(&by_stranger), "signature-key-unknown");
    let of_others = upload(&world, &store, bytes.clone(), Some(sign(&key, b"other bytes"))).await;
    assert_eq!(code(&of_others), "signature-wrong");

    // The same file, signed, is the same version, and now may judge.
    let signed = upload(&world, &store, bytes.clone(), Some(sign(&key, &bytes))).await;
    assert_eq!((&signed["status"], &signed["policy"]), (&json!("accepted"), &json!(unsigned)), "{signed:#}");
    let by = world.get(&store.key, &path).await.is(200)["signed_by"].take();
    let expected = json!({ "key": registered["id"], "name": "release desk", "key_id": registered["key_id"],
        "trusted_comment": "release 1" });
    assert_eq!(by, expected);
    world.post(&store.key, &activate, from).await.is(201);

    // Revoked, it signs nothing more; what it signed stays signed. Another party's keys are not there.
    let rival = world.party("store", "另一家").await;
    let path_of_key = format!("/v1/signing-keys/{}", registered["id"].as_str().unwrap());
    let delete = |party: &Party| world.request(reqwest::Method::DELETE, &party.key, &path_of_key);
    world.send(delete(&rival)).await.refused(404, "not-found");
    assert_eq!(world.send(delete(&store)).await.status, 204);
    let next = numbered("2.0.0");
    let late = upload(&world, &store, next.clone(), Some(sign(&key, &next))).await;
    assert_eq!(code(&late), "signature-key-revoked");
    assert_eq!(world.get(&store.key, &path).await.is(200)["signed_by"], expected);
    assert_eq!(world.get(&rival.key, "/v1/signing-keys").await.is(200)["items"], json!([]));
    world.close().await;
}

/// Whoever begins to require signatures has unsigned versions in force: they go on until they are replaced, but get
/// no new period and no new settings; the ways out of them stay open.
async fn nothing_unsigned_comes_into_force_again_where_signatures_are_required(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "小店").await;
    let key = KeyPair::generate_unencrypted_keypair().unwrap();
    let new = json!({ "name": "release desk", "public_key": key.pk.to_box().unwrap().to_string() });
    world.post(&store.key, "/v1/signing-keys", new).await.is(201);
    let bytes = numbered("1.0.0");
    let signed = upload(&world, &store, bytes.clone(), Some(sign(&key, &bytes))).await;
    let signed = signed["policy"].as_str().unwrap().to_owned();
    let unsigned = world.upload(&store, numbered("2.0.0")).await;
    let good = world.activate(&store, &signed, json!({ "from": "2030-01-01" })).await;
    let bad = world.activate(&store, &unsigned, json!({ "from": "2031-01-01" })).await;
    let later = world.activate(&store, &unsigned, json!({ "from": "2050-01-01" })).await;
    world.put(&store.key, "/v1/signing", json!({ "required": true })).await.is(200);

    let judge = async || {
        let ticket = world.open_ticket(&store, plain("2040-02-24")).await;
        ticket["claims"][0]["policy"]["version"].as_str().unwrap_or_default().to_owned()
    };
    let of = |activation: &Value, what: &str| {
        format!("/v1/activations/{}/{what}", activation["id"].as_str().unwrap())
    };
    assert_eq!(judge().await, "2.0.0", "what is in force goes on");
    let settings = json!({ "settings": {} });
    world.post(&store.key, &of(&bad, "settings"), settings.clone()).await.refused(409, "not-signed");
    let again = format!("/v1/policies/{unsigned}/activations");
    let from = json!({ "from": "2032-01-01" });
    world.post(&store.key, &again, from).await.refused(409, "not-signed");
    assert_eq!(judge().await, "2.0.0");

    let back = json!({ "reason": "it is not signed", "from": "its-start" });
    let returned = world.post(&store.key, &of(&bad, "rollback"), back.clone()).await.is(201);
    assert_eq!(returned["policy"], json!(signed));
    assert_eq!(judge().await, "1.0.0");
    world.post(&store.key, &of(&returned, "rollback"), back).await.refused(409, "not-signed");
    world.post(&store.key, &of(&returned, "settings"), settings).await.is(201);
    world.post(&store.key, &of(&later, "retire"), json!({ "at": "2050-01-01" })).await.is(200);
    world.post(&store.key, &format!("/v1/policies/{unsigned}/retire"), json!({})).await.is(200);
    assert_eq!(judge().await, "1.0.0");
    assert_eq!(good["policy"], json!(signed));
    world.close().await;
}
