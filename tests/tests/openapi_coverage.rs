//! Walks every operation of the OpenAPI document: without a key it is 401, with a key that may do nothing
//! 403, and with another party's key 404, or a list that holds nothing of ours. An operation that this test
//! does not know fails it, so that none is added without a fence.
#![allow(clippy::expect_used, clippy::panic)] // Helpers outside test functions are test code too.

#[allow(dead_code)] // The stories use the rest of it.
#[path = "stories/world.rs"]
mod world;

use reqwest::{Client, Method};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};
use world::{Answer, Party, World, lamp, television, ticket_path};

on_both_engines!(nobody_passes_a_fence);

/// Operations that any key of any party may read; what they show is its own.
const ANY_KEY: [&str; 6] = [
    "GET /v1/parties",
    "GET /v1/parties/{party}",
    "GET /v1/parties/{party}/intake",
    "GET /v1/parties/{party}/contact",
    "GET /v1/dealerships",
    "GET /v1/clock",
];

/// An id of nothing.
const UNKNOWN: &str = "00000000-0000-7000-8000-00000000ffff";

/// Operations without a key.
const OPEN: [&str; 3] = ["GET /livez", "GET /readyz", "GET /v1/receipt-keys"];

/// Ids of ours, by the name of the path's parameter.
struct Ours {
    ids: Vec<(&'static str, String)>,
}

impl Ours {
    async fn new(world: &World, brand: &Party, dealer: &Party) -> Self {
        let ticket = world.open_ticket(dealer, lamp(brand, "2039-06-01")).await;
        let unit = json!({ "category": "downlight", "model": "DL-9", "serial": "S-9", "brand": brand.id });
        let unit = world.post(&dealer.key, "/v1/units", unit).await.is(201);
        let message = message(world).await;
        // A customer's own ticket at the dealer's, with a link to the customer's page.
        let counter =
            json!({ "product": { "category": "c", "model": "m" }, "claims": [{ "cause": "quality" }] });
        let counter = world.open_ticket(dealer, counter).await;
        let link =
            world.post(&dealer.key, &format!("{}/links", ticket_path(&counter)), json!({})).await.is(201);
        let first = async |path: &str| id(&world.get(&brand.key, path).await.is(200)["items"][0]);
        let part = json!({ "number": "P-90", "kind": "electronic", "title": "driver" });
        world.post(&brand.key, "/v1/parts", part).await.is(201);
        let requisition = json!({
            "ticket": ticket["id"], "claim": ticket["claims"][0]["id"], "part": "P-90", "quantity": 1,
            "from": "store:main", "to": "technician:Wang", "reason": "worn",
        });
        let requisition = world.post(&brand.key, "/v1/parts/requisitions", requisition).await.is(201);
        let shadow = json!({ "candidate": first("/v1/policies").await, "until": "2040-03-20T00:00:00Z" });
        let shadow = world.post(&brand.key, "/v1/shadows", shadow).await.is(201);
        let ids = vec![
            ("shadow", id(&shadow)),
            ("part", "P-90".to_owned()),
            ("requisition", id(&requisition)),
            ("party", brand.id.clone()),
            ("dealer", dealer.id.clone()),
            ("key", first("/v1/keys").await),
            ("policy", first("/v1/policies").await),
            ("back_test", back_test(world, brand).await),
            ("upload", first("/v1/uploads").await),
            ("signing_key", signing_key(world, brand).await),
            ("activation", first("/v1/activations").await),
            ("unit", id(&unit)),
            ("link", id(&link)),
            ("claim", id(&ticket["claims"][0])),
            ("receipt", ticket["claims"][0]["receipt"].as_str().expect("a receipt").to_owned()),
            ("message", message),
            ("ticket", ticket_path(&ticket).rsplit('/').next().expect("an id").to_owned()),
        ];
        Self { ids }
    }

    /// The path with our ids in it.
    fn fill(&self, path: &str) -> String {
        let filled = self
            .ids
            .iter()
            .fold(path.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id));
        assert!(!filled.contains('{'), "{path}: teach this test where to get such an id");
        if filled.ends_with("/checklist") { format!("{filled}?occasion=arrived") } else { filled }
    }
}

/// The brand tries its own version once more.
async fn back_test(world: &World, brand: &Party) -> String {
    let policy = id(&world.get(&brand.key, "/v1/policies").await.is(200)["items"][0]);
    id(&world.post(&brand.key, "/v1/back-tests", json!({ "candidate": policy })).await.is(202))
}

