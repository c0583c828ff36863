//! A batch of lamps comes back to its brand, is counted and inspected, leads to a fine, and is recovered from
//! the supplier; goods without approval; deliveries that went wrong on the way (LGT).

use crate::world::{Answer, Party, World, claim_path, each, lamp, ticket_path};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use serde_json::{Value, json};

on_both_engines!(
    a_batch_comes_back_short_and_damaged_and_is_recovered_from_the_supplier,
    lgt_31_a_second_finding_ends_the_dealership_and_an_appeal_can_restore_it,
    lgt_27_goods_that_nobody_approved_are_only_sent_back,
    lgt_37_to_42_the_record_of_a_delivery_decides_who_bears_the_loss,
);

/// The clerks of the brand, one key for each.
struct Clerks {
    regional: String,
    orders: String,
    technician: String,
    judge: String,
    head: String,
}

impl Clerks {
    async fn of(world: &World, brand: &Party) -> Self {
        Self {
            regional: world.signer(brand, &["regional-manager"]).await,
            orders: world.signer(brand, &["order-department"]).await,
            technician: world.signer(brand, &["technical-department"]).await,
            judge: world.signer(brand, &["penalties"]).await,
            head: world.signer(brand, &["manager"]).await,
        }
    }
}

async fn brand_and_dealer(world: &World) -> (Party, Party) {
    let brand = world.brand().await;
    let dealer = world.party("dealer", "华光灯饰").await;
    world.deals(&brand, &dealer, "dealer").await;
    (brand, dealer)
}

/// Twelve lamps for 1200 yuan, broken in the box.
fn batch(brand: &Party) -> Value {
    let mut body = lamp(brand, "2039-06-01");
    body["product"]["price"] = json!({ "amount": 120_000, "currency": "CNY" });
    body["claims"][0]["attributes"] = json!({ "found": "on-opening", "label-intact": true });
    body
}

/// A credit for the batch, approved by both.
async fn approved(world: &World, dealer: &Party, clerks: &Clerks, body: Value) -> Value {
    let ticket = world.open_ticket(dealer, body).await;
    let offers = each(&ticket["claims"][0]["offers"], "remedy");
    let credit = offers.iter().position(|remedy| *remedy == "credit").expect("a credit");
    world.command(&dealer.key, &ticket, "agree", json!({ "choice": credit })).await.is(200);
    world.command(&clerks.regional, &ticket, "approve", json!({})).await.is(200);
    world.command(&clerks.orders, &ticket, "approve", json!({})).await.is(200)
}

fn cartons(contents: &[u32]) -> Value {
    let carton = |pieces: &u32| json!([{ "model": "DL-9", "pieces": pieces }]);
    json!({
        "receiving_unit": "明光照明总部", "consignee": "王工", "returning_unit": "华光灯饰",
        "cartons": contents.iter().map(carton).collect::<Vec<_>>(),
    })
}

fn counted(pieces: u32) -> Value {
    json!({ "counted": [{ "model": "DL-9", "pieces": pieces }] })
}

fn result(good: u32, defective: u32, deliberate: u32) -> Value {
    json!({ "results": [{
        "model": "DL-9", "good": good, "defective": defective, "deliberate": deliberate,
        "cause": "quality", "text": "驱动损坏；部分为人为破坏",
    }] })
}

fn back(pieces: u32) -> Value {
    json!({ "pieces": [{ "model": "DL-9", "pieces": pieces }], "carrier": "德邦", "reason": "检测正常" })
}

fn yuan(fen: i64) -> Value {
    json!({ "amount": fen, "currency": "CNY" })
}

