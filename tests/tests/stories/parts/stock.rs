//! Stock: received, counted, lent to stations (BUS-44…46, 49), kept and required (LGT-43, 44), repaired (LGT-46, 47).

use super::{REQUISITIONS, coach, coach_maker, form, held, list_part, pumps, requisition, step};
use crate::world::{World, each, lamp, words};
use sanbao_tests::database::Database;
use sanbao_tests::{on_both_engines, packs};
use serde_json::{Value, json};

on_both_engines!(
    bus_44_the_book_equals_the_stock,
    bus_49_a_station_has_an_account_apart,
    lgt_43_a_discontinued_part_is_kept_for_its_term,
    lgt_44_a_dealer_falls_short_of_the_required_stock,
    lgt_47_a_repaired_part_goes_to_the_pool_and_is_never_sold,
);

async fn bus_44_the_book_equals_the_stock(database: Database) {
    let world = World::open(&database).await;
    let maker = coach_maker(&world).await;
    pumps(&world, &maker).await;
    let lines = json!([{ "part": "DP-1", "quantity": 1 }]);
    let again = world.post(&maker.key, "/v1/parts/receipts", form("R-1", "drawn", lines.clone())).await;
    again.refused(409, "form-booked");
    let mut unproved = form("R-2", "exchange", lines);
    unproved["voucher"] = Value::Null;
    let refused =
        world.post(&maker.key, "/v1/parts/receipts", unproved).await.refused(422, "voucher-missing");
    assert_eq!((refused["rule"].as_str(), refused["field"].as_str()), (Some("BUS-46"), Some("voucher")));
    let unknown = json!([{ "part": "DP-9", "quantity": 1 }]);
    let refused = world.post(&maker.key, "/v1/parts/receipts", form("R-3", "purchase", unknown)).await;
    assert_eq!(refused.refused(422, "invalid")["errors"][0]["field"], "lines[0].part");

    let sheet = |reason: Value| {
        let counts = json!([{ "part": "DP-1", "condition": "good", "counted": 4, "reason": reason }]);
        json!({ "place": "store:main", "counted_by": "王", "counts": counts })
    };
    let refused = world.post(&maker.key, "/v1/parts/stock-takes", sheet(Value::Null)).await;
    assert_eq!(refused.refused(422, "difference-unexplained")["rule"], "BUS-44");
    let taken = world.post(&maker.key, "/v1/parts/stock-takes", sheet(json!("搬运损坏"))).await.is(201);
    assert_eq!(
        (taken["differences"][0]["book"].as_i64(), taken["differences"][0]["counted"].as_i64()),
        (Some(5), Some(4))
    );
    assert_eq!(held(&world, &maker, "DP-1", "store:main", "good").await, 4);
    assert_eq!(held(&world, &maker, "DP-1", "difference", "good").await, 1);
    let kept = world.get(&maker.key, "/v1/parts/stock-takes").await.is(200);
    assert_eq!(kept["items"][0]["id"], taken["id"]);

    // The same request again is the same answer, and nothing is booked twice.
    let lines = json!([{ "part": "DP-1", "quantity": 2 }]);
    let once = || {
        let request = world.request(reqwest::Method::POST, &maker.key, "/v1/parts/receipts");
        request.header("idempotency-key", "r4").json(&form("R-4", "purchase", lines.clone()))
    };
    let first = world.send(once()).await;
    let second = world.send(once()).await;
    assert!(second.replayed && first.text == second.text);
    assert_eq!(held(&world, &maker, "DP-1", "store:main", "good").await, 6);
    world.close().await;
}

