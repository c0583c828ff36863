//! The customer's page: what a customer reads and does behind a link, in both languages, and who gets nowhere.

use crate::world::{Party, World, each, lamp, television, ticket_path};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, StatusCode};
use sanbao_tests::browser;
use sanbao_tests::database::{Database, Engine};
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};

on_both_engines!(
    sto_30_the_customer_reads_the_quote_and_agrees_to_it,
    bus_12_14_the_customer_signs_what_is_shown_once_the_service_has_ended,
    the_page_speaks_both_languages_and_escapes_everything,
    a_link_ends_and_can_be_revoked,
    the_page_shows_the_customers_claims_only,
    a_link_is_shown_once_and_to_its_handler_only,
);

/// A page as a browser gets it.
struct Page {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Page {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The value of a hidden field.
    fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let (_, rest) =
            self.text.split_once(&start).unwrap_or_else(|| panic!("no field {name}: {}", self.text));
        rest.split('"').next().unwrap().to_owned()
    }
}

/// A browser that follows nothing by itself.
struct Visitor<'w> {
    world: &'w World,
    client: Client,
    path: String,
}

impl<'w> Visitor<'w> {
    async fn invited(world: &'w World, store: &Party, ticket: &Value, body: Value) -> Visitor<'w> {
        let made = world.post(&store.key, &format!("{}/links", ticket_path(ticket)), body).await.is(201);
        Self::at(world, made["path"].as_str().unwrap())
    }

    fn at(world: &'w World, path: &str) -> Visitor<'w> {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { world, client, path: path.to_owned() }
    }

    async fn sent(&self, method: Method, path: &str, fields: &[(&str, &str)], site: &str) -> Page {
        let url = format!("http://{}{path}", self.world.host.address());
        let mut request = self.client.request(method.clone(), url).header("sec-fetch-site", site);
        if method == Method::POST {
            let body = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body.collect::<Vec<_>>().join("&"));
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Page { status, headers, text: response.text().await.unwrap() }
    }

    async fn reads(&self, language: &str) -> Page {
        self.sent(Method::GET, &format!("{}?lang={language}", self.path), &[], "none").await
    }

    async fn sends(&self, ticket: &Value, form: &str, fields: &[(&str, &str)]) -> Page {
        let path = self.form(ticket, form);
        self.sent(Method::POST, &path, fields, "same-origin").await
    }

    fn form(&self, ticket: &Value, form: &str) -> String {
        format!("{}/claims/{}/{form}", self.path, ticket["claims"][0]["id"].as_str().unwrap())
    }

    /// The page after a form that was taken in.
    async fn follows(&self, page: Page) -> Page {
        assert_eq!(page.status, 303, "{}", page.text);
        let path = page.header("location").to_owned();
        self.sent(Method::GET, &path, &[], "same-origin").await
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn charged(world: &World, store: &Party) -> Value {
    let ticket = world.open_ticket(store, television("2039-05-05")).await;
    let offers = ticket["claims"][0]["offers"].as_array().unwrap();
    let repair = offers.iter().position(|offer| offer["remedy"] == "repair").expect("a repair");
    let ticket = world.command(&store.key, &ticket, "agree", json!({ "choice": repair })).await.is(200);
    let items = json!({ "items": [
        { "kind": "labour", "code": "L-2", "quantity": "1.5", "price": { "amount": 8_000, "currency": "CNY" } },
        { "kind": "part", "code": "P-9", "price": { "amount": 30_000, "currency": "CNY" } },
    ] });
    world.command(&store.key, &ticket, "charges/quote", items).await.is(200)
}

async fn sto_30_the_customer_reads_the_quote_and_agrees_to_it(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = charged(&world, &store).await;
    let customer = Visitor::invited(&world, &store, &ticket, json!({})).await;
    let page = customer.reads("en").await;
    assert_eq!(page.status, 200);
    for expected in ["420.00 CNY", "120.00 CNY", "You pay when the work is done.", "I agree to this quote"] {
        assert!(page.text.contains(expected), "{expected}: {}", page.text);
    }
    let quote = page.field("quote");
    // Without a name nothing happens, and the page says so.
    let nameless = customer.sends(&ticket, "consent", &[("quote", &quote), ("lang", "en")]).await;
    assert_eq!(nameless.status, 422);
    assert!(nameless.text.contains("role=\"alert\""), "{}", nameless.text);
    let fields = [("quote", quote.as_str()), ("by", "李华"), ("lang", "en")];
    let sent = customer.sends(&ticket, "consent", &fields).await;
    let page = customer.follows(sent).await;
    assert!(page.text.contains("Your consent is on record.") && page.text.contains("Agreed to by"));
    // Whoever sends the form again is told that it was answered.
    assert_eq!(customer.sends(&ticket, "consent", &fields).await.status, 409);

    let seen = world.get(&store.key, &ticket_path(&ticket)).await.is(200);
    let quoted = &seen["claims"][0]["procedures"]["charges"][0];
    assert_eq!((&quoted["stage"], &quoted["claimant"]["by"]), (&json!("consented"), &json!("李华")));
    assert_eq!(quoted["disclosed"]["channel"], "message", "reading the page is being told");
    let journal = world.get(&store.key, &format!("{}/journal?limit=200", ticket_path(&ticket))).await.is(200);
    let entry =
        journal["items"].as_array().unwrap().iter().find(|entry| entry["event"] == "charges/consented");
    assert_eq!(entry.unwrap()["actor"]["name"], "customer");

    // Once the service is done, the page asks what it was like (STO-32).
    assert!(!page.text.contains("name=\"score\""));
    world.command(&store.key, &ticket, "start-work", json!({})).await.is(200);
    world.command(&store.key, &ticket, "complete", json!({})).await.is(200);
    let page = customer.reads("zh").await;
    assert!(page.text.contains("您对服务满意吗？") && page.text.contains("请来领取。"), "{}", page.text);
    let fields = [("score", "5"), ("satisfied", "yes"), ("experience", "better"), ("words", "很快")];
    let sent = customer.sends(&ticket, "survey", &fields).await;
    let page = customer.follows(sent).await;
    assert!(page.text.contains("谢谢您的意见。") && !page.text.contains("name=\"score\""));
    let seen = world.get(&store.key, &ticket_path(&ticket)).await.is(200);
    let answered = &seen["claims"][0]["procedures"]["survey"]["answered"];
    assert_eq!((&answered["score"], &answered["by"]), (&json!(5), &json!("customer")));
    world.close().await;
}

async fn bus_12_14_the_customer_signs_what_is_shown_once_the_service_has_ended(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let mut ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let customer = Visitor::invited(&world, &store, &ticket, json!({ "language": "en" })).await;
    let order = json!({
        "purpose": "installation", "task": "Hang the set on the wall",
        "because": { "reason": "It is too heavy to bring" }, "people": [{ "name": "小陈" }],
    });
    let visit = json!({
        "from": "2040-03-05T03:00:00Z", "until": "2040-03-05T04:00:00Z", "agreed_with": "李华",
    });
    for (step, body) in
        [("dispatch", order), ("schedule", visit), ("depart", json!({})), ("arrive", json!({}))]
    {
        ticket = world.command(&store.key, &ticket, &format!("jobs/{step}"), body).await.is(200);
    }
    let page = customer.reads("en").await;
    assert!(page.text.contains("2040-03-05 11:00"), "the time where the store is: {}", page.text);
    assert!(!page.text.contains("Sign the report"), "BUS-13");
    let job = ticket["claims"][0]["procedures"]["jobs"][0]["job"].as_str().unwrap().to_owned();
    let hash = "0".repeat(64);
    let fields = [("job", job.as_str()), ("hash", &hash), ("by", "李华"), ("lang", "en")];
    let early = customer.sends(&ticket, "sign", &fields).await;
    assert_eq!(early.status, 409, "BUS-13");

    let end = json!({ "solved": "yes", "words": "Hung and levelled" });
    world.command(&store.key, &ticket, "jobs/end", end).await.is(200);
    let page = customer.reads("en").await;
    assert!(page.text.contains("Hung and levelled") && page.text.contains("Sign the report"));
    let shown = page.field("hash");
    // The report changes after it was shown: nobody signs what they have not seen.
    let parts =
        json!({ "parts": [{ "part": "B-1", "name": "Bracket", "quantity": 1, "reason": "None there" }] });
    world.command(&store.key, &ticket, "jobs/parts", parts).await.is(200);
    let stale = [("job", job.as_str()), ("hash", &shown), ("by", "李华"), ("lang", "en")];
    let page = customer.sends(&ticket, "sign", &stale).await;
    assert_eq!(page.status, 409, "BUS-14");
    assert!(page.text.contains("The report has changed since it was shown"), "{}", page.text);
    let shown = page.field("hash");
    let fields = [("job", job.as_str()), ("hash", &shown), ("by", "李华"), ("comment", "好"), ("lang", "en")];
    let sent = customer.sends(&ticket, "sign", &fields).await;
    let page = customer.follows(sent).await;
    assert!(
        page.text.contains("You have signed the service report.") && !page.text.contains("Sign the report")
    );
    let seen = world.get(&store.key, &ticket_path(&ticket)).await.is(200);
    let signed = &seen["claims"][0]["procedures"]["jobs"][0]["report"]["signed"];
    assert_eq!((&signed["by"], &signed["hash"]), (&json!("李华"), &json!(shown)));
    world.close().await;
}

async fn the_page_speaks_both_languages_and_escapes_everything(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let mut body = television("2040-02-24");
    body["claims"][0]["cause"] = json!("customer-damage");
    body["customer"]["name"] = json!("\"><script>alert(1)</script>");
    body["product"]["model"] = json!("<img src=x onerror=alert(1)>");
    let ticket = world.open_ticket(&store, body).await;
    let customer = Visitor::invited(&world, &store, &ticket, json!({ "language": "zh" })).await;
    let own = customer.sent(Method::GET, &customer.path, &[], "none").await;
    assert_eq!(own.header("content-language"), "zh", "the link's own language");
    let (chinese, english) = (customer.reads("zh").await, customer.reads("en").await);
    assert_eq!(own.text, chinese.text);
    assert!(
        chinese.text.contains("不属于免费保修范围。")
            && english.text.contains("It is not covered free of charge.")
    );
    // The rules behind the refusal, in words (STO-25).
    let reasons = async |language: &str| {
        let path = format!(
            "{}/claims/{}/verdict",
            ticket_path(&ticket),
            ticket["claims"][0]["id"].as_str().unwrap()
        );
        let verdict = world.get_in(language, &store.key, &path).await.is(200);
        each(&verdict["reasons"], "title").join("|").replace('\'', "&#39;")
    };
    for (page, language) in [(&chinese, "zh"), (&english, "en")] {
        for title in reasons(language).await.split('|') {
            assert!(page.text.contains(title), "{title}: {}", page.text);
        }
        assert!(!page.text.contains("<script") && !page.text.contains("<img"), "{}", page.text);
        assert!(page.text.contains("&lt;img src=x onerror=alert(1)&gt;"));
        assert_eq!(page.header("content-language"), language);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert!(page.header("x-robots-tag").contains("noindex"));
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("script"));
    }
    world.close().await;
}

async fn a_link_ends_and_can_be_revoked(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = charged(&world, &store).await;
    let links = format!("{}/links", ticket_path(&ticket));
    let past = world.post(&store.key, &links, json!({ "expires_at": "2040-03-05T01:00:00Z" })).await;
    assert_eq!(past.refused(422, "invalid")["errors"][0]["field"], "expires_at");
    let short =
        Visitor::invited(&world, &store, &ticket, json!({ "expires_at": "2040-03-06T02:00:00Z" })).await;
    let long = Visitor::invited(&world, &store, &ticket, json!({})).await;
    let quote = long.reads("en").await.field("quote");
    assert_eq!(short.reads("en").await.status, 200);
    let unknown = Visitor::at(&world, &format!("/c/{}", "A".repeat(43))).reads("en").await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.header("content-security-policy").starts_with("default-src 'none'"));

    world.to("2040-03-06T02:00:00Z").await;
    let ended = short.reads("en").await;
    assert_eq!(
        (ended.status, &ended.text),
        (unknown.status, &unknown.text),
        "ended looks as if it never was"
    );
    assert_eq!(long.reads("en").await.status, 200);
    let listed = world.get(&store.key, &links).await.is(200);
    let id = listed["items"][0]["id"].as_str().unwrap();
    let gone = world.send(world.request(Method::DELETE, &store.key, &format!("{links}/{id}"))).await;
    assert_eq!(gone.status, 204);
    let revoked = long.reads("en").await;
    assert_eq!((revoked.status, &revoked.text), (unknown.status, &unknown.text));
    let fields = [("quote", quote.as_str()), ("by", "李华")];
    let late = long.sends(&ticket, "consent", &fields).await;
    assert_eq!((late.status, &late.text), (unknown.status, &unknown.text), "nor can anything be done there");
    let seen = world.get(&store.key, &ticket_path(&ticket)).await.is(200);
    assert_eq!(seen["claims"][0]["procedures"]["charges"][0]["stage"], "quoted");
    world.to("2040-04-05T02:00:00Z").await;
    let again = world.send(world.request(Method::DELETE, &store.key, &format!("{links}/{id}"))).await;
    again.refused(404, "not-found");
    world.close().await;
}

async fn the_page_shows_the_customers_claims_only(database: Database) {
    let world = World::open(&database).await;
    let (store, brand) = (world.store().await, world.brand().await);
    world.deals(&brand, &store, "dealer").await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let upstream = lamp(&brand, "2039-06-01")["claims"][0].clone();
    let ticket = world.post(&store.key, &format!("{}/claims", ticket_path(&ticket)), upstream).await.is(201);
    let theirs = ticket["claims"][1]["id"].as_str().unwrap();
    let customer = Visitor::invited(&world, &store, &ticket, json!({})).await;
    let page = customer.reads("zh").await;
    assert_eq!(page.text.matches("<section>").count(), 1);
    assert!(!page.text.contains("明光照明") && !page.text.contains(theirs), "{}", page.text);
    let path = format!("{}/claims/{theirs}/survey", customer.path);
    let fields = [("score", "5"), ("satisfied", "yes")];
    assert_eq!(customer.sent(Method::POST, &path, &fields, "same-origin").await.status, 404);
    // A form of another site, and a form that there is not, do nothing.
    let path = customer.form(&ticket, "survey");
    assert_eq!(customer.sent(Method::POST, &path, &fields, "cross-site").await.status, 403);
    assert_eq!(customer.sends(&ticket, "cancel", &[("reason", "mine now")]).await.status, 404);

    // Where no customer claims, there is no page.
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(&brand, &dealer, "dealer").await;
    let between = world.open_ticket(&dealer, lamp(&brand, "2039-06-01")).await;
    let none = world.post(&dealer.key, &format!("{}/links", ticket_path(&between)), json!({})).await;
    none.refused(409, "no-customer");
    let brands = world.post(&brand.key, &format!("{}/links", ticket_path(&between)), json!({})).await;
    brands.refused(404, "not-found");
    world.close().await;
}

async fn a_link_is_shown_once_and_to_its_handler_only(database: Database) {
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = world.open_ticket(&store, television("2040-02-24")).await;
    let links = format!("{}/links", ticket_path(&ticket));
    let make = || {
        let request = world.request(Method::POST, &store.key, &links).header("idempotency-key", "link-1");
        world.send(request.json(&json!({ "language": "en" })))
    };
    let first = make().await;
    let again = make().await;
    assert!(again.replayed && !first.replayed);
    assert_eq!(first.is(201), again.body, "the same request shows the same link");
    let listed = world.get(&store.key, &links).await;
    let token = again.body["path"].as_str().unwrap().strip_prefix("/c/").unwrap();
    assert_eq!(token.len(), 43, "256 bits");
    assert!(!listed.text.contains(token));
    assert_eq!(each(&listed.is(200)["items"], "language"), ["en"]);
    // A token is no API key.
    let key = format!("sbk_{token}");
    assert_eq!(world.get(&key, "/v1/tickets").await.status, 401);
    world.close().await;
}

/// What a real browser makes of the page: its style applies under the strict policy, and a form is there.
#[tokio::test]
async fn a_browser_shows_the_page() {
    let database = Database::new(Engine::Sqlite).await.unwrap();
    let world = World::open(&database).await;
    let store = world.store().await;
    let ticket = charged(&world, &store).await;
    let customer = Visitor::invited(&world, &store, &ticket, json!({ "language": "zh" })).await;
    let shown = browser::show(&format!("http://{}{}", world.host.address(), customer.path)).await.unwrap();
    assert!(shown.dom.contains("420.00 CNY") && shown.dom.contains("同意此报价"), "{}", shown.dom);
    assert!(shown.dom.contains("<section>"));
    assert!(!shown.log.contains("Content Security Policy"), "{}", shown.log);
    world.close().await;
}
