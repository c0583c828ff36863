//! Parties, dealers and units, and who sees whom.

use crate::host::{Host, ask, get, post, unit};
use axum::http::Method;
use serde_json::json;

#[tokio::test]
async fn partners_see_each_other_and_strangers_do_not_exist() {
    let host = Host::new().await;
    let (brand, dealer) = (host.party("brand", "Lamps").await, host.party("dealer", "Corner").await);
    let stranger = host.party("brand", "Bulbs").await;
    host.deal(&brand, &dealer).await;
    let show = |who: &str, key: &str| host.send(get(&format!("/v1/parties/{who}")).key(key));
    assert_eq!(show(&brand.id, &dealer.key).await.expect(200)["name"], "Lamps");
    assert_eq!(show(&dealer.id, &brand.key).await.expect(200)["kind"], "dealer");
    let unknown = show("00000000-0000-7000-8000-00000000ffff", &dealer.key).await;
    for got in [show(&stranger.id, &dealer.key).await, show("nonsense", &dealer.key).await] {
        assert_eq!(got.problem(404), "not-found");
        assert_eq!(got.json()["detail"], unknown.json()["detail"]);
    }
    let names = |listed: serde_json::Value| {
        let items = listed["items"].as_array().unwrap().clone();
        let mut names: Vec<_> = items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names(host.send(get("/v1/parties").key(&dealer.key)).await.expect(200)), ["Corner", "Lamps"]);
    let mut all = Vec::new();
    let mut query = String::from("?limit=2");
    loop {
        let page = host.send(get(&format!("/v1/parties{query}")).key(&host.admin)).await.expect(200);
        let next = page["next_cursor"].as_str().map(str::to_owned);
        all.extend(names(page));
        match next {
            Some(cursor) => query = format!("?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    all.sort();
    assert_eq!(all, ["Bulbs", "Corner", "Lamps", "Sanbao"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_party_is_told_field_by_field() {
    let host = Host::new().await;
    let body = json!({"kind": "consumer", "name": " ", "jurisdiction": "China", "calendar": {"time_zone": "Nowhere/Land"}});
    let got = host.send(post("/v1/parties", body).key(&host.admin)).await;
    assert_eq!(got.problem(422), "invalid");
    assert_eq!(got.fields(), ["name", "kind", "jurisdiction", "calendar.time_zone"]);
    assert!(got.json()["errors"][3]["message"].as_str().unwrap().contains("Nowhere/Land"));
}

#[tokio::test]
async fn a_dealership_begins_once_and_can_end_and_begin_again() {
    let host = Host::new().await;
    let (brand, dealer) = (host.party("brand", "Lamps").await, host.party("dealer", "Corner").await);
    let name = || post("/v1/dealerships", json!({"dealer": dealer.id, "kind": "dealer"})).key(&brand.key);
    host.send(name()).await.expect(201);
    assert_eq!(host.send(name()).await.problem(409), "dealership-exists");
    let end = || ask(Method::DELETE, &format!("/v1/dealerships/{}", dealer.id)).key(&brand.key);
    host.send(end()).await.expect(204);
    assert_eq!(host.send(end()).await.problem(404), "not-found");
    host.send(name()).await.expect(201);
    let listed = host.send(get("/v1/dealerships").key(&dealer.key)).await.expect(200);
    assert_eq!(listed["items"][0]["brand"], brand.id.as_str());
    let own = json!({"dealer": brand.id, "kind": "dealer"});
    assert_eq!(host.send(post("/v1/dealerships", own).key(&brand.key)).await.fields(), ["dealer"]);
    let nobody = json!({"dealer": "00000000-0000-7000-8000-00000000ffff", "kind": "dealer"});
    assert_eq!(host.send(post("/v1/dealerships", nobody).key(&brand.key)).await.problem(404), "not-found");
}

#[tokio::test]
async fn a_unit_is_seen_by_its_owner_and_its_brand_only() {
    let host = Host::new().await;
    let (brand, dealer) = (host.party("brand", "Lamps").await, host.party("dealer", "Corner").await);
    let stranger = host.party("brand", "Bulbs").await;
    let mut body = unit("A1");
    body["brand"] = brand.id.as_str().into();
    assert_eq!(host.send(post("/v1/units", body.clone()).key(&dealer.key)).await.fields(), ["brand"]);
    host.deal(&brand, &dealer).await;
    let made = host.send(post("/v1/units", body.clone()).key(&dealer.key)).await;
    let shown = made.expect(201);
    let path = made.headers["location"].to_str().unwrap();
    assert_eq!(shown["dates"]["sold"]["on"], "2024-05-01");
    for key in [&dealer.key, &brand.key] {
        assert_eq!(host.send(get(path).key(key)).await.expect(200), shown);
        let found = host.send(get("/v1/units?serial=A1").key(key)).await.expect(200);
        assert_eq!(found["items"][0], shown);
    }
    assert_eq!(host.send(get(path).key(&stranger.key)).await.problem(404), "not-found");
    let found = host.send(get("/v1/units?serial=A1").key(&stranger.key)).await.expect(200);
    assert_eq!(found["items"], json!([]));
    assert_eq!(host.send(post("/v1/units", body).key(&dealer.key)).await.problem(409), "serial-taken");
    let mut many = unit("A2");
    many["quantity"] = 2.into();
    assert_eq!(host.send(post("/v1/units", many).key(&dealer.key)).await.fields(), ["quantity"]);
}