/// A public key of minisign's, and no private one.
async fn signing_key(world: &World, party: &Party) -> String {
    let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    id(&world
        .post(&party.key, "/v1/signing-keys", json!({ "name": "desk", "public_key": key }))
        .await
        .is(201))
}

/// A store tells its customer why it refuses.
async fn message(world: &World) -> String {
    let store = world.store().await;
    let mut body = television("2040-02-24");
    body["claims"][0]["cause"] = json!("customer-damage");
    let ticket = world.open_ticket(&store, body).await;
    let dispute = json!({ "reason": "It broke by itself", "wish": "refund" });
    world.command(&store.key, &ticket, "escalate", dispute).await.is(200);
    world.command(&store.key, &ticket, "reject", json!({ "reason": "It was dropped" })).await.is(200);
    id(&world.get(&store.key, "/v1/messages").await.is(200)["items"][0])
}

fn id(value: &Value) -> String {
    value["id"].as_str().expect("an id").to_owned()
}

/// A body that the operation takes, so that nothing but the fence can refuse it.
fn body(operation: &str) -> Option<Value> {
    let path = match operation {
        "PUT /v1/parties/{party}/contact" | "PUT /v1/parties/{party}/limits" => return Some(json!({})),
        "PUT /v1/policy-guard" => {
            return Some(json!({ "failures_percent": 50, "min_calls": 10, "window_hours": 1 }));
        }
        "PUT /v1/parties/{party}/webhook" => {
            return Some(json!({ "url": "https://rival.example/", "secret": "a secret of the rival" }));
        }
        "PUT /v1/signing" => return Some(json!({ "required": false })),
        _ => operation.strip_prefix("POST ")?,
    };
    Some(match path {
        "/v1/messages/{message}/retry" | "/v1/messages/{message}/done" => json!({}),
        "/v1/tickets/{ticket}/claims" => json!({ "cause": "quality" }),
        "/v1/tickets/{ticket}/links" => json!({}),
        "/v1/policies/{policy}/activations" => json!({ "from": "2030-01-01" }),
        "/v1/policies/{policy}/push" => json!({ "reference": "registry.example/mine/now:1" }),
        "/v1/parts/{part}/discontinue" => json!({ "on": "2039-01-01" }),
        "/v1/parts/{part}/scrap" => {
            json!({ "place": "store:main", "condition": "good", "quantity": 1, "reason": "mine now" })
        }
        "/v1/parts/requisitions/{requisition}/postage" => {
            json!({ "amount": { "amount": 100, "currency": "CNY" }, "voucher": "V-1" })
        }
        path if path.starts_with("/v1/parts/requisitions/{requisition}/") => match path.rsplit('/').next() {
            Some("reject") => json!({ "reason": "mine now" }),
            Some("use" | "return-unused" | "old-part" | "repair") => json!({ "quantity": 1 }),
            _ => json!({}),
        },
        "/v1/shadows/{shadow}/end" => json!({}),
        "/v1/back-tests/{back_test}/cancel" => json!({}),
        "/v1/uploads/{upload}/cancel" => json!({}),
        "/v1/policies/{policy}/retire" | "/v1/activations/{activation}/retire" => json!({}),
        "/v1/activations/{activation}/rollback" => json!({ "reason": "mine now" }),
        "/v1/activations/{activation}/settings" => json!({ "settings": {} }),
        _ => match path.strip_prefix("/v1/tickets/{ticket}/claims/{claim}/") {
            Some("evidence") => json!({ "note": "mine now" }),
            Some("escalate" | "reject" | "cancel") => json!({ "reason": "mine now" }),
            Some("agree" | "approve" | "judge" | "start-work" | "complete" | "close") => json!({}),
            Some("hand-over") => json!({ "to": "me" }),
            Some("contacts/record") => {
                json!({ "direction": "incoming", "channel": "phone", "words": "mine now" })
            }
            Some("contacts/clarify") => json!({ "contact": UNKNOWN, "words": "mine now" }),
            Some("contacts/reply") => json!({ "contact": UNKNOWN, "channel": "phone", "words": "mine now" }),
            Some("complaint/find-facts") => {
                json!({ "words": "mine now", "cause": "service", "department": "mine" })
            }
            Some("complaint/settle") => json!({ "amends": "apology", "words": "mine now" }),
            Some("complaint/resolve") => json!({ "justified": false, "reason": "mine now" }),
            Some(path) if path.starts_with("complaint/") => json!({ "words": "mine now" }),
            Some("stock/arrange") => json!({ "from": "us", "expected_on": "2040-04-01" }),
            Some("stock/ask-again") => {
                json!({ "channel": "phone", "words": "mine now", "still_wanted": false })
            }
            Some("stock/reply" | "stock/notify") => json!({ "channel": "phone", "words": "mine now" }),
            Some("stock/collect") => json!({ "by": "me" }),
            Some("stock/decline") => json!({ "reason": "mine now" }),
            Some("stock/confirm" | "stock/start-transfer" | "stock/arrive") => json!({}),
            Some("training/plan") => json!({ "on": "2040-04-01", "trainer": "me", "topics": ["mine"] }),
            Some("training/hold") => json!({ "trainer": "me", "topics": ["mine"], "participants": ["me"] }),
            Some("training/proficient") => json!({ "words": "mine now" }),
            Some("follow-ups/done") => json!({ "follow_up": UNKNOWN, "channel": "phone" }),
            Some("follow-ups/skip") => json!({ "follow_up": UNKNOWN, "reason": "mine now" }),
            Some("returns/pack") => {
                json!({ "receiving_unit": "a", "consignee": "b", "returning_unit": "c", "cartons": [[{ "model": "m", "pieces": 1 }]] })
            }
            Some("returns/ship") => json!({ "carrier": "c", "waybill": "w" }),
            Some("returns/receive" | "returns/record-unapproved") => {
                json!({ "counted": [{ "model": "m", "pieces": 1 }] })
            }
            Some("returns/inspect") => json!({ "results": [] }),
            Some("returns/send-back") => {
                json!({ "pieces": [{ "model": "m", "pieces": 1 }], "carrier": "c", "reason": "r" })
            }
            Some("returns/redirect") => json!({ "carrier": "c", "reason": "r" }),
            Some("returns/record-anomaly") => json!({ "kind": "damage", "pieces": 1 }),
            Some("findings/record") => json!({ "kind": "rule-violation", "evidence": "e" }),
            Some("findings/confirm") => json!({ "finding": UNKNOWN }),
            Some("findings/drop" | "findings/appeal") => json!({ "finding": UNKNOWN, "reason": "r" }),
            Some("findings/review") => json!({ "finding": UNKNOWN, "outcome": "upheld", "reason": "r" }),
            Some("recovery/advance") => {
                json!({ "what": "freight", "amount": { "amount": 1, "currency": "CNY" }, "reference": "F-1" })
            }
            Some("upstream") => json!({ "respondent": UNKNOWN }),
            Some("counter/ready" | "counter/collect" | "counter/post" | "counter/unrepairable") => json!({}),
            Some("counter/delay") => json!({ "until": "2041-01-01" }),
            Some("notices/stop") => json!({ "sequence": 1 }),
            Some("survey/ask") => json!({ "channel": "phone" }),
            Some("survey/answer") => json!({ "score": 1, "satisfied": false }),
            Some("hold/begin") => json!({ "reason": "awaiting-parts", "note": "mine now" }),
            Some("charges/quote") => json!({ "items": [{ "kind": "part", "code": "P" }] }),
            Some("charges/disclose") => json!({ "to": "me", "channel": "phone" }),
            Some("charges/consent") => json!({ "by": "me" }),
            Some("charges/refuse") => json!({ "by": "me", "reason": "mine now" }),
            Some("charges/reject") => json!({ "reason": "mine now" }),
            Some("charges/collect" | "charges/hand-in") => {
                json!({ "amount": { "amount": 1, "currency": "CNY" }, "receipt": "R" })
            }
            Some("jobs/dispatch") => {
                json!({ "purpose": "repair", "task": "mine now", "people": [{ "name": "me" }] })
            }
            Some("jobs/schedule") => {
                json!({ "from": "2040-03-05T02:00:00Z", "until": "2040-03-05T03:00:00Z", "agreed_with": "me" })
            }
            Some("jobs/parts") => json!({ "parts": [] }),
            Some("jobs/problem") => json!({ "what": "w", "proposal": "p", "demand": "d" }),
            Some("jobs/end") => json!({ "solved": "yes", "words": "mine now" }),
            Some("jobs/sign") => json!({ "by": "me" }),
            Some("jobs/report-back") => json!({ "words": "mine now" }),
            Some("jobs/expenses") => json!({ "vouchers": [] }),
            Some("jobs/decline-signature" | "jobs/reject-expenses" | "jobs/call-off") => {
                json!({ "reason": "mine now" })
            }
            Some(step) if step.starts_with("jobs/") => json!({}),
            Some("hold/resume" | "charges/approve") => json!({}),
            _ => panic!("{operation}: teach this test a body for it"),
        },
    })
}

