//! A host with a movable clock and the parties of the stories. Everything goes through HTTP.

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use sanbao_server::config::Outbox;
use sanbao_server::{Config, Host, bootstrap, serve};
use sanbao_tests::database::Database;
use sanbao_tests::packs;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};

/// When every story begins: a Monday, ten in the morning in Shanghai, far from any real date.
pub const BEGIN: &str = "2040-03-05T02:00:00Z";

/// A running host and its administrator.
pub struct World {
    pub host: Host,
    client: Client,
    admin: String,
}

/// A party with the key it was created with.
#[derive(Clone, Debug)]
pub struct Party {
    pub id: String,
    pub key: String,
}

/// What the host answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub etag: Option<String>,
    pub replayed: bool,
    pub language: Option<String>,
    pub location: Option<String>,
    pub text: String,
    pub body: Value,
}

impl Answer {
    /// The body, when the status is as expected.
    #[track_caller]
    pub fn is(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{:#}", self.body);
        self.body
    }

    /// The body of a problem, when status and code are as expected.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        let kind = self.body["type"].as_str().unwrap_or_default().to_owned();
        let body = self.is(status);
        assert!(kind.ends_with(&format!(":{code}")), "{kind} is not {code}: {body:#}");
        body
    }
}

impl World {
    pub async fn open(database: &Database) -> Self {
        Self::open_with(database, Outbox::default()).await
    }

    /// As [`World::open`], with ways for messages to leave.
    pub async fn open_with(database: &Database, outbox: Outbox) -> Self {
        Self::open_as(database, outbox, |_| ()).await
    }

    /// As [`World::open_with`], set up otherwise.
    pub async fn open_as(database: &Database, outbox: Outbox, edit: impl FnOnce(&mut Config)) -> Self {
        let host = serve(Self::config(database, outbox, edit)).await.expect("a host");
        let admin = bootstrap::first_key(host.app()).await.expect("a key").expect("an empty database");
        // The client speaks plain HTTP here, but asks for a provider of TLS all the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let world = Self { host, client: Client::new(), admin: admin.expose().to_owned() };
        world.to(BEGIN).await;
        world
    }

    fn config(database: &Database, outbox: Outbox, edit: impl FnOnce(&mut Config)) -> Config {
        let mut config = Config::new(database.url());
        config.data = database.data();
        config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        config.movable_clock = true;
        config.outbox = outbox;
        edit(&mut config);
        config
    }

    /// The same world with a host that has started anew, perhaps set up in another way.
    pub async fn restarted(self, database: &Database, edit: impl FnOnce(&mut Config)) -> Self {
        let Self { host, client, admin } = self;
        host.stop().await;
        let host = serve(Self::config(database, Outbox::default(), edit)).await.expect("a host");
        Self { host, client, admin }
    }