async fn bus_49_a_station_has_an_account_apart(database: Database) {
    let world = World::open(&database).await;
    let maker = coach_maker(&world).await;
    pumps(&world, &maker).await;
    let station = world.party("service-station", "城南服务站").await;
    let account = format!("station:{}", station.id);
    let sent = json!({
        "kind": "transferred", "part": "DP-1", "condition": "good", "quantity": 2, "from": "store:main", "to": account,
    });
    world.post(&maker.key, "/v1/parts/postings", sent.clone()).await.refused(422, "invalid");
    world.deals(&maker, &station, "service-station").await;
    world.post(&maker.key, "/v1/parts/postings", sent.clone()).await.is(201);
    assert_eq!(held(&world, &maker, "DP-1", "store:main", "good").await, 3);
    assert_eq!(held(&world, &maker, "DP-1", &account, "good").await, 2);
    let shelf = world.get(&maker.key, &format!("/v1/parts/stock?place={account}")).await.is(200);
    assert_eq!(shelf["items"][0]["quantity"], 2);
    let own = world.get(&station.key, "/v1/parts/held").await.is(200);
    assert_eq!(
        (own["items"][0]["owner"].as_str(), own["items"][0]["quantity"].as_i64()),
        (Some(maker.id.as_str()), Some(2))
    );
    assert_eq!(
        world.get(&station.key, "/v1/parts").await.is(200)["items"],
        json!([]),
        "the ledger is the maker's"
    );
    let mut too_many = sent;
    too_many["quantity"] = json!(9);
    let short = world.post(&maker.key, "/v1/parts/postings", too_many).await.refused(409, "out-of-stock");
    assert_eq!((short["held"].as_i64(), short["place"].as_str()), (Some(3), Some("store:main")));

    // Work at the station draws on its account, not on the shelf.
    let ticket = coach(&world, &maker).await;
    let mut asked = requisition(&ticket, 1, "technician:城南");
    asked["from"] = json!(account);
    let asked = world.post(&maker.key, REQUISITIONS, asked).await.is(201);
    world.post(&maker.key, &step(&asked, "approve"), json!({})).await.is(200);
    world.post(&maker.key, &step(&asked, "issue"), json!({})).await.is(200);
    assert_eq!(held(&world, &maker, "DP-1", &account, "good").await, 1);
    assert_eq!(held(&world, &maker, "DP-1", "store:main", "good").await, 3);
    world.close().await;
}

async fn lgt_43_a_discontinued_part_is_kept_for_its_term(database: Database) {
    let world = World::open(&database).await;
    let brand = world.brand().await;
    list_part(&world, &brand, json!({ "number": "DR-9", "kind": "electronic", "title": "driver" })).await;
    let lines = json!([{ "part": "DR-9", "quantity": 4 }]);
    world.post(&brand.key, "/v1/parts/receipts", form("R-1", "purchase", lines)).await.is(201);
    let scrap =
        json!({ "place": "store:main", "condition": "good", "quantity": 4, "reason": "no longer asked for" });
    let refused =
        world.post(&brand.key, "/v1/parts/DR-9/scrap", scrap.clone()).await.refused(409, "must-be-kept");
    assert_eq!(
        (refused["rule"].as_str(), refused["until"].as_str()),
        (Some("LGT-43"), None),
        "it is still made"
    );
    world.post(&brand.key, "/v1/parts/DR-9/discontinue", json!({ "on": "2037-03-05" })).await.is(200);
    let refused =
        world.post(&brand.key, "/v1/parts/DR-9/scrap", scrap.clone()).await.refused(409, "must-be-kept");
    assert_eq!(refused["until"], "2040-03-05", "three years for electronic parts");
    world.to("2040-03-06T02:00:00Z").await;
    let gone = world.post(&brand.key, "/v1/parts/DR-9/scrap", scrap).await.is(201);
    assert_eq!(gone["to"], json!({ "place": "scrap", "condition": "scrapped" }));
    world.close().await;
}