/// Operations that make something new of the caller's own: nothing of ours can be named in the path. What
/// their bodies may name is tried below.
const MAKES: [&str; 23] = [
    "POST /v1/signing-keys",
    "PUT /v1/signing",
    "POST /v1/parties",
    "POST /v1/keys",
    "POST /v1/dealerships",
    "POST /v1/units",
    "POST /v1/parts",
    "POST /v1/parts/postings",
    "POST /v1/parts/receipts",
    "POST /v1/parts/stock-takes",
    "POST /v1/parts/requisitions",
    "POST /v1/parts/disposals",
    // Names a party in its query, which is tried below too.
    "GET /v1/parts/required-stock",
    "POST /v1/policies",
    "POST /v1/back-tests",
    "POST /v1/uploads/pull",
    "POST /v1/tickets",
    "POST /v1/clock/advance",
    "POST /v1/shadows",
    "PUT /v1/policy-guard",
    "DELETE /v1/policy-guard",
    "POST /v1/receipt-keys/rotate",
    "POST /v1/what-if",
];

/// Lists: a stranger's hold nothing of ours.
const LISTS: [&str; 30] = [
    "GET /v1/uploads",
    "GET /v1/signing-keys",
    "GET /v1/signing",
    "GET /v1/parties",
    "GET /v1/keys",
    "GET /v1/dealerships",
    "GET /v1/units",
    "GET /v1/parts",
    "GET /v1/parts/postings",
    "GET /v1/parts/receipts",
    "GET /v1/parts/stock-takes",
    "GET /v1/parts/stock",
    "GET /v1/parts/held",
    "GET /v1/parts/requisitions",
    "GET /v1/parts/disposals",
    "GET /v1/policies",
    "GET /v1/activations",
    "GET /v1/limits",
    "GET /v1/back-tests",
    "GET /v1/tickets",
    "GET /v1/deadlines",
    "GET /v1/messages",
    "GET /v1/follow-ups",
    "GET /v1/reports/daily",
    "GET /v1/reports/service-level",
    "GET /v1/reports/complainants",
    "GET /v1/reports/causes",
    "GET /v1/clock",
    "GET /v1/policy-guard",
    "GET /v1/shadows",
];

