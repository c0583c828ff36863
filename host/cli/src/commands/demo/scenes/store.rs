//! Customers at a store's counter.

use super::Who::Store;
use super::{Days, Scene};
use serde_json::{Value, json};

/// A claim on something sold some days ago, with everything that the store looks at in order.
fn sold(days: &Days, ago: i64, category: &str, yuan: i64, claim: Value) -> Value {
    let mut body = json!({
        "customer": { "name": "王芳", "phone": "+86 138 0000 0000" },
        "product": {
            "category": category,
            "model": "M-1",
            "quantity": 1,
            "price": { "amount": yuan * 100, "currency": "CNY" },
        },
        "claims": [{
            "asked": "unspecified",
            "cause": "quality",
            "dates": { "sold": days.ago(ago) },
            "attributes": {
                "resale-unaffected": true,
                "traces-of-use": false,
                "custom-made": false,
                "packaging-intact": true,
                "accessories-complete": true,
                "warranty-card": true,
                "special-price": false,
                "gift": false,
            },
        }],
    });
    merge(&mut body["claims"][0], claim);
    body
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

pub(super) fn scenes(days: &Days) -> Vec<Scene> {
    let fine = json!({ "cause": "no-fault" });
    vec![
        Scene::new(
            "DEMO-S01",
            Store,
            "kettle, day 3, does not heat",
            sold(days, 3, "kettle", 199, json!({ "asked": "refund" })),
        )
        .gets("covered", "refund", &["STO-07"])
        .agreed("approved")
        .then(Store, "complete", json!({ "note": "199.00 CNY paid back" }), "completed")
        .then(Store, "close", json!({}), "closed"),
        Scene::new(
            "DEMO-S02",
            Store,
            "blender, day 5, works, as new",
            sold(days, 5, "blender", 349, fine.clone()),
        )
        .gets("covered", "refund", &["STO-06"])
        .agreed("approved"),
        Scene::new(
            "DEMO-S03",
            Store,
            "headphones, day 20, one side silent",
            sold(days, 20, "headphones", 499, json!({ "asked": "replace" })),
        )
        .gets("covered", "replace", &["STO-08"])
        .agreed("approved")
        .then(Store, "start-work", json!({}), "in-work")
        .then(Store, "complete", json!({ "note": "new pair" }), "completed")
        .then(Store, "hand-over", json!({ "to": "王芳" }), "handed-over")
        .then(Store, "close", json!({}), "closed"),
        Scene::new(
            "DEMO-S04",
            Store,
            "desk lamp, day 30: a gap in the rules",
            sold(days, 30, "lamp", 129, json!({})),
        )
        .gets("covered", "replace", &["STO-08"]),
        Scene::new("DEMO-S05", Store, "rice cooker, day 60", sold(days, 60, "rice-cooker", 299, json!({})))
            .gets("covered", "repair", &["STO-09"])
            .agreed("approved")
            .then(Store, "start-work", json!({}), "in-work"),
        Scene::new("DEMO-S06", Store, "fan, day 200", sold(days, 200, "fan", 159, json!({}))).gets(
            "not-covered",
            "repair",
            &["STO-10", "STO-05"],
        ),
        Scene::new(
            "DEMO-S07",
            Store,
            "phone, day 2, dropped by the customer",
            sold(days, 2, "phone", 1999, json!({ "cause": "customer-damage", "asked": "replace" })),
        )
        .gets("not-covered", "repair", &["STO-14"]),
        Scene::new(
            "DEMO-S08",
            Store,
            "jacket, day 4, works, special price",
            sold(
                days,
                4,
                "jacket",
                99,
                json!({ "cause": "no-fault", "attributes": { "special-price": true } }),
            ),
        )
        .gets("not-covered", "", &["STO-15"]),
        Scene::new(
            "DEMO-S09",
            Store,
            "curtain, day 3, works, custom-made",
            sold(
                days,
                3,
                "curtain",
                420,
                json!({ "cause": "no-fault", "attributes": { "custom-made": true } }),
            ),
        )
        .gets("not-covered", "", &["STO-12"]),
        Scene::new("DEMO-S10", Store, "tablet, day 9, works", sold(days, 9, "tablet", 2499, fine)).gets(
            "not-covered",
            "",
            &["STO-06"],
        ),
        Scene::new(
            "DEMO-S11",
            Store,
            "toaster, no receipt",
            sold(days, 0, "toaster", 149, json!({ "dates": { "sold": null } })),
        )
        .gets("facts-missing", "", &["STO-17"]),
        Scene::new(
            "DEMO-S12",
            Store,
            "monitor, day 40, customer insists on exchange",
            sold(days, 40, "monitor", 1299, json!({ "asked": "replace" })),
        )
        .gets("covered", "repair", &["STO-09", "STO-08"])
        .then(
            Store,
            "escalate",
            json!({ "reason": "It failed three times in a week; I want a new one.", "wish": "replace" }),
            "escalated",
        )
        .then(Store, "approve", json!({ "note": "goodwill" }), "escalated")
        .then(Store, "approve", json!({}), "approved"),
        Scene::new(
            "DEMO-S13",
            Store,
            "speaker, day 50, cannot be repaired",
            sold(days, 50, "speaker", 399, json!({ "attributes": { "unrepairable": true } })),
        )
        .gets("referred", "replace", &["STO-29"])
        .then(Store, "approve", json!({ "remedy": "refund" }), "approved"),
    ]
}

/// A repair that takes longer than the rules allow.
pub(super) fn late_repair(days: &Days) -> Scene {
    Scene::new(
        "DEMO-S14",
        Store,
        "vacuum, day 45, repair takes 8 days",
        sold(days, 45, "vacuum", 899, json!({})),
    )
    .gets("covered", "repair", &["STO-09"])
    .agreed("approved")
    .then(Store, "start-work", json!({}), "in-work")
    .days(8)
    .missed()
}
