//! Policies from upload to retirement, and which one is in force.

use crate::host::{Ask, Host, ask, get, post};
use axum::http::Method;
use sanbao_hostile::Fixture;
use serde_json::{Value, json};

/// A policy that passes the check.
fn component() -> Vec<u8> {
    Fixture::WellBehaved.component()
}

/// The same policy in other bytes: a custom section at the end.
fn other_bytes() -> Vec<u8> {
    let mut bytes = component();
    bytes.extend([0, 3, 1, b'x', b'y']);
    bytes
}

fn upload(bytes: Vec<u8>) -> Ask {
    ask(Method::POST, "/v1/policies").raw("application/wasm", bytes)
}

#[tokio::test]
async fn an_upload_is_checked_kept_once_and_given_back() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let made = host.send(upload(component()).key(&brand.key)).await;
    let shown = made.expect(201);
    let path = made.headers["location"].to_str().unwrap();
    assert_eq!(shown["status"], "checked");
    assert!(shown["interfaces"].as_array().unwrap().contains(&json!("coverage")));
    assert_eq!(host.send(upload(component()).key(&brand.key)).await.expect(200), shown);
    assert_eq!(host.send(get(path).key(&brand.key)).await.expect(200), shown);
    let zh = host.send(get(path).key(&brand.key).header("accept-language", "zh")).await;
    assert_eq!(zh.headers["content-language"], "zh");
    let got = host.send(upload(other_bytes()).key(&brand.key)).await;
    assert_eq!(got.problem(409), "version-taken");
    assert_eq!(got.json()["policy"], shown["id"]);
    let listed = host.send(get("/v1/policies").key(&brand.key)).await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let bytes = host.send(get(&format!("{path}/component")).key(&brand.key)).await;
    assert_eq!(bytes.headers["content-type"], "application/wasm");
    assert_eq!(bytes.body, component());

    // A dealer reads what it is asked for, not the report nor the bytes; a stranger reads nothing.
    let dealer = host.party("dealer", "Corner").await;
    assert_eq!(host.send(get(path).key(&dealer.key)).await.problem(404), "not-found");
    host.deal(&brand, &dealer).await;
    let seen = host.send(get(path).key(&dealer.key)).await.expect(200);
    assert_eq!((&seen["rules"], &seen["report"]), (&shown["rules"], &Value::Null));
    assert_eq!(host.send(get(&format!("{path}/component")).key(&dealer.key)).await.problem(404), "not-found");
    let retire = post(&format!("{path}/retire"), json!({})).key(&dealer.key);
    assert_eq!(host.send(retire).await.problem(404), "not-found");
}

#[tokio::test]
async fn a_refused_upload_reports_every_problem_and_leaves_nothing() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    for fixture in Fixture::AT_UPLOAD {
        let got = host.send(upload(fixture.component()).key(&brand.key)).await;
        assert_eq!(got.problem(422), "policy-refused", "{fixture:?}");
        let report = got.json()["report"].clone();
        let problem = &report["problems"][0];
        for part in ["code", "severity", "place", "message", "fix"] {
            assert!(problem[part].as_str().is_some_and(|text| !text.is_empty()), "{fixture:?}: {report}");
        }
    }
    let got = host.send(upload(b"nonsense".to_vec()).key(&brand.key)).await;
    assert_eq!(got.problem(422), "policy-refused");
    let got =
        host.send(ask(Method::POST, "/v1/policies").raw("application/json", "{}").key(&brand.key)).await;
    assert_eq!(got.problem(415), "unsupported-media-type");
    let listed = host.send(get("/v1/policies").key(&brand.key)).await.expect(200);
    assert_eq!(listed["items"], json!([]));
}