async fn lgt_44_a_dealer_falls_short_of_the_required_stock(database: Database) {
    let world = World::open(&database).await;
    let brand = world.party("brand", "明光照明").await;
    let policy = world.upload(&brand, packs::read("sanbao_lighting_pack").expect("the lighting pack")).await;
    let settings = json!({ "stock-electronic": 10, "stock-light-bar": 2 });
    world.activate(&brand, &policy, json!({ "from": "2030-01-01", "settings": settings })).await;
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(&brand, &dealer, "dealer").await;
    for (number, kind) in [("DR-9", "electronic"), ("LB-2", "light-bar")] {
        let part = json!({ "number": number, "kind": kind, "title": number, "brand": brand.id });
        list_part(&world, &dealer, part).await;
    }
    // What is of another make does not count.
    list_part(&world, &dealer, json!({ "number": "X-1", "kind": "electronic", "title": "other" })).await;
    let lines = json!([
        { "part": "DR-9", "quantity": 6 }, { "part": "LB-2", "quantity": 3 }, { "part": "X-1", "quantity": 50 },
    ]);
    world.post(&dealer.key, "/v1/parts/receipts", form("R-1", "purchase", lines)).await.is(201);
    let repaired = json!([{ "part": "DR-9", "quantity": 1, "condition": "after-sales" }]);
    world.post(&dealer.key, "/v1/parts/receipts", form("R-2", "repaired", repaired)).await.is(201);

    for (key, query) in
        [(&brand.key, format!("dealer={}", dealer.id)), (&dealer.key, format!("brand={}", brand.id))]
    {
        let report = world.get(key, &format!("/v1/parts/required-stock?{query}")).await.is(200);
        assert_eq!(
            (report["missing"].as_u64(), each(&report["items"], "kind")),
            (Some(3), vec!["electronic", "light-bar"])
        );
        let electronic = &report["items"][0];
        assert_eq!((electronic["at_least"].as_u64(), electronic["held"].as_i64()), (Some(10), Some(7)));
        assert_eq!(words(&electronic["rules"]), ["LGT-44"]);
    }
    world.get(&brand.key, "/v1/parts/required-stock").await.refused(422, "invalid");
    world.close().await;
}

async fn lgt_47_a_repaired_part_goes_to_the_pool_and_is_never_sold(database: Database) {
    let world = World::open(&database).await;
    let brand = world.brand().await;
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(&brand, &dealer, "dealer").await;
    list_part(&world, &brand, json!({ "number": "DR-9", "kind": "electronic", "title": "driver" })).await;
    let lines = |condition: &str| json!([{ "part": "DR-9", "quantity": 2, "condition": condition }]);
    let wrong = world.post(&brand.key, "/v1/parts/receipts", form("R-1", "repaired", lines("good"))).await;
    assert_eq!(wrong.refused(422, "wrong-pool")["rule"], "LGT-47");
    world.post(&brand.key, "/v1/parts/receipts", form("R-1", "repaired", lines("after-sales"))).await.is(201);
    let sale = |condition: &str| json!({ "kind": "sold", "part": "DR-9", "condition": condition, "quantity": 1, "from": "store:main" });
    let refused =
        world.post(&brand.key, "/v1/parts/postings", sale("after-sales")).await.refused(409, "never-sold");
    assert_eq!(refused["rule"], "LGT-47");
    world.post(&brand.key, "/v1/parts/postings", sale("good")).await.refused(409, "out-of-stock");
    let counts = json!([
        { "part": "DR-9", "condition": "after-sales", "counted": 1, "reason": "one is missing" },
        { "part": "DR-9", "condition": "good", "counted": 1, "reason": "one too many" },
    ]);
    let sheet = json!({ "place": "store:main", "counted_by": "王", "counts": counts });
    let refused =
        world.post(&brand.key, "/v1/parts/stock-takes", sheet).await.refused(422, "counted-as-good");
    assert_eq!(refused["rule"], "LGT-47");

    // It replaces a defective part of a dealer's claim, and the old one comes back to be repaired in turn.
    let ticket = world.open_ticket(&dealer, lamp(&brand, "2039-06-01")).await;
    let mut asked = requisition(&ticket, 1, "transit");
    asked["part"] = json!("DR-9");
    asked["condition"] = json!("after-sales");
    let asked = world.post(&brand.key, REQUISITIONS, asked).await.is(201);
    let mut state = asked.clone();
    while state["state"] == "proposed" {
        state = world.post(&brand.key, &step(&asked, "approve"), json!({})).await.is(200);
    }
    world.post(&brand.key, &step(&asked, "issue"), json!({})).await.is(200);
    world.post(&brand.key, &step(&asked, "use"), json!({ "quantity": 1 })).await.is(200);
    world.post(&brand.key, &step(&asked, "old-part"), json!({ "quantity": 1 })).await.is(200);
    let done = world.post(&brand.key, &step(&asked, "repair"), json!({ "quantity": 1 })).await.is(200);
    assert_eq!(done["old"][0]["repaired"], 1);
    assert_eq!(held(&world, &brand, "DR-9", "store:main", "after-sales").await, 2);
    assert_eq!(held(&world, &brand, "DR-9", "store:main", "good").await, 0);
    world.close().await;
}
