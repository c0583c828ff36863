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

/// Uploads and checks; the upload as it ended.
async fn ended(host: &Host, key: &str, bytes: Vec<u8>) -> Value {
    let taken = host.send(upload(bytes).key(key)).await;
    let queued = taken.expect(202);
    assert_eq!(queued["status"], "queued");
    assert_eq!(sanbao_server::workers::uploads::sweep(&host.app).await.unwrap(), 1);
    host.send(get(taken.headers["location"].to_str().unwrap()).key(key)).await.expect(200)
}

/// Uploads what is accepted; the version.
async fn accepted(host: &Host, key: &str, bytes: Vec<u8>) -> Value {
    let upload = ended(host, key, bytes).await;
    assert_eq!(upload["status"], "accepted", "{upload:#}");
    let path = format!("/v1/policies/{}", upload["policy"].as_str().unwrap());
    host.send(get(&path).key(key)).await.expect(200)
}

#[tokio::test]
async fn an_upload_is_checked_kept_once_and_given_back() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let shown = accepted(&host, &brand.key, component()).await;
    let path = format!("/v1/policies/{}", shown["id"].as_str().unwrap());
    let path = path.as_str();
    assert_eq!(shown["status"], "checked");
    assert_eq!(shown["signed_by"], Value::Null);
    assert!(shown["interfaces"].as_array().unwrap().contains(&json!("coverage")));
    assert_eq!(accepted(&host, &brand.key, component()).await, shown);
    let zh = host.send(get(path).key(&brand.key).header("accept-language", "zh")).await;
    assert_eq!(zh.headers["content-language"], "zh");
    let other = ended(&host, &brand.key, other_bytes()).await;
    assert_eq!((&other["status"], &other["policy"]), (&json!("refused"), &Value::Null));
    let problem = &other["report"]["problems"][0];
    assert_eq!((&problem["code"], &problem["place"]), (&json!("version-taken"), &json!("manifest.version")));
    let listed = host.send(get("/v1/policies").key(&brand.key)).await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let uploads = host.send(get("/v1/uploads?limit=2").key(&brand.key)).await.expect(200);
    assert_eq!(uploads["items"][0]["id"], other["id"]);
    let next = format!("/v1/uploads?cursor={}", uploads["next_cursor"].as_str().unwrap());
    let rest = host.send(get(&next).key(&brand.key)).await.expect(200);
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next_cursor"]), (1, &Value::Null));
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
async fn a_refused_upload_reports_every_problem_and_leaves_no_version() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let hostile = Fixture::AT_UPLOAD.map(|fixture| fixture.component());
    for bytes in hostile.into_iter().chain([b"nonsense".to_vec()]) {
        let refused = ended(&host, &brand.key, bytes).await;
        assert_eq!(refused["status"], "refused", "{refused:#}");
        let problem = &refused["report"]["problems"][0];
        for part in ["code", "severity", "place", "message", "fix"] {
            assert!(problem[part].as_str().is_some_and(|text| !text.is_empty()), "{refused:#}");
        }
    }
    let got =
        host.send(ask(Method::POST, "/v1/policies").raw("application/json", "{}").key(&brand.key)).await;
    assert_eq!(got.problem(415), "unsupported-media-type");
    let listed = host.send(get("/v1/policies").key(&brand.key)).await.expect(200);
    assert_eq!(listed["items"], json!([]));
}

#[tokio::test]
async fn the_same_upload_under_one_key_is_one_job_and_too_many_are_refused() {
    let host = Host::with(|config| config.limits.unfinished_uploads = 2).await;
    let brand = host.party("brand", "Lamps").await;
    let send = async |once: &str, bytes: Vec<u8>| host.send(upload(bytes).key(&brand.key).once(once)).await;
    let first = send("a", component()).await;
    let id = first.expect(202)["id"].clone();
    assert_eq!(send("a", component()).await.expect(202)["id"], id);
    assert_eq!(send("a", other_bytes()).await.problem(422), "idempotency-key-reused");
    let signed = upload(component()).key(&brand.key).once("a").header("sanbao-signature", "x");
    assert_eq!(host.send(signed).await.problem(422), "idempotency-key-reused");
    let second = send("b", other_bytes()).await.expect(202);
    assert_eq!(send("c", component()).await.problem(429), "too-many-uploads");
    // Another party is not held up, and who cancels makes room.
    let rival = host.party("brand", "Rival").await;
    host.send(upload(component()).key(&rival.key)).await.expect(202);
    let path = format!("/v1/uploads/{}/cancel", second["id"].as_str().unwrap());
    assert_eq!(host.send(post(&path, json!({})).key(&rival.key)).await.problem(404), "not-found");
    let cancelled = host.send(post(&path, json!({})).key(&brand.key)).await.expect(200);
    assert_eq!(cancelled["status"], "cancelled");
    assert!(cancelled["ended_at"].is_string());
    assert_eq!(host.send(post(&path, json!({})).key(&brand.key)).await.expect(200), cancelled);
    send("c", component()).await.expect(202);
    assert_eq!(
        sanbao_server::workers::uploads::sweep(&host.app).await.unwrap(),
        3,
        "the cancelled one is left"
    );
    let path = format!("/v1/uploads/{}/cancel", id.as_str().unwrap());
    assert_eq!(host.send(post(&path, json!({})).key(&brand.key)).await.problem(409), "check-begun");
}

#[tokio::test]
async fn a_day_is_judged_by_what_is_in_force_when_it_begins() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let policy = accepted(&host, &brand.key, component()).await["id"].clone();
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
    let policy = accepted(&host, &brand.key, component()).await;
    let activate = format!("/v1/policies/{}/activations", policy["id"].as_str().unwrap());
    host.send(post(&activate, json!({"from": "2024-01-01"})).key(&brand.key)).await.expect(201);
    assert_eq!(host.send(get(&path).key(&dealer.key)).await.problem(404), "not-found");
    host.deal(&brand, &dealer).await;
    let shown = host.send(get(&path).key(&dealer.key)).await.expect(200);
    assert_eq!((&shown["policy"], &shown["rules"]), (&policy["id"], &policy["rules"]));
    assert_eq!(shown["settings"], Value::Null);
    assert!(host.send(get(&path).key(&brand.key)).await.expect(200)["settings"].is_object());
}
