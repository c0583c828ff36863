//! A part is asked for, approved, drawn, used and written off (BUS-41…43, 47), its old one disposed of (BUS-48).

use super::{REQUISITIONS, coach, coach_maker, hand, held, pumps, requisition, step};
use crate::world::{World, each, words};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};

on_both_engines!(
    bus_41_a_part_is_drawn_used_and_written_off_against_the_signed_report,
    bus_43_a_mailed_part_ends_with_the_signatures_of_handler_and_leader,
);

async fn bus_41_a_part_is_drawn_used_and_written_off_against_the_signed_report(database: Database) {
    let world = World::open(&database).await;
    let maker = coach_maker(&world).await;
    pumps(&world, &maker).await;
    let staff = hand(&world, &maker, "李", &[]).await;
    let leader = hand(&world, &maker, "组长", &["leader"]).await;
    let ticket = coach(&world, &maker).await;
    let before =
        world.get(&maker.key, &format!("/v1/tickets/{}/receipts", ticket["id"].as_str().unwrap())).await;
    let before = before.is(200)["items"].as_array().unwrap().len();

    // BUS-41: staff propose, the leader approves, then the part is drawn.
    let asked = world.post(&staff, REQUISITIONS, requisition(&ticket, 2, "technician:李")).await.is(201);
    assert_eq!(
        (asked["state"].as_str(), asked["old_part"]["must_come_back"].as_bool()),
        (Some("proposed"), Some(true))
    );
    assert_eq!(
        (each(&asked["approval"], "role"), each(&asked["approval"], "rule")),
        (vec!["leader"], vec!["BUS-41"])
    );
    let receipts =
        world.get(&maker.key, &format!("/v1/tickets/{}/receipts", ticket["id"].as_str().unwrap())).await;
    assert_eq!(receipts.is(200)["items"].as_array().unwrap().len(), before + 2, "the policy was asked twice");
    let refused = world.post(&staff, &step(&asked, "issue"), json!({})).await.refused(409, "wrong-state");
    assert_eq!((refused["rule"].as_str(), words(&refused["possible"])), (Some("BUS-41"), vec![]));
    world.post(&staff, &step(&asked, "approve"), json!({})).await.refused(403, "wrong-role");
    let approved = world.post(&leader, &step(&asked, "approve"), json!({})).await.is(200);
    assert_eq!(approved["approval"][0]["signed"]["by"], "组长");
    let issued = world.post(&staff, &step(&asked, "issue"), json!({})).await.is(200);
    assert_eq!((issued["state"].as_str(), issued["open"].as_u64()), (Some("issued"), Some(2)));
    assert_eq!(held(&world, &maker, "DP-1", "store:main", "good").await, 3);
    assert_eq!(held(&world, &maker, "DP-1", "technician:李", "good").await, 2);

    // BUS-47: what was used and what was not.
    world.post(&staff, &step(&asked, "use"), json!({ "quantity": 1 })).await.is(200);
    let early = world.post(&leader, &step(&asked, "write-off"), json!({})).await.refused(409, "unaccounted");
    assert_eq!(early["rule"], "BUS-47");
    world
        .post(&staff, &step(&asked, "return-unused"), json!({ "quantity": 2 }))
        .await
        .refused(422, "too-many");
    world.post(&staff, &step(&asked, "return-unused"), json!({ "quantity": 1 })).await.is(200);

    // BUS-42: neither without the report nor without the old part.
    let refused = world.post(&leader, &step(&asked, "write-off"), json!({})).await.refused(409, "no-report");
    assert_eq!(refused["rule"], "BUS-42");
    let ticket = at_work(&world, &staff, ticket).await;
    let refused = world.post(&leader, &step(&asked, "write-off"), json!({})).await;
    assert_eq!(refused.refused(409, "report-not-signed")["rule"], "BUS-42");
    let signature = json!({ "by": "赵师傅" });
    let ticket = world.command(&staff, &ticket, "jobs/sign", signature).await.is(200);
    let refused = world.post(&leader, &step(&asked, "write-off"), json!({})).await;
    assert_eq!(refused.refused(409, "report-not-approved")["rule"], "BUS-42");
    world.command(&leader, &ticket, "jobs/approve", json!({})).await.is(200);
    let refused = world.post(&leader, &step(&asked, "write-off"), json!({})).await;
    let refused = refused.refused(409, "old-part-missing");
    assert_eq!((refused["rule"].as_str(), refused["missing"].as_u64()), (Some("BUS-42"), Some(1)));
    let back = world.post(&staff, &step(&asked, "old-part"), json!({ "quantity": 1 })).await.is(200);
    assert_eq!(back["old"][0]["scrap_from"], "2040-04-05", "a month after its return (BUS-48)");
    let done = world.post(&staff, &step(&asked, "write-off"), json!({})).await.is(200);
    assert_eq!(
        (done["state"].as_str(), done["written_off"]["report_approved_by"].as_str()),
        (Some("written-off"), Some("组长"))
    );
    assert_eq!(held(&world, &maker, "DP-1", "technician:李", "good").await, 0);
    assert_eq!(held(&world, &maker, "DP-1", "store:main", "old").await, 1);

    // BUS-48: the monthly disposal takes what retention lets go, and nothing before.
    let list = world.get(&maker.key, "/v1/parts/disposals").await.is(200);
    assert_eq!(
        (list["month"].as_str(), list["due"].as_u64(), each(&list["items"], "due")),
        (Some("2040-03"), Some(0), vec!["later"])
    );
    world.post(&staff, "/v1/parts/disposals", json!({})).await.refused(409, "nothing-due");
    let named = json!({ "requisitions": [asked["id"]] });
    let refused =
        world.post(&staff, "/v1/parts/disposals", named.clone()).await.refused(409, "not-yet-scrap");
    assert_eq!(refused["from"], "2040-04-05");
    world.to("2040-05-02T02:00:00Z").await;
    let list = world.get(&maker.key, "/v1/parts/disposals").await.is(200);
    assert_eq!((list["due"].as_u64(), each(&list["items"], "due")), (Some(1), vec!["overdue"]));
    let gone = world.post(&staff, "/v1/parts/disposals", named).await.is(201);
    assert_eq!((gone["quantity"].as_u64(), each(&gone["postings"], "kind")), (Some(1), vec!["scrapped"]));
    assert_eq!(held(&world, &maker, "DP-1", "store:main", "old").await, 0);
    let all = world.get(&maker.key, "/v1/parts/postings?part=DP-1").await.is(200);
    assert_eq!(
        each(&all["items"], "kind"),
        ["scrapped", "written-off", "old-part-back", "returned-unused", "issued", "received"]
    );
    world.close().await;
}