async fn nobody_passes_a_fence(database: Database) {
    let world = World::open(&database).await;
    let brand = world.brand().await;
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(&brand, &dealer, "dealer").await;
    let ours = Ours::new(&world, &brand, &dealer).await;
    // A rival of the same kind, with tickets, units and policies of its own.
    let rival = world.brand().await;
    let powerless = json!({ "name": "nothing", "scopes": [] });
    let powerless = world.post(&dealer.key, "/v1/keys", powerless).await.is(201);
    let powerless = powerless["secret"].as_str().expect("a secret");

    let api = world.get(&rival.key, "/openapi.json").await.is(200);
    let mut walked = 0;
    for (path, item) in api["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("operations").keys() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
            let operation = format!("{method} {path}");
            walked += 1;
            let filled = ours.fill(path);
            let anonymous = without_key(&world, &method, &filled).await;
            if OPEN.contains(&operation.as_str()) {
                assert_eq!(anonymous, 200, "{operation}");
                continue;
            }
            assert_eq!(anonymous, 401, "{operation}");
            let by = async |key: &str, body: Option<Value>| -> Answer {
                let request = world.request(method.clone(), key, &filled);
                world
                    .send(match body {
                        Some(body) => request.json(&body),
                        None => request,
                    })
                    .await
            };
            if !ANY_KEY.contains(&operation.as_str()) {
                // Refused before its body is looked at.
                let refused = by(powerless, None).await.refused(403, "missing-scope");
                assert!(refused["scope"].is_string(), "{operation}");
            }
            if path.contains('{') {
                let hidden = by(&rival.key, body(&operation)).await;
                assert_eq!(hidden.status, 404, "{operation}: {:#}", hidden.body);
                hidden.refused(404, "not-found");
            } else if LISTS.contains(&operation.as_str()) {
                let listed = by(&rival.key, None).await;
                assert_eq!(listed.status, 200, "{operation}");
                for (name, id) in &ours.ids {
                    assert!(!listed.text.contains(id), "{operation} shows our {name}");
                }
            } else {
                assert!(MAKES.contains(&operation.as_str()), "{operation}: teach this test what it is");
            }
        }
    }
    assert!(walked > 30, "{walked} operations");
    nothing_of_ours_can_be_named(&world, &ours, &brand, &rival).await;
    // Whatever the rival tried, ours is as it was.
    world.get(&brand.key, &ours.fill("/v1/tickets/{ticket}")).await.is(200);
    world.get(&brand.key, "/v1/keys").await.is(200);
    world.close().await;
}

