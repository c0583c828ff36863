//! A batch of lamps goes back to its maker: counted, inspected, fined, and recovered from the supplier.

use super::super::scenes::Who::{Brand, Dealer, Supplier};
use super::{Beat, Story};
use serde_json::{Value, json};

const CLAIM: &str = "/v1/tickets/$ticket/claims/$claim";

fn path(end: &str) -> String {
    format!("{CLAIM}/{end}")
}

fn yuan(fen: i64) -> Value {
    json!({ "amount": fen, "currency": "CNY" })
}

fn pieces(key: &str, pieces: u32) -> Value {
    json!({ key: [{ "model": "ZH-600", "pieces": pieces }] })
}

pub(super) fn story() -> Story {
    let mut beats = approved();
    beats.extend(returned());
    beats.extend(fined());
    beats.extend(recovered());
    Story {
        name: "batch",
        title: "A batch of lamps goes back: counted, inspected, fined, recovered (LGT)",
        beats,
    }
}

/// Twelve lamps for 1200 yuan, broken in the box.
fn approved() -> Vec<Beat> {
    let ticket = json!({
        "reference": "DEMO-BATCH",
        "product": {
            "category": "downlight", "model": "ZH-600", "lot": "L-77", "quantity": 12, "price": yuan(120_000),
        },
        "claims": [{
            "respondent": "$brand", "cause": "quality", "asked": "credit",
            "dates": { "shipped": "$day-200" },
            "attributes": { "found": "on-opening", "label-intact": true, "repairable": false },
        }],
    });
    vec![
        Beat::post(Dealer, "opens a claim for twelve lamps, found broken on opening", "/v1/tickets", ticket)
            .keep("ticket", "/id")
            .keep("claim", "/claims/0/id")
            .expect("/claims/0/ruling", "covered")
            .show("/claims/0/ruling"),
        Beat::post(Dealer, "takes a credit", &path("agree"), json!({ "choice": 1 }))
            .expect("/claims/0/settlement/remedy", "credit")
            .expect("/claims/0/state", "awaiting-approval"),
        Beat::refused(
            Dealer,
            "ships before anybody approved",
            &path("returns/pack"),
            packed(),
            "return-not-approved",
        ),
        Beat::post(Brand, "the regional manager signs", &path("approve"), json!({})),
        Beat::post(Brand, "the order department signs", &path("approve"), json!({}))
            .expect("/claims/0/state", "approved"),
    ]
}

fn packed() -> Value {
    json!({
        "receiving_unit": "Zhonghe Lighting", "consignee": "Wang", "returning_unit": "Harbour Lamps",
        "cartons": [[{ "model": "ZH-600", "pieces": 6 }], [{ "model": "ZH-600", "pieces": 6 }]],
    })
}

fn returned() -> Vec<Beat> {
    let ship = json!({ "carrier": "德邦", "waybill": "W-1" });
    let results = json!({ "results": [{
        "model": "ZH-600", "good": 3, "defective": 5, "deliberate": 2, "cause": "quality",
        "text": "driver failed; two were smashed",
    }] });
    vec![
        Beat::post(
            Dealer,
            "packs two cartons, labels with QR codes are ready",
            &path("returns/pack"),
            packed(),
        ),
        Beat::post(Dealer, "hands them to the carrier", &path("returns/ship"), ship),
        Beat::wait(Brand, "three days on the road", 3, "days"),
        Beat::post(
            Brand,
            "counts ten, not twelve: the maker's count prevails (LGT-29)",
            &path("returns/receive"),
            pieces("counted", 10),
        )
        .expect("/claims/0/settlement/pieces", 10)
        .show("/claims/0/procedures/returns/received/differences/0"),
        Beat::post(
            Brand,
            "inspects: 3 good, 5 defective, 2 smashed on purpose",
            &path("returns/inspect"),
            results,
        )
        .expect("/claims/0/settlement/pieces", 5),
    ]
}

