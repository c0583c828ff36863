//! Spare parts: drawn for a claim, written off, disposed of, repaired, lent to stations, held by dealers.

mod requisition;
mod stock;

use crate::world::{Party, World, words};
use sanbao_tests::packs;
use serde_json::{Value, json};

pub const REQUISITIONS: &str = "/v1/parts/requisitions";

/// A coach maker with its policy, and the key of its leader; its own key has every role too.
pub async fn coach_maker(world: &World) -> Party {
    let maker = world.party("brand", "客车公司").await;
    let policy = world.upload(&maker, packs::read("sanbao_bus_pack").expect("the bus pack")).await;
    let settings =
        json!({ "warranty-months": 24, "warranty-kilometres": 100_000, "complaint-rate-target": 5 });
    let whole = json!({ "from": "2030-01-01", "settings": settings });
    world.activate(&maker, &policy, whole).await;
    maker
}

/// A key that works in the store and signs for these roles.
pub async fn hand(world: &World, party: &Party, name: &str, roles: &[&str]) -> String {
    let scopes = ["tickets:read", "tickets:write", "parts:read", "parts:write"];
    let body = json!({ "name": name, "scopes": scopes, "roles": roles });
    let made = world.post(&party.key, "/v1/keys", body).await.is(201);
    made["secret"].as_str().expect("a secret").to_owned()
}

pub async fn list_part(world: &World, party: &Party, body: Value) {
    world.post(&party.key, "/v1/parts", body).await.is(201);
}

pub fn form(number: &str, source: &str, lines: Value) -> Value {
    json!({
        "number": number, "source": source, "voucher": "V-7", "delivered_by": "配套厂",
        "received_by": "王", "place": "store:main", "lines": lines,
    })
}

/// A door pump of the coach maker's, five of them on the shelf.
pub async fn pumps(world: &World, maker: &Party) {
    list_part(world, maker, json!({ "number": "DP-1", "kind": "pump", "title": "门泵 24V" })).await;
    let lines = json!([{ "part": "DP-1", "quantity": 5 }]);
    let form = world.post(&maker.key, "/v1/parts/receipts", form("R-1", "drawn", lines)).await.is(201);
    assert_eq!(words(&form["copies"]), ["keeper", "accounts"], "BUS-45: in duplicate");
}

pub async fn coach(world: &World, maker: &Party) -> Value {
    let body = json!({
        "customer": { "name": "公交公司", "phone": "13800000000" },
        "product": { "category": "coach", "model": "XMQ6127", "serial": "C-1" },
        "claims": [{ "cause": "quality", "asked": "repair", "dates": { "sold": "2039-10-01" } }],
    });
    world.open_ticket(maker, body).await
}

pub fn requisition(ticket: &Value, quantity: u32, to: &str) -> Value {
    json!({
        "ticket": ticket["id"], "claim": ticket["claims"][0]["id"], "part": "DP-1", "quantity": quantity,
        "from": "store:main", "to": to, "reason": "门泵漏气",
    })
}

pub fn step(requisition: &Value, command: &str) -> String {
    format!("{REQUISITIONS}/{}/{command}", requisition["id"].as_str().expect("an id"))
}

/// Pieces by place and condition.
pub async fn held(world: &World, party: &Party, part: &str, place: &str, condition: &str) -> i64 {
    let found = world.get(&party.key, &format!("/v1/parts/{part}/balances")).await.is(200);
    let items = found["items"].as_array().expect("balances");
    let sum: i64 = items.iter().map(|item| item["quantity"].as_i64().expect("a number")).sum();
    assert_eq!(sum, 0, "both sides agree: {found:#}");
    let here = items.iter().find(|item| item["place"] == place && item["condition"] == condition);
    here.map_or(0, |item| item["quantity"].as_i64().expect("a number"))
}