async fn a_batch_comes_back_short_and_damaged_and_is_recovered_from_the_supplier(database: Database) {
    let world = World::open(&database).await;
    let (brand, dealer) = brand_and_dealer(&world).await;
    let clerks = Clerks::of(&world, &brand).await;
    let ticket = approved(&world, &dealer, &clerks, batch(&brand)).await;
    let claim = &ticket["claims"][0];
    assert_eq!(claim["settlement"]["goods_to"], "headquarters");
    assert_eq!(claim["settlement"]["pieces"], 12);
    let give = async |key: &str, command: &str, body: Value| -> Answer {
        world.command(key, &ticket, command, body).await
    };

    // LGT-28: nothing leaves unlabelled.
    let problem = give(&dealer.key, "returns/ship", json!({ "carrier": "德邦", "waybill": "W-1" })).await;
    assert_eq!(problem.refused(409, "not-packed")["rule"], "LGT-28");
    give(&dealer.key, "returns/pack", cartons(&[6, 7])).await.refused(422, "more-than-approved");
    give(&brand.key, "returns/pack", cartons(&[6, 6])).await.refused(403, "wrong-side");
    let labels = claim_path(&ticket, "returns/labels");
    world.get(&dealer.key, &labels).await.refused(409, "not-packed");
    give(&dealer.key, "returns/pack", cartons(&[6, 6])).await.is(200);
    let page = world.get(&dealer.key, &labels).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.text.matches("class=\"label\"").count(), 2);
    for text in ["明光照明总部", "王工", "华光灯饰", "Carton 2 of 2", "<svg", "<dd>12</dd>"] {
        assert!(page.text.contains(text), "{text}");
    }
    give(&dealer.key, "returns/ship", json!({ "carrier": "德邦", "waybill": "W-1" })).await.is(200);
    give(&brand.key, "complete", json!({})).await.refused(409, "goods-not-received");

    // LGT-29: two lamps fewer than stated; the brand's count prevails. LGT-36 runs from here.
    give(&dealer.key, "returns/receive", counted(12)).await.refused(403, "wrong-side");
    let seen = give(&clerks.technician, "returns/receive", counted(10)).await.is(200);
    let claim = &seen["claims"][0];
    let difference = &claim["procedures"]["returns"]["received"]["differences"][0];
    assert_eq!(*difference, json!({ "model": "DL-9", "stated": 12, "counted": 10 }));
    assert_eq!(claim["settlement"]["pieces"], 10);
    assert!(each(&claim["deadlines"], "started_by").contains(&"goods-received"), "LGT-36");
    give(&brand.key, "complete", json!({})).await.refused(409, "goods-not-inspected");
    let problem = give(&clerks.technician, "returns/inspect", result(3, 5, 3)).await;
    assert_eq!(problem.refused(422, "other-count")["rule"], "LGT-29");
    let seen = give(&clerks.technician, "returns/inspect", result(3, 5, 2)).await.is(200);
    assert_eq!(seen["claims"][0]["settlement"]["pieces"], 5, "the good and the damaged ones earn nothing");

    // LGT-30: the policy proposes twice the value of what came; a person imposes it.
    let found = json!({ "kind": "deliberate-damage", "evidence": "两只灯被砸开" });
    give(&dealer.key, "findings/record", found.clone()).await.refused(403, "wrong-side");
    let seen = give(&clerks.technician, "findings/record", found).await.is(200);
    let record = &seen["claims"][0]["procedures"]["findings"]["found"][0];
    assert_eq!(record["finding"]["batch_value"], yuan(100_000), "ten of twelve lamps");
    assert_eq!(record["finding"]["earlier"], 0);
    assert_eq!(record["measures"].as_array().unwrap().len(), 1, "not serious: no dealership ends");
    assert_eq!(record["measures"][0]["proposed"]["at_least"], yuan(200_000));
    let receipts = world.get(&dealer.key, &format!("{}/receipts", ticket_path(&ticket))).await.is(200);
    assert!(each(&receipts["items"], "id").contains(&record["receipt"].as_str().unwrap()));
    let finding = record["id"].clone();
    let fine = |fen: i64| json!({ "finding": finding, "amount": yuan(fen) });
    let problem = give(&clerks.orders, "findings/confirm", fine(250_000)).await;
    assert_eq!(problem.refused(403, "wrong-role")["role"], "penalties");
    give(&clerks.judge, "findings/confirm", fine(199_999)).await.refused(422, "less-than-proposed");
    give(&clerks.judge, "findings/confirm", fine(250_000)).await.is(200);
    let appeal = json!({ "finding": finding, "reason": "是运输途中损坏的" });
    give(&dealer.key, "findings/appeal", appeal).await.is(200);
    let mut review =
        json!({ "finding": finding, "outcome": "reduced", "amount": yuan(200_000), "reason": "初犯" });
    give(&clerks.judge, "findings/review", review.clone()).await.refused(403, "same-person");
    let seen = give(&clerks.head, "findings/review", review.clone()).await.is(200);
    let measure = &seen["claims"][0]["procedures"]["findings"]["found"][0]["measures"][0];
    assert_eq!((&measure["standing"], &measure["amount"]), (&json!("reduced"), &yuan(200_000)));
    review["outcome"] = json!("lifted");
    give(&clerks.head, "findings/review", review).await.refused(422, "invalid");

    // LGT-24: what tests well goes back before the claim is closed.
    give(&brand.key, "complete", json!({ "note": "记账五只" })).await.is(200);
    give(&brand.key, "close", json!({})).await.refused(409, "goods-to-send-back");
    give(&brand.key, "returns/send-back", back(6)).await.refused(422, "not-that-many");
    give(&brand.key, "returns/send-back", back(5)).await.is(200);

    // BUS-50: the brand advanced the freight and recovers what the claim cost from its supplier.
    recovered(&world, &brand, &dealer, &ticket).await;
    give(&brand.key, "close", json!({})).await.is(200);
    world.close().await;
}