/// Bodies that name something of ours are refused as if it did not exist.
async fn nothing_of_ours_can_be_named(world: &World, ours: &Ours, brand: &Party, rival: &Party) {
    let unknown = UNKNOWN;
    let as_if_unknown = async |path: &str, body: &dyn Fn(&str) -> Value, named: &str| {
        let hidden = world.post(&rival.key, path, body(named)).await;
        let missing = world.post(&rival.key, path, body(unknown)).await;
        assert!(hidden.status.is_client_error(), "{path}: {:#}", hidden.body);
        for part in ["type", "title", "detail", "errors", "field"] {
            assert_eq!(hidden.body[part], missing.body[part], "{path}");
        }
    };
    let unit = |brand: &str| json!({ "category": "c", "model": "m", "brand": brand });
    as_if_unknown("/v1/units", &unit, &brand.id).await;
    let claim = |respondent: &str| {
        let product = json!({ "category": "downlight", "model": "DL-9" });
        json!({ "product": product, "claims": [{ "respondent": respondent, "cause": "quality" }] })
    };
    as_if_unknown("/v1/tickets", &claim, &brand.id).await;
    let part = json!({ "number": "P-1", "kind": "electronic", "title": "driver" });
    world.post(&rival.key, "/v1/parts", part).await.is(201);
    let sent = |station: &str| {
        json!({ "kind": "transferred", "part": "P-1", "condition": "good", "quantity": 1,
            "from": "store:main", "to": format!("station:{station}") })
    };
    as_if_unknown("/v1/parts/postings", &sent, &ours.fill("{dealer}")).await;
    let maker = |brand: &str| json!({ "number": "P-2", "kind": "k", "title": "t", "brand": brand });
    as_if_unknown("/v1/parts", &maker, &brand.id).await;
    let drawn = |ticket: &str| {
        json!({ "ticket": ticket, "claim": ours.fill("{claim}"), "part": "P-1", "quantity": 1,
            "from": "store:main", "to": "transit", "reason": "mine now" })
    };
    as_if_unknown("/v1/parts/requisitions", &drawn, &ours.fill("{ticket}")).await;
    let gone = |requisition: &str| json!({ "requisitions": [requisition] });
    as_if_unknown("/v1/parts/disposals", &gone, &ours.fill("{requisition}")).await;
    for asked in ["brand", "dealer"] {
        let path = |id: &str| format!("/v1/parts/required-stock?{asked}={id}");
        for id in [ours.fill("{party}"), ours.fill("{dealer}"), unknown.to_owned()] {
            world.get(&rival.key, &path(&id)).await.refused(404, "not-found");
        }
    }
    let tried = |policy: &str| json!({ "candidate": policy, "until": "2040-03-20T00:00:00Z" });
    as_if_unknown("/v1/shadows", &tried, &ours.fill("{policy}")).await;
    let asked_again = |policy: &str| json!({ "candidate": policy });
    as_if_unknown("/v1/back-tests", &asked_again, &ours.fill("{policy}")).await;
    let from = |receipt: &str| json!({ "receipt": receipt });
    as_if_unknown("/v1/what-if", &from, &ours.fill("{receipt}")).await;
    let from = |ticket: &str| json!({ "ticket": ticket, "claim": ours.fill("{claim}") });
    as_if_unknown("/v1/what-if", &from, &ours.fill("{ticket}")).await;
    let from = |brand: &str| {
        let product = json!({ "category": "downlight", "model": "DL-9" });
        json!({ "facts": { "product": product, "claim": { "respondent": brand, "cause": "quality" } } })
    };
    as_if_unknown("/v1/what-if", &from, &brand.id).await;
    let about = |unit: &str| json!({ "unit": unit, "claims": [{ "cause": "quality" }] });
    as_if_unknown("/v1/tickets", &about, &ours.fill("{unit}")).await;
}

async fn without_key(world: &World, method: &Method, path: &str) -> u16 {
    let url = format!("http://{}{path}", world.host.address());
    let answer = Client::new().request(method.clone(), url).send().await.expect("an answer");
    answer.status().as_u16()
}
