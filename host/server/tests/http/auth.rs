//! Who may do what.

use crate::host::{Host, ask, get, post, unit};
use axum::http::Method;
use serde_json::json;

#[tokio::test]
async fn without_a_good_key_nothing_is_answered() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let mut wrong = brand.key.clone();
    wrong.replace_range(10..11, if &wrong[10..11] == "A" { "B" } else { "A" });
    for request in [
        get("/v1/units"),
        get("/v1/units").key("sbk_short"),
        get("/v1/units").key(&wrong),
        get("/v1/units").header("authorization", "Basic abc"),
    ] {
        let got = host.send(request).await;
        assert_eq!(got.problem(401), "unauthenticated");
        assert_eq!(got.headers["www-authenticate"], "Bearer realm=\"sanbao\"");
    }
    host.send(get("/v1/units").key(&brand.key)).await.expect(200);
}

#[tokio::test]
async fn a_revoked_or_expired_key_ends_at_once() {
    let host = Host::with(|config| config.movable_clock = true).await;
    let brand = host.party("brand", "Lamps").await;
    let ends = host.app.now().checked_add(jiff::SignedDuration::from_hours(1)).unwrap();
    let body = json!({"name": "short", "scopes": ["tickets:read"], "expires_at": ends.to_string()});
    let short = host.send(post("/v1/keys", body).key(&brand.key)).await.expect(201);
    let short_key = short["secret"].as_str().unwrap();
    host.send(get("/v1/units").key(short_key)).await.expect(200);
    let hour = json!({"by": {"amount": 1, "unit": "hours"}});
    host.send(post("/v1/clock/advance", hour).key(&host.admin)).await.expect(200);
    assert_eq!(host.send(get("/v1/units").key(short_key)).await.problem(401), "unauthenticated");

    let other = host.key(&brand, &["tickets:read"]).await;
    let listed = host.send(get("/v1/keys").key(&brand.key)).await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
    let id = listed["items"][0]["id"].as_str().unwrap();
    let revoke = || ask(Method::DELETE, &format!("/v1/keys/{id}")).key(&brand.key);
    host.send(revoke()).await.expect(204);
    assert_eq!(host.send(get("/v1/units").key(&other)).await.problem(401), "unauthenticated");
    assert_eq!(host.send(revoke()).await.problem(404), "not-found");
}

#[tokio::test]
async fn a_scope_is_asked_for_before_the_body_is_read() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let reader = host.key(&brand, &["tickets:read"]).await;
    let got = host.send(post("/v1/units", unit("A1")).key(&reader)).await;
    assert_eq!(got.problem(403), "missing-scope");
    assert_eq!(got.json()["scope"], "party:write");
    let got = host.send(ask(Method::POST, "/v1/units").raw("text/plain", "{").key(&reader)).await;
    assert_eq!(got.problem(403), "missing-scope");
    // A star stands for what the party may have: creating parties is the platform's.
    let got = host.send(post("/v1/parties", json!({})).key(&brand.key)).await;
    assert_eq!(got.problem(403), "missing-scope");
}

#[tokio::test]
async fn a_key_cannot_give_what_it_does_not_have() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let keeper = host.key(&brand, &["party:write"]).await;
    let body = json!({"name": "more", "scopes": ["party:write", "tickets:write", "*", "nonsense"], "roles": ["manager"]});
    let got = host.send(post("/v1/keys", body).key(&keeper)).await;
    assert_eq!(got.problem(422), "invalid");
    assert_eq!(got.fields(), ["scopes[1]", "scopes[2]", "scopes[3]", "roles[0]"]);
    let body = json!({"name": "admin", "scopes": ["admin"]});
    assert_eq!(host.send(post("/v1/keys", body).key(&brand.key)).await.fields(), ["scopes[0]"]);
}
