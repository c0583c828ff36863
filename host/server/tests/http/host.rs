//! A host without a socket, and what its tests say again and again.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use sanbao_server::{App, Config, bootstrap, router};
use sanbao_store::{Scope, StoreError};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tower::ServiceExt;

/// A host on an empty SQLite file.
pub(crate) struct Host {
    pub(crate) app: App,
    router: Router,
    /// The platform's first key.
    pub(crate) admin: String,
    _dir: TempDir,
}

/// A party with its first key.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) id: String,
    pub(crate) key: String,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Got {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The body, where the answer has this status.
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        if self.body.is_empty() { Value::Null } else { self.json() }
    }

    /// The problem's code, where the answer is one of this status.
    pub(crate) fn problem(&self, status: u16) -> String {
        let body = self.expect(status);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(body["status"], status);
        assert_eq!(body["request_id"], self.headers["x-request-id"].to_str().unwrap());
        body["type"].as_str().unwrap().strip_prefix("urn:sanbao:problem:").unwrap().to_owned()
    }

    /// The paths of the fields that it says are wrong.
    pub(crate) fn fields(&self) -> Vec<String> {
        let errors = self.json()["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
    }
}

/// A request to be sent.
pub(crate) struct Ask(axum::http::request::Builder, Body);

pub(crate) fn ask(method: Method, path: &str) -> Ask {
    Ask(Request::builder().method(method).uri(path), Body::empty())
}

pub(crate) fn get(path: &str) -> Ask {
    ask(Method::GET, path)
}

pub(crate) fn post(path: &str, body: Value) -> Ask {
    ask(Method::POST, path).raw("application/json", body.to_string())
}

impl Ask {
    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value), self.1)
    }

    pub(crate) fn key(self, key: &str) -> Self {
        self.header("authorization", &format!("Bearer {key}"))
    }

    pub(crate) fn once(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub(crate) fn raw(self, content_type: &str, body: impl Into<Body>) -> Self {
        Self(self.0.header(header::CONTENT_TYPE, content_type), body.into())
    }
}

impl Host {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let dir = TempDir::new().unwrap();
        let mut config = Config::new(format!("sqlite:{}", dir.path().join("host.sqlite").display()));
        config.policy_instances = 4;
        config.listen.set_port(0);
        change(&mut config);
        let app = App::open(config).await.unwrap();
        let admin = bootstrap::first_key(&app).await.unwrap().unwrap().expose().to_owned();
        Self { router: router(app.clone()), app, admin, _dir: dir }
    }

    pub(crate) async fn send(&self, Ask(builder, body): Ask) -> Got {
        let response = self.router.clone().oneshot(builder.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Got { status: parts.status, headers: parts.headers, body }
    }

    /// Creates a party.
    pub(crate) async fn party(&self, kind: &str, name: &str) -> Signed {
        let body = json!({
            "kind": kind, "name": name, "jurisdiction": "CN",
            "calendar": {"time_zone": "Asia/Shanghai", "holidays": "CN"},
        });
        let made = self.send(post("/v1/parties", body).key(&self.admin)).await.expect(201);
        Signed {
            id: made["party"]["id"].as_str().unwrap().to_owned(),
            key: made["key"]["secret"].as_str().unwrap().to_owned(),
        }
    }

    /// A key of a party with these scopes and no roles.
    pub(crate) async fn key(&self, party: &Signed, scopes: &[&str]) -> String {
        let made =
            self.send(post("/v1/keys", json!({"name": "narrow", "scopes": scopes})).key(&party.key)).await;
        made.expect(201)["secret"].as_str().unwrap().to_owned()
    }

    /// Names a dealer of a brand's.
    pub(crate) async fn deal(&self, brand: &Signed, dealer: &Signed) {
        let body = json!({"dealer": dealer.id, "kind": "dealer", "standing": "a"});
        self.send(post("/v1/dealerships", body).key(&brand.key)).await.expect(201);
    }

    /// Keeps every write waiting until told to go on.
    pub(crate) async fn hold(&self) -> oneshot::Sender<()> {
        let (held, started) = oneshot::channel();
        let (release, go) = oneshot::channel();
        let store = self.app.store().clone();
        tokio::spawn(async move {
            store
                .write(Scope::Platform, move |_| {
                    Box::pin(async move {
                        let _ = held.send(());
                        let _ = go.await;
                        Ok::<_, StoreError>(())
                    })
                })
                .await
        });
        started.await.unwrap();
        release
    }

    /// Waits until the party's request with this idempotency key is being carried out.
    pub(crate) async fn until_in_flight(&self, party: &str, once: &str) {
        let party = party.parse().unwrap();
        while !self.app.is_running(party, once) {
            tokio::task::yield_now().await;
        }
    }
}

/// A unit that can be registered.
pub(crate) fn unit(serial: &str) -> Value {
    json!({
        "category": "television", "model": "T-55", "serial": serial,
        "price": {"amount": 299_900, "currency": "CNY"}, "dates": {"sold": "2024-05-01"},
    })
}
