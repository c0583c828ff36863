//! The same request again.

use crate::host::{Got, Host, get, post, unit};
use axum::http::HeaderMap;
use serde_json::json;
use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

/// The headers that are the answer's own: not those of this very request.
fn kept(got: &Got) -> HeaderMap {
    let mut headers = got.headers.clone();
    headers.remove("x-request-id");
    headers.remove("idempotency-replayed");
    headers
}

/// Polls a request once, so that it is on its way; whether it still waits.
async fn poll_once(mut request: Pin<&mut impl Future>) -> bool {
    std::future::poll_fn(|cx| Poll::Ready(request.as_mut().poll(cx).is_pending())).await
}

#[tokio::test]
async fn a_replay_is_the_same_byte_by_byte_and_happens_once() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let request = || post("/v1/units", unit("A1")).key(&brand.key).once("one");
    let first = host.send(request()).await;
    first.expect(201);
    let again = host.send(request()).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!(kept(&again), kept(&first));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert!(!first.headers.contains_key("idempotency-replayed"));
    let listed = host.send(get("/v1/units").key(&brand.key)).await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_key_belongs_to_one_request_of_one_party() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let other = host.party("brand", "Bulbs").await;
    host.send(post("/v1/units", unit("A1")).key(&brand.key).once("one")).await.expect(201);
    let got = host.send(post("/v1/units", unit("A2")).key(&brand.key).once("one")).await;
    assert_eq!(got.problem(422), "idempotency-key-reused");
    let got = host.send(post("/v1/keys", unit("A1")).key(&brand.key).once("one")).await;
    assert_eq!(got.problem(422), "idempotency-key-reused");
    host.send(post("/v1/units", unit("A1")).key(&other.key).once("one")).await.expect(201);
    for odd in ["", &"x".repeat(201)] {
        let got = host.send(post("/v1/units", unit("A3")).key(&brand.key).once(odd)).await;
        assert_eq!(got.problem(400), "idempotency-key");
    }
}

#[tokio::test]
async fn a_refused_request_keeps_nothing() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    host.send(post("/v1/units", unit("A1")).key(&brand.key)).await.expect(201);
    let got = host.send(post("/v1/units", unit("A1")).key(&brand.key).once("one")).await;
    assert_eq!(got.problem(409), "serial-taken");
    host.send(post("/v1/units", unit("A2")).key(&brand.key).once("one")).await.expect(201);
}

#[tokio::test]
async fn while_the_first_runs_the_second_waits_for_nothing() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let release = host.hold().await;
    let request = || host.send(post("/v1/units", unit("A1")).key(&brand.key).once("one"));
    let mut first = Box::pin(request());
    assert!(poll_once(first.as_mut()).await);
    host.until_in_flight(&brand.id, "one").await;
    assert_eq!(request().await.problem(409), "idempotency-in-flight");
    release.send(()).unwrap();
    first.await.expect(201);
    assert_eq!(request().await.headers["idempotency-replayed"], "true");
}

#[tokio::test]
async fn a_client_that_goes_away_does_not_stop_its_command() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let release = host.hold().await;
    let request = || host.send(post("/v1/units", unit("A1")).key(&brand.key).once("one"));
    let mut first = Box::pin(request());
    assert!(poll_once(first.as_mut()).await);
    host.until_in_flight(&brand.id, "one").await;
    drop(first);
    release.send(()).unwrap();
    let again = loop {
        let again = request().await;
        if again.status != 409 {
            break again;
        }
    };
    again.expect(201);
    assert_eq!(again.headers["idempotency-replayed"], "true");
}

#[tokio::test]
async fn a_new_secret_is_replayed_to_its_maker_and_stored_nowhere() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let other = host.key(&brand, &["party:write"]).await;
    let request =
        |key: &str| post("/v1/keys", json!({"name": "till", "scopes": ["party:write"]})).key(key).once("one");
    let first = host.send(request(&brand.key)).await;
    let secret = first.expect(201)["secret"].as_str().unwrap().to_owned();
    let again = host.send(request(&brand.key)).await;
    assert_eq!(again.body, first.body);
    assert_eq!(host.send(request(&other)).await.problem(409), "shown-once");
    host.send(get("/v1/keys").key(&secret)).await.expect(200);

    let party = brand.id.parse().unwrap();
    let mut conn = host.app.store().read(sanbao_store::Scope::Platform).await.unwrap();
    let kept = sanbao_store::idempotency::find(&mut conn, party, "one").await.unwrap().unwrap();
    assert!(!String::from_utf8(kept.body).unwrap().contains(&secret[4..]));
    assert!(!kept.headers.contains(&secret[4..]));
}