    pub fn request(&self, method: Method, key: &str, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.host.address())).bearer_auth(key)
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let (status, etag, language) = (response.status(), header("etag"), header("content-language"));
        let (replayed, location) = (header("idempotency-replayed").is_some(), header("location"));
        let text = response.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer { status, etag, replayed, language, location, text, body }
    }

    pub async fn get(&self, key: &str, path: &str) -> Answer {
        self.send(self.request(Method::GET, key, path)).await
    }

    pub async fn get_in(&self, language: &str, key: &str, path: &str) -> Answer {
        self.send(self.request(Method::GET, key, path).header("accept-language", language)).await
    }

    pub async fn post(&self, key: &str, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, key, path).json(&body)).await
    }

    pub async fn put(&self, key: &str, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PUT, key, path).json(&body)).await
    }

    /// Gives a command to the first claim that the caller sees in a ticket.
    pub async fn command(&self, key: &str, ticket: &Value, command: &str, body: Value) -> Answer {
        self.post(key, &claim_path(ticket, command), body).await
    }

    /// Moves the clock to an instant.
    pub async fn to(&self, instant: &str) -> Value {
        self.post(&self.admin, "/v1/clock/advance", json!({ "to": instant })).await.is(200)
    }

    /// The platform, which runs the host.
    pub fn platform(&self) -> Party {
        Party { id: String::new(), key: self.admin.clone() }
    }

    pub async fn party(&self, kind: &str, name: &str) -> Party {
        self.party_with(kind, name, json!({ "time_zone": "Asia/Shanghai" })).await
    }

    pub async fn party_with(&self, kind: &str, name: &str, calendar: Value) -> Party {
        let body = json!({ "kind": kind, "name": name, "jurisdiction": "CN", "calendar": calendar });
        let made = self.post(&self.admin, "/v1/parties", body).await.is(201);
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        Party { id: text(&made["party"]["id"]), key: text(&made["key"]["secret"]) }
    }

    /// A key of the party that may sign for some roles only.
    pub async fn signer(&self, party: &Party, roles: &[&str]) -> String {
        let body = json!({ "name": roles.join(" and "), "scopes": ["tickets:read", "tickets:write"], "roles": roles });
        let made = self.post(&party.key, "/v1/keys", body).await.is(201);
        made["secret"].as_str().expect("a secret").to_owned()
    }

    /// Uploads a component or core module; the version's id.
    pub async fn upload(&self, party: &Party, module: Vec<u8>) -> String {
        let ended = self.uploaded(party, module).await;
        assert_eq!(ended["status"], "accepted", "{ended:#}");
        ended["policy"].as_str().expect("a policy").to_owned()
    }

    /// Uploads a component or core module; the upload as it ended.
    pub async fn uploaded(&self, party: &Party, module: Vec<u8>) -> Value {
        let upload = self.send(self.uploading(party, module)).await;
        self.ended(party, &upload.location.clone().expect("where to look")).await
    }

    /// The request that uploads.
    pub fn uploading(&self, party: &Party, module: Vec<u8>) -> RequestBuilder {
        let request =
            self.request(Method::POST, &party.key, "/v1/policies").header("content-type", "application/wasm");
        request.body(module)
    }

    /// The upload at this path, as it ended.
    pub async fn ended(&self, party: &Party, path: &str) -> Value {
        for _ in 0..10 {
            let upload = self.get(&party.key, &format!("{path}?wait=30")).await.is(200);
            if !["queued", "checking"].contains(&upload["status"].as_str().expect("a status")) {
                return upload;
            }
        }
        panic!("{path} does not end");
    }

    pub async fn activate(&self, party: &Party, policy: &str, body: Value) -> Value {
        self.post(&party.key, &format!("/v1/policies/{policy}/activations"), body).await.is(201)
    }

    pub async fn deals(&self, brand: &Party, dealer: &Party, kind: &str) {
        self.post(&brand.key, "/v1/dealerships", json!({ "dealer": dealer.id, "kind": kind })).await.is(201);
    }

    /// A store with the store policy in force since 2030.
    pub async fn store(&self) -> Party {
        let store = self.party("store", "新宇电器城").await;
        let policy = self.upload(&store, packs::read("sanbao_store_pack").expect("the store pack")).await;
        self.activate(&store, &policy, json!({ "from": "2030-01-01" })).await;
        store
    }

    /// A lighting brand with the lighting policy in force since 2030.
    pub async fn brand(&self) -> Party {
        self.brand_with(json!({ "time_zone": "Asia/Shanghai" })).await
    }

    pub async fn brand_with(&self, calendar: Value) -> Party {
        let brand = self.party_with("brand", "明光照明", calendar).await;
        let policy =
            self.upload(&brand, packs::read("sanbao_lighting_pack").expect("the lighting pack")).await;
        self.activate(&brand, &policy, json!({ "from": "2030-01-01" })).await;
        brand
    }

    /// Opens a ticket.
    pub async fn open_ticket(&self, party: &Party, body: Value) -> Value {
        self.post(&party.key, "/v1/tickets", body).await.is(201)
    }

    pub async fn close(self) {
        self.host.stop().await;
    }
}

/// The path of a command on the first claim.
pub fn claim_path(ticket: &Value, command: &str) -> String {
    let id = |value: &Value| value["id"].as_str().expect("an id").to_owned();
    format!("/v1/tickets/{}/claims/{}/{command}", id(ticket), id(&ticket["claims"][0]))
}

/// The path of a ticket.
pub fn ticket_path(ticket: &Value) -> String {
    format!("/v1/tickets/{}", ticket["id"].as_str().expect("an id"))
}

/// A television bought in the store on a day, with a quality problem.
pub fn television(sold: &str) -> Value {
    json!({
        "customer": { "name": "李华", "phone": "13800000000" },
        "product": { "category": "television", "model": "TV-55", "serial": "S-1" },
        "claims": [{
            "cause": "quality",
            "asked": "refund",
            "dates": { "sold": sold },
            "attributes": {
                "packaging-intact": true, "accessories-complete": true, "warranty-card": true,
                "special-price": false, "gift": false,
            },
        }],
    })
}

/// A lamp of the brand that failed at a dealer's, shipped on a day.
pub fn lamp(brand: &Party, shipped: &str) -> Value {
    json!({
        "product": { "category": "downlight", "model": "DL-9", "lot": "L-77", "quantity": 12 },
        "claims": [{
            "respondent": brand.id,
            "cause": "quality",
            "asked": "repair",
            "dates": { "shipped": shipped },
            "attributes": { "found": "in-use", "label-intact": true, "repairable": true },
        }],
    })
}

/// The values of one field of a list of objects.
pub fn each<'v>(list: &'v Value, field: &str) -> Vec<&'v str> {
    let items = list.as_array().expect("a list");
    items.iter().map(|item| item[field].as_str().unwrap_or_default()).collect()
}

/// The words of a list of texts.
pub fn words(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|item| item.as_str().unwrap_or_default()).collect()
}
