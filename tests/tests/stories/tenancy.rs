//! What is not yours does not exist.

use crate::world::{World, claim_path, each, lamp, television, ticket_path};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::json;

on_both_engines!(another_partys_ticket_is_not_there);

async fn another_partys_ticket_is_not_there(database: Database) {
    let world = World::open(&database).await;
    let brand = world.brand().await;
    let dealer = world.party("dealer", "华光灯饰").await;
    let rival = world.party("dealer", "对手灯饰").await;
    world.deals(&brand, &dealer, "dealer").await;
    world.deals(&brand, &rival, "dealer").await;
    let ticket = world.open_ticket(&dealer, lamp(&brand, "2039-06-01")).await;
    let path = ticket_path(&ticket);
    let receipt = ticket["claims"][0]["receipt"].as_str().unwrap();
    let reads = [
        path.clone(),
        format!("{path}/journal"),
        format!("{path}/deadlines"),
        format!("{path}/receipts"),
        claim_path(&ticket, "verdict"),
        format!("/v1/receipts/{receipt}"),
    ];
    let nothing = world.get(&rival.key, "/v1/tickets/00000000-0000-7000-8000-000000000000").await;
    let nothing = nothing.refused(404, "not-found");
    for path in &reads {
        world.get(&dealer.key, path).await.is(200);
        world.get(&brand.key, path).await.is(200);
        let hidden = world.get(&rival.key, path).await.refused(404, "not-found");
        for field in ["type", "title", "detail"] {
            assert_eq!(hidden[field], nothing[field], "{path}");
        }
    }
    for command in [
        "evidence",
        "judge",
        "agree",
        "escalate",
        "approve",
        "reject",
        "start-work",
        "complete",
        "close",
        "cancel",
    ] {
        let body = match command {
            "escalate" | "reject" | "cancel" => json!({ "reason": "mine now" }),
            "evidence" => json!({ "note": "mine now" }),
            _ => json!({}),
        };
        world.command(&rival.key, &ticket, command, body).await.refused(404, "not-found");
    }
    assert_eq!(world.get(&rival.key, "/v1/tickets").await.is(200)["items"], json!([]));
    let listed = world.get(&brand.key, "/v1/tickets?claim_state=judged").await.is(200);
    assert_eq!(each(&listed["items"], "id"), [ticket["id"].as_str().unwrap()]);

    // What a store owes its customer is nobody else's business.
    let store = world.store().await;
    let own = world.open_ticket(&store, television("2040-02-24")).await;
    world.get(&brand.key, &ticket_path(&own)).await.refused(404, "not-found");
    world.close().await;
}
