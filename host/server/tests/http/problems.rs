//! What errors look like.

use crate::host::{Host, ask, get, post};
use axum::http::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn every_refusal_is_a_problem_document_in_the_language_asked_for() {
    let host = Host::new().await;
    assert_eq!(host.send(get("/v2/nothing")).await.problem(404), "no-route");
    assert_eq!(host.send(ask(Method::DELETE, "/livez")).await.problem(405), "method-not-allowed");
    let got = host.send(get("/v1/units").header("accept-language", "zh-CN, en;q=0.5")).await;
    assert_eq!(got.problem(401), "unauthenticated");
    assert_eq!(got.headers["content-language"], "zh");
    assert_eq!(got.json()["title"], "需要有效的密钥");
}

#[tokio::test]
async fn a_request_keeps_a_plain_id_and_gets_one_otherwise() {
    let host = Host::new().await;
    let got = host.send(get("/livez").header("x-request-id", "trace-1.2:3")).await;
    assert_eq!(got.headers["x-request-id"], "trace-1.2:3");
    for odd in ["with space", ""] {
        let got = host.send(get("/livez").header("x-request-id", odd)).await;
        assert_eq!(got.headers["x-request-id"].len(), 32);
    }
}

#[tokio::test]
async fn bodies_are_refused_by_type_size_syntax_and_field() {
    let host = Host::with(|config| config.max_body = 400).await;
    let brand = host.party("brand", "Lamps").await;
    let send = |content_type: &'static str, body: String| {
        host.send(ask(Method::POST, "/v1/units").raw(content_type, body).key(&brand.key))
    };
    assert_eq!(send("text/plain", "{}".into()).await.problem(415), "unsupported-media-type");
    assert_eq!(send("application/json", " ".repeat(401)).await.problem(413), "body-too-large");
    assert_eq!(
        send("application/json; charset=utf-8", "{\"model\"".into()).await.problem(400),
        "malformed-json"
    );
    let wrong = [
        (json!({"category": "c", "model": "m", "colour": "red"}), "colour"),
        (json!({"category": "c", "model": "m", "dates": {"sold": "yesterday"}}), "dates.sold"),
        (
            json!({"category": "c", "model": "m", "history": {"repairs": [{"fault": 1}]}}),
            "history.repairs[0].fault",
        ),
        (json!({"category": "c", "model": "m", "price": {"amount": 1, "currency": "XXQ"}}), "price"),
    ];
    for (body, field) in wrong {
        let got = send("application/json", body.to_string()).await;
        assert_eq!(got.problem(422), "invalid");
        assert_eq!(got.fields(), [field]);
    }
}

#[tokio::test]
async fn query_strings_and_headers_have_limits_too() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    for (query, field) in
        [("limit=0", "limit"), ("limit=x", "limit"), ("cursor=x", "cursor"), ("page=2", "page")]
    {
        let got = host.send(get(&format!("/v1/units?{query}")).key(&brand.key)).await;
        assert_eq!(got.problem(422), "invalid", "{query}");
        assert_eq!(got.fields(), [field]);
    }
    let got = host.send(get("/livez").header("x-padding", &"x".repeat(20_000))).await;
    assert_eq!(got.problem(431), "headers-too-large");
}

#[tokio::test]
async fn a_fault_of_ours_tells_nothing() {
    let host = Host::new().await;
    let store = host.app.store().clone();
    store.close().await;
    let got = host.send(get("/readyz")).await;
    assert!(got.status.is_server_error());
    let shown = String::from_utf8(got.body.clone()).unwrap();
    assert!(!shown.contains("pool") && !shown.contains("sqlx"), "{shown}");
}

#[tokio::test]
async fn the_document_describes_every_operation_and_the_page_loads_nothing_from_elsewhere() {
    let host = Host::new().await;
    let api = host.send(get("/openapi.json")).await.expect(200);
    assert_eq!(api["openapi"].as_str().unwrap().split('.').take(2).collect::<Vec<_>>(), ["3", "1"]);
    let shared: Value = api["components"]["responses"].clone();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let said = format!("{method} {path}");
            assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{said}");
            assert!(operation["tags"][0].is_string(), "{said}");
            let for_everybody = method == "get" && path == "/v1/receipt-keys";
            if for_everybody {
                assert!(operation["security"].is_null(), "{said}");
            } else if path.starts_with("/v1/") {
                assert!(operation["security"][0]["key"].is_array(), "{said}");
                let not_found = operation["responses"]["404"]["$ref"].as_str().unwrap_or_default();
                assert!(shared[not_found.rsplit('/').next().unwrap()].is_object(), "{said}");
            }
        }
    }
    // Every reference leads somewhere.
    let text = api.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(api.pointer(reference).is_some(), "{reference}");
    }
    let page = host.send(get("/docs")).await;
    let html = String::from_utf8(page.body).unwrap();
    assert!(page.headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    assert!(!html.contains("http://") && !html.contains("https://"));
}

#[tokio::test]
async fn an_empty_body_is_an_empty_object() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let got = host.send(ask(Method::POST, "/v1/units").key(&brand.key)).await;
    assert_eq!(got.problem(422), "invalid");
    let got = host.send(post("/v1/units", json!([])).key(&brand.key)).await;
    assert_eq!(got.problem(422), "invalid");
}