async fn recovered(world: &World, brand: &Party, dealer: &Party, ticket: &Value) {
    let supplier = world.party("supplier", "恒流电源").await;
    world.deals(&supplier, brand, "brand").await;
    let path = claim_path(ticket, "upstream");
    let advance = |what: &str, fen: i64, reference: &str| json!({ "what": what, "amount": yuan(fen), "reference": reference });
    let freight = advance("freight", 8_000, "F-1");
    world.command(&brand.key, ticket, "recovery/advance", freight.clone()).await.is(200);
    world.command(&brand.key, ticket, "recovery/advance", freight).await.refused(422, "receipt-twice");
    let credit = advance("compensation", 50_000, "C-1");
    world.command(&brand.key, ticket, "recovery/advance", credit).await.is(200);
    // LGT-35: freight that the dealer paid is the dealer's, and not part of what the brand recovers.
    let dealers = advance("freight", 900, "SF-7");
    world.command(&dealer.key, ticket, "recovery/advance", dealers).await.is(200);

    let ask = json!({ "respondent": supplier.id, "reference": "R-1" });
    world.post(&dealer.key, &path, ask.clone()).await.refused(403, "not-to-recover");
    world.post(&supplier.key, &path, ask.clone()).await.refused(404, "not-found");
    let unknown = json!({ "respondent": brand.id });
    world.post(&brand.key, &path, unknown).await.refused(422, "invalid");
    let upstream = world.post(&brand.key, &path, ask.clone()).await.is(201);
    let claim = &upstream["claims"][0];
    assert_eq!(claim["upstream_of"]["claim"], ticket["claims"][0]["id"]);
    assert_eq!(claim["facts"]["claimed"], yuan(58_000), "the freight and the compensation");
    assert_eq!(claim["facts"]["cause"], "quality");
    assert_eq!(claim["facts"]["product"]["quantity"], 5, "the defective ones");
    assert_eq!(claim["facts"]["dates"]["shipped"]["on"], "2039-06-01");
    assert_eq!(claim["facts"]["asked"], "credit");
    assert_eq!(claim["claimant"]["kind"], "brand");
    let again = world.post(&brand.key, &path, ask).await.refused(409, "recovered-already");
    assert_eq!(again["ticket"], upstream["id"]);

    // The supplier judges it by the usual commands, and does not learn whose claim is behind it.
    let seen = world.get(&supplier.key, &ticket_path(&upstream)).await.is(200);
    assert!(seen["claims"][0]["upstream_of"].is_null());
    assert_eq!(seen["claims"][0]["state"], "escalated", "it has no policy");
    world.command(&supplier.key, &upstream, "approve", json!({ "remedy": "credit" })).await.is(200);
    world.command(&supplier.key, &upstream, "complete", json!({})).await.is(200);
    world.command(&brand.key, &upstream, "close", json!({})).await.is(200);
    let listed = world.get(&brand.key, &path).await.is(200);
    assert_eq!(listed["items"][0]["remedy"], "credit");
    assert_eq!(listed["items"][0]["respondent"]["name"], "恒流电源");
    assert_eq!(world.get(&dealer.key, &path).await.is(200)["items"], json!([]), "the brand's own affair");
    world.get(&supplier.key, &path).await.refused(404, "not-found");

    // The cost of a finding is recovered apart; once that is withdrawn, it can be tried again.
    let seen = world.get(&brand.key, &ticket_path(ticket)).await.is(200);
    let finding = &seen["claims"][0]["procedures"]["findings"]["found"][0]["id"];
    let ask = json!({ "respondent": supplier.id, "finding": finding, "claimed": yuan(100) });
    let first = world.post(&brand.key, &path, ask.clone()).await.is(201);
    world.post(&brand.key, &path, ask.clone()).await.refused(409, "recovered-already");
    world.command(&brand.key, &first, "cancel", json!({ "reason": "金额有误" })).await.is(200);
    world.post(&brand.key, &path, ask.clone()).await.is(201);
    world.post(&brand.key, &path, ask).await.refused(409, "recovered-already");
}

