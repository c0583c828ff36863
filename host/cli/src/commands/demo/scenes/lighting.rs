//! A lighting brand's dealers, who claim from the brand.

use super::Who::{Brand, Dealer, Distributor};
use super::{Days, Scene};
use serde_json::{Value, json};

/// A claim on a unit that the dealer has registered.
fn on_unit(serial: &str, claim: Value) -> Value {
    json!({ "unit": format!("${serial}"), "claims": [against_brand(claim)] })
}

/// A claim on some pieces of a delivery.
fn on_delivery(category: &str, pieces: u32, claim: Value) -> Value {
    json!({
        "product": { "category": category, "model": "ZH-D60", "lot": "L-2207", "quantity": pieces },
        "claims": [against_brand(claim)],
    })
}

fn against_brand(mut claim: Value) -> Value {
    claim["respondent"] = json!("$brand");
    claim
}

/// Units that the dealers register before the story begins: serial, owner, category, days since production.
pub(in crate::commands::demo) fn units() -> [(&'static str, super::Who, &'static str, i64); 4] {
    [
        ("ZH-P-0001", Dealer, "panel-lamp", 400),
        ("ZH-P-0002", Dealer, "panel-lamp", 1500),
        ("ZH-B-0003", Dealer, "rigid-light-bar", 900),
        ("ZH-P-0004", Distributor, "panel-lamp", 300),
    ]
}

pub(super) fn scenes(days: &Days) -> Vec<Scene> {
    let used = |cause: &str, attributes: Value| json!({ "asked": "repair", "cause": cause, "attributes": attributes });
    let in_use = json!({ "label-intact": true, "found": "in-use", "goods-class": "ordinary", "electronic-part": true });
    vec![
        Scene::new(
            "DEMO-L01",
            Dealer,
            "panel lamp, 400 days, driver failed",
            on_unit("ZH-P-0001", used("quality", in_use.clone())),
        )
        .gets("covered", "repair", &["LGT-09"])
        .agreed("awaiting-approval")
        .then(Brand, "approve", json!({ "note": "region agrees" }), "awaiting-approval")
        .then(Brand, "approve", json!({}), "approved")
        .then(Brand, "start-work", json!({ "goods_received_at": days.this_morning() }), "in-work")
        .then(Brand, "complete", json!({ "note": "driver replaced" }), "completed")
        .then(Brand, "hand-over", json!({ "to": "dealer's van" }), "handed-over")
        .then(Brand, "close", json!({}), "closed"),
        Scene::new(
            "DEMO-L02",
            Dealer,
            "panel lamp, 1500 days, repairable",
            on_unit(
                "ZH-P-0002",
                used("quality", json!({ "label-intact": true, "found": "in-use", "repairable": true })),
            ),
        )
        .gets("not-covered", "repair", &["LGT-50"]),
        Scene::new(
            "DEMO-L03",
            Dealer,
            "rigid light bar, 900 days, dealer's stock",
            on_unit("ZH-B-0003", used("quality", in_use.clone())),
        )
        .gets("covered", "repair", &["LGT-09"])
        .agreed("awaiting-approval")
        .then(Brand, "approve", json!({}), "awaiting-approval")
        .then(Brand, "approve", json!({}), "approved")
        .then(Brand, "start-work", json!({ "goods_received_at": days.this_morning() }), "in-work"),
        Scene::new(
            "DEMO-L10",
            Dealer,
            "rigid light bar, sold 800 days ago, customer",
            on_delivery(
                "rigid-light-bar",
                1,
                json!({
                    "claimant": { "kind": "consumer" },
                    "asked": "replace",
                    "cause": "quality",
                    "dates": { "sold": days.ago(800) },
                    "attributes": in_use.clone(),
                }),
            ),
        )
        .gets("not-covered", "repair", &["LGT-05"]),
        Scene::new(
            "DEMO-L04",
            Dealer,
            "panel lamp, 400 days, over-voltage",
            on_unit("ZH-P-0001", used("environment", in_use.clone())),
        )
        .gets("not-covered", "repair", &["LGT-19"]),
        Scene::new(
            "DEMO-L05",
            Dealer,
            "panel lamp, 400 days, label torn off",
            on_unit("ZH-P-0001", used("quality", json!({ "label-intact": false, "found": "in-use" }))),
        )
        .gets("referred", "repair", &["LGT-10"]),
        Scene::new(
            "DEMO-L06",
            Dealer,
            "60 of 200 tubes broken in transit",
            on_delivery(
                "tube",
                60,
                json!({
                    "cause": "transit",
                    "dates": { "received": days.ago(1) },
                    "attributes": { "delivered-pieces": 200 },
                }),
            ),
        )
        .gets("not-covered", "redirect-to-carrier", &["LGT-15"]),
        Scene::new(
            "DEMO-L07",
            Dealer,
            "wrong goods, unopened, received yesterday",
            on_delivery(
                "downlight",
                40,
                json!({
                    "asked": "replace",
                    "cause": "wrong-delivery",
                    "dates": { "received": days.ago(1) },
                    "attributes": { "package-unopened": true },
                }),
            ),
        )
        .gets("covered", "replace", &["LGT-16"])
        .agreed("awaiting-approval")
        .then(
            Brand,
            "reject",
            json!({ "reason": "The order form names the model that was sent." }),
            "rejected",
        ),
        Scene::new(
            "DEMO-L08",
            Dealer,
            "wrong goods, received 4 days ago",
            on_delivery(
                "downlight",
                40,
                json!({
                    "asked": "replace",
                    "cause": "wrong-delivery",
                    "dates": { "received": days.ago(4) },
                    "attributes": { "package-unopened": true },
                }),
            ),
        )
        .gets("not-covered", "", &["LGT-16"]),
        Scene::new(
            "DEMO-L09",
            Distributor,
            "distributor, panel lamp, 300 days",
            on_unit("ZH-P-0004", used("quality", in_use)),
        )
        .gets("covered", "repair", &["LGT-09"])
        .agreed("awaiting-approval")
        .then(Brand, "approve", json!({}), "approved"),
    ]
}