#[tokio::test]
async fn a_day_is_judged_by_what_is_in_force_when_it_begins() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let policy = host.send(upload(component()).key(&brand.key)).await.expect(201)["id"].clone();
    let policy = policy.as_str().unwrap();
    let activate = async |body: Value| {
        let path = format!("/v1/policies/{policy}/activations");
        host.send(post(&path, body).key(&brand.key)).await
    };
    let in_force = async |day: &str| {
        let party =
            sanbao_server::services::parties::known(&host.app, brand.id.parse().unwrap()).await.unwrap();
        let day = day.parse().unwrap();
        let found =
            sanbao_server::services::activations::in_force(&host.app, &party.unwrap(), day).await.unwrap();
        found.map(|found| found.activation.to_string())
    };
    let first = activate(json!({"from": "2024-03-01", "until": "2024-06-01"})).await.expect(201);
    // The day begins in the party's zone.
    assert_eq!(first["from"], "2024-02-29T16:00:00Z");
    let id = |shown: &Value| Some(shown["id"].as_str().unwrap().to_owned());
    assert_eq!(in_force("2024-02-29").await, None);
    assert_eq!(in_force("2024-03-01").await, id(&first));
    assert_eq!(in_force("2024-05-31").await, id(&first));
    assert_eq!(in_force("2024-06-01").await, None);
    // Begun at noon of 10 April in Shanghai: that day was judged already, the next one is new.
    let second = activate(json!({"from": "2024-04-10T04:00:00Z"})).await.expect(201);
    assert_eq!(in_force("2024-04-10").await, id(&first));
    assert_eq!(in_force("2024-04-11").await, id(&second));
    assert_eq!(in_force("2024-06-01").await, id(&second));
    // Ended early, it leaves the days after to the one made before.
    let path = format!("/v1/activations/{}/retire", second["id"].as_str().unwrap());
    let ended = host.send(post(&path, json!({"at": "2024-05-01"})).key(&brand.key)).await.expect(200);
    assert_eq!(ended["until"], "2024-04-30T16:00:00Z");
    assert_eq!(in_force("2024-04-30").await, id(&second));
    assert_eq!(in_force("2024-05-01").await, id(&first));
    let later = host.send(post(&path, json!({"at": "2024-05-02"})).key(&brand.key)).await;
    assert_eq!(later.problem(409), "ends-earlier");
    let listed = host.send(get("/v1/activations").key(&brand.key)).await.expect(200);
    assert_eq!(listed["items"], json!([ended, first]));

    let got = activate(json!({"from": "2024-06-01", "until": "2024-06-01"})).await;
    assert_eq!(got.fields(), ["until"]);
    let got = activate(json!({"from": "soon"})).await;
    assert_eq!(got.fields(), ["from"]);
    let got = activate(json!({"from": "2024-06-01", "settings": {"no-such-setting": 1}})).await;
    assert_eq!(got.fields(), ["settings.no-such-setting"]);

    // Retired, it judges no day any more and cannot be activated.
    let retire = || post(&format!("/v1/policies/{policy}/retire"), json!({})).key(&brand.key);
    let retired = host.send(retire()).await.expect(200);
    assert_eq!(retired["status"], "retired");
    assert_eq!(host.send(retire()).await.expect(200)["status"], "retired");
    assert_eq!(in_force("2024-04-01").await, None);
    assert_eq!(activate(json!({"from": "2024-06-01"})).await.problem(409), "policy-retired");
}

#[tokio::test]
async fn an_intake_form_shows_dealers_what_is_in_force() {
    let host = Host::new().await;
    let (brand, dealer) = (host.party("brand", "Lamps").await, host.party("dealer", "Corner").await);
    let path = format!("/v1/parties/{}/intake?on=2024-05-01", brand.id);
    assert_eq!(host.send(get(&path).key(&brand.key)).await.problem(404), "no-policy-in-force");
    let policy = host.send(upload(component()).key(&brand.key)).await.expect(201);
    let activate = format!("/v1/policies/{}/activations", policy["id"].as_str().unwrap());
    host.send(post(&activate, json!({"from": "2024-01-01"})).key(&brand.key)).await.expect(201);
    assert_eq!(host.send(get(&path).key(&dealer.key)).await.problem(404), "not-found");
    host.deal(&brand, &dealer).await;
    let shown = host.send(get(&path).key(&dealer.key)).await.expect(200);
    assert_eq!((&shown["policy"], &shown["rules"]), (&policy["id"], &policy["rules"]));
    assert_eq!(shown["settings"], Value::Null);
    assert!(host.send(get(&path).key(&brand.key)).await.expect(200)["settings"].is_object());
}
