//! Signed uploads: who signed is seen, and a party can require it.

use crate::lifecycle::numbered;
use crate::world::{Party, World};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minisign::KeyPair;
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};
use std::io::Cursor;

on_both_engines!(a_party_sees_who_signed_and_requires_it);

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