async fn lgt_31_a_second_finding_ends_the_dealership_and_an_appeal_can_restore_it(database: Database) {
    let world = World::open(&database).await;
    let (brand, dealer) = brand_and_dealer(&world).await;
    let clerks = Clerks::of(&world, &brand).await;
    let found = json!({ "kind": "deliberate-damage", "evidence": "灯体被砸" });
    let first = world.open_ticket(&dealer, batch(&brand)).await;
    let seen = world.command(&clerks.technician, &first, "findings/record", found.clone()).await.is(200);
    let id = |ticket: &Value| ticket["claims"][0]["procedures"]["findings"]["found"][0]["id"].clone();
    let fine = json!({ "finding": id(&seen), "amount": yuan(300_000) });
    world.command(&clerks.judge, &first, "findings/confirm", fine).await.is(200);

    // Another ticket, the same dealer: the earlier finding counts, so the policy proposes the end.
    let second = world.open_ticket(&dealer, batch(&brand)).await;
    let seen = world.command(&clerks.technician, &second, "findings/record", found).await.is(200);
    let record = &seen["claims"][0]["procedures"]["findings"]["found"][0];
    assert_eq!(record["finding"]["earlier"], 1);
    assert_eq!(record["measures"][1]["proposed"]["sanction"], "cancel-standing");
    let finding = id(&seen);
    world.open_ticket(&dealer, batch(&brand)).await;
    let end = json!({ "finding": finding, "measure": 1 });
    world.command(&clerks.judge, &second, "findings/confirm", end).await.is(200);
    let problem = world.post(&dealer.key, "/v1/tickets", batch(&brand)).await;
    let problem = problem.refused(422, "dealership-ended");
    assert_eq!((&problem["rule"], &problem["field"]), (&json!("LGT-31"), &json!("claims[0].respondent")));
    let deals = world.get(&brand.key, "/v1/dealerships").await.is(200);
    assert_eq!(deals["items"][0]["ended_rule"], "LGT-31");
    // What is open goes on: the dealer appeals, and somebody else lifts the measure.
    let appeal = json!({ "finding": finding, "measure": 1, "reason": "监控显示是搬运工" });
    world.command(&dealer.key, &second, "findings/appeal", appeal).await.is(200);
    let lift = json!({ "finding": finding, "measure": 1, "outcome": "lifted", "reason": "查实" });
    world.command(&clerks.head, &second, "findings/review", lift).await.is(200);
    let deals = world.get(&brand.key, "/v1/dealerships").await.is(200);
    assert!(deals["items"][0]["ended_at"].is_null() && deals["items"][0]["ended_rule"].is_null());
    world.open_ticket(&dealer, batch(&brand)).await;
    world.close().await;
}