/// The job on site until the service has ended; its report states the pump.
async fn at_work(world: &World, staff: &str, ticket: Value) -> Value {
    let time = |minute: u32| format!("2040-03-05T03:{minute:02}:00Z");
    let order = json!({
        "purpose": "repair", "task": "门泵漏气", "site": { "address": "公交公司车库", "contact": "赵师傅" },
        "because": { "reason": "电话无法解决" }, "people": [{ "name": "李" }],
        "carries": [{ "part": "DP-1", "quantity": 2 }],
    });
    let findings = json!({
        "heard": { "used_for": "3 路公交", "circumstances": "雨后车门不动" },
        "seen": { "within_cover": true, "dismantled": false, "usage": [{ "amount": 61_234, "unit": "kilometres" }] },
        "checked": { "cause": "quality", "words": "门泵密封圈破损" },
    });
    let pump = json!({ "part": "DP-1", "name": "门泵", "quantity": 1, "reason": "漏气" });
    let steps = [
        ("dispatch", order),
        ("schedule", json!({ "from": time(0), "until": time(59), "agreed_with": "赵师傅" })),
        ("depart", json!({})),
        ("arrive", json!({})),
        ("findings", findings),
        ("parts", json!({ "parts": [pump] })),
        ("end", json!({ "solved": "yes", "words": "更换门泵", "agreed": "可以运营" })),
    ];
    let mut ticket = ticket;
    for (step, body) in steps {
        ticket = world.command(staff, &ticket, &format!("jobs/{step}"), body).await.is(200);
    }
    ticket
}

async fn bus_43_a_mailed_part_ends_with_the_signatures_of_handler_and_leader(database: Database) {
    let world = World::open(&database).await;
    let maker = coach_maker(&world).await;
    pumps(&world, &maker).await;
    let staff = hand(&world, &maker, "李", &[]).await;
    let leader = hand(&world, &maker, "组长", &["leader"]).await;
    let ticket = coach(&world, &maker).await;
    let asked = world.post(&staff, REQUISITIONS, requisition(&ticket, 1, "transit")).await.is(201);
    world.post(&leader, &step(&asked, "approve"), json!({})).await.is(200);
    world.post(&staff, &step(&asked, "issue"), json!({})).await.is(200);
    let postage = json!({ "amount": { "amount": 2200, "currency": "CNY" }, "voucher": "EMS-5" });
    world.post(&staff, &step(&asked, "postage"), postage).await.is(200);
    world.post(&staff, &step(&asked, "use"), json!({ "quantity": 1 })).await.is(200);
    let refused = world.post(&leader, &step(&asked, "write-off"), json!({})).await;
    refused.refused(409, "old-part-missing");
    let blank = json!({ "quantity": 1, "lost": " " });
    world.post(&staff, &step(&asked, "old-part"), blank).await.refused(422, "reason-missing");
    let lost = json!({ "quantity": 1, "lost": "用户已丢弃" });
    world.post(&staff, &step(&asked, "old-part"), lost).await.is(200);
    world.post(&staff, &step(&asked, "write-off"), json!({})).await.refused(403, "wrong-role");
    let done = world.post(&leader, &step(&asked, "write-off"), json!({})).await.is(200);
    assert_eq!(done["lost"][0]["handler"]["by"], "李");
    assert_eq!(done["postage"]["handler"]["by"], "李");
    assert_eq!(
        done["written_off"]["signature"],
        json!({ "role": "leader", "by": "组长", "at": done["written_off"]["signature"]["at"] })
    );
    assert_eq!(held(&world, &maker, "DP-1", "transit", "good").await, 0);
    assert_eq!(held(&world, &maker, "DP-1", "customer", "good").await, 1);
    world.close().await;
}