fn fined() -> Vec<Beat> {
    let found = json!({ "kind": "deliberate-damage", "evidence": "two lamps were smashed" });
    let head = json!({ "name": "head of service", "scopes": ["tickets:read", "tickets:write"], "roles": ["manager"] });
    let amount = |fen| json!({ "finding": "$finding", "amount": yuan(fen) });
    let review = json!({
        "finding": "$finding", "outcome": "reduced", "amount": yuan(200_000), "reason": "the first time",
    });
    const AMOUNT: &str = "/claims/0/procedures/findings/found/0/measures/0/amount";
    vec![
        Beat::post(
            Brand,
            "records the damage; the policy proposes a fine (LGT-30)",
            &path("findings/record"),
            found,
        )
        .keep("finding", "/claims/0/procedures/findings/found/0/id")
        .expect("/claims/0/procedures/findings/found/0/measures/0/proposed/at_least", yuan(200_000))
        .show("/claims/0/procedures/findings/found/0/measures/0/proposed/at_least"),
        Beat::refused(
            Brand,
            "wants less than twice the batch's value",
            &path("findings/confirm"),
            amount(199_999),
            "less-than-proposed",
        ),
        Beat::post(Brand, "confirms 2500 yuan", &path("findings/confirm"), amount(250_000)),
        Beat::post(
            Dealer,
            "appeals",
            &path("findings/appeal"),
            json!({ "finding": "$finding", "reason": "it happened on the road" }),
        ),
        Beat::refused(
            Brand,
            "the one who confirmed it reviews it",
            &path("findings/review"),
            review.clone(),
            "same-person",
        ),
        Beat::post(Brand, "names a head of service, with a key of her own", "/v1/keys", head)
            .keep("head", "/secret"),
        Beat::post(Brand, "the head of service reduces it to the least", &path("findings/review"), review)
            .person("head")
            .expect("/claims/0/procedures/findings/found/0/measures/0/standing", "reduced")
            .show(AMOUNT),
        Beat::post(Brand, "credits five lamps", &path("complete"), json!({ "note": "five lamps credited" }))
            .expect("/claims/0/state", "completed"),
        Beat::refused(Brand, "closes", &path("close"), json!({}), "goods-to-send-back"),
        Beat::post(
            Brand,
            "sends the others back (LGT-24)",
            &path("returns/send-back"),
            json!({
                "pieces": [{ "model": "ZH-600", "pieces": 5 }], "carrier": "德邦", "reason": "three work, two were smashed",
            }),
        ),
    ]
}

fn recovered() -> Vec<Beat> {
    let freight = json!({ "what": "freight", "amount": yuan(8_000), "reference": "F-1" });
    let credit = json!({ "what": "compensation", "amount": yuan(50_000), "reference": "C-1" });
    let upstream = |end: &str| format!("/v1/tickets/$upstream/claims/$upstream-claim/{end}");
    vec![
        Beat::post(
            Supplier,
            "lets the lamp maker claim",
            "/v1/dealerships",
            json!({ "dealer": "$brand", "kind": "brand" }),
        ),
        Beat::post(Brand, "notes the freight that it advanced (LGT-17)", &path("recovery/advance"), freight),
        Beat::post(Brand, "and what the dealer was credited", &path("recovery/advance"), credit),
        Beat::post(
            Brand,
            "claims both from the supplier of the drivers",
            &path("upstream"),
            json!({ "respondent": "$supplier", "reference": "DEMO-BATCH-UP" }),
        )
        .keep("upstream", "/id")
        .keep("upstream-claim", "/claims/0/id")
        .expect("/claims/0/facts/claimed", yuan(58_000))
        .show("/claims/0/facts/claimed"),
        Beat::post(
            Supplier,
            "has no policy: its manager grants the credit",
            &upstream("approve"),
            json!({ "remedy": "credit" }),
        ),
        Beat::post(Supplier, "credits it", &upstream("complete"), json!({ "note": "580.00 CNY credited" })),
        Beat::post(Brand, "closes the recovery", &upstream("close"), json!({}))
            .expect("/claims/0/state", "closed"),
        Beat::post(Brand, "closes the dealer's claim", &path("close"), json!({}))
            .expect("/claims/0/state", "closed")
            .show("/claims/0/state"),
    ]
}