async fn lgt_27_goods_that_nobody_approved_are_only_sent_back(database: Database) {
    let world = World::open(&database).await;
    let (brand, dealer) = brand_and_dealer(&world).await;
    let ticket = world.open_ticket(&dealer, batch(&brand)).await;
    assert_eq!(ticket["claims"][0]["ruling"], "covered");
    let problem = world.command(&brand.key, &ticket, "returns/receive", counted(12)).await;
    assert_eq!(problem.refused(409, "return-not-approved")["rule"], "LGT-27");
    let seen = world.command(&brand.key, &ticket, "returns/record-unapproved", counted(12)).await.is(200);
    let claim = &seen["claims"][0];
    assert_eq!(claim["ruling"], "not-covered", "the policy was told");
    assert_eq!(each(&claim["reasons"], "rule"), ["LGT-27"]);
    assert_eq!(each(&claim["offers"], "remedy"), ["return-to-sender"]);
    let problem = world.command(&brand.key, &ticket, "returns/inspect", result(0, 12, 0)).await;
    assert_eq!(problem.refused(409, "return-not-processed")["rule"], "LGT-27");
    let found = json!({ "kind": "unauthorised-return", "evidence": "未经批准返货 12 只" });
    world.command(&brand.key, &ticket, "findings/record", found).await.is(200);
    world.command(&brand.key, &ticket, "close", json!({})).await.refused(409, "goods-to-send-back");
    world.command(&brand.key, &ticket, "returns/send-back", back(12)).await.is(200);
    let closed = world.command(&brand.key, &ticket, "close", json!({})).await.is(200);
    assert_eq!(closed["claims"][0]["state"], "closed");
    world.close().await;
}

async fn lgt_37_to_42_the_record_of_a_delivery_decides_who_bears_the_loss(database: Database) {
    let world = World::open(&database).await;
    let (brand, dealer) = brand_and_dealer(&world).await;
    let delivery = |cause: &str| {
        let mut body = lamp(&brand, "2040-02-20");
        body["claims"][0]["cause"] = json!(cause);
        body["claims"][0]["attributes"] = json!({});
        body
    };
    let record = async |ticket: &Value, body: Value| {
        world.command(&dealer.key, ticket, "returns/record-anomaly", body).await.is(200)["claims"][0].clone()
    };
    let signed = json!({ "by": "司机赵师傅", "at": "2040-03-05T01:00:00Z" });

    // LGT-39: damage is taken back where the liable unit and the signed record are there.
    let ticket = world.open_ticket(&dealer, delivery("transit")).await;
    assert_eq!(ticket["claims"][0]["ruling"], "facts-missing");
    let damage = json!({ "kind": "damage", "pieces": 3, "delivered": 1000, "signed": signed, "liable_unit": "德邦", "document": "YC-1" });
    let claim = record(&ticket, damage).await;
    assert_eq!(claim["ruling"], "covered", "{claim:#}");
    assert!(each(&claim["reasons"], "rule").contains(&"LGT-39"));
    assert_eq!(claim["procedures"]["returns"]["anomalies"][0]["signed"]["by"], "司机赵师傅");

    // LGT-15, LGT-40: twelve of forty are broken; the carrier pays, and the brand says so.
    let ticket = world.open_ticket(&dealer, delivery("transit")).await;
    let damage = json!({ "kind": "damage", "pieces": 12, "delivered": 40, "signed": signed });
    let claim = record(&ticket, damage).await;
    assert_eq!(claim["ruling"], "not-covered");
    assert!(each(&claim["reasons"], "rule").contains(&"LGT-40"));
    let redirect = json!({ "carrier": "德邦", "reason": "大面积损坏，凭记录向托运公司索赔" });
    world
        .command(&dealer.key, &ticket, "returns/redirect", redirect.clone())
        .await
        .refused(403, "wrong-side");
    let seen = world.command(&brand.key, &ticket, "returns/redirect", redirect).await.is(200);
    assert_eq!(seen["claims"][0]["procedures"]["returns"]["redirected"]["carrier"], "德邦");

    // LGT-38: pieces are missing and nobody is liable; the third working day is too late.
    for (reported, ruling) in [("2040-03-02", "referred"), ("2040-03-05", "not-covered")] {
        let ticket = world.open_ticket(&dealer, delivery("shortage")).await;
        let shortage = json!({
            "kind": "shortage", "pieces": 2, "dates": { "received": "2040-02-29", "reported": reported },
        });
        let claim = record(&ticket, shortage).await;
        assert_eq!(claim["ruling"], ruling, "{reported}");
        assert!(each(&claim["reasons"], "rule").contains(&"LGT-38"));
    }
    let ticket = world.open_ticket(&dealer, delivery("shortage")).await;
    let late = json!({ "kind": "loss", "pieces": 2, "signed": { "by": "赵", "at": "2040-03-06T00:00:00Z" } });
    let problem = world.command(&dealer.key, &ticket, "returns/record-anomaly", late).await;
    assert_eq!(problem.refused(422, "signed-later")["rule"], "LGT-37");
    world.close().await;
}
