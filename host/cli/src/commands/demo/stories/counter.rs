//! A television is repaired and nobody collects it: notices, until it is posted.

use super::super::scenes::Who::Store;
use super::{Beat, Story};
use serde_json::{Value, json};

fn path(end: &str) -> String {
    format!("/v1/tickets/$ticket/claims/$claim/{end}")
}

fn television() -> Value {
    json!({
        "reference": "DEMO-COUNTER",
        "customer": { "name": "李华", "email": "lihua@example.com", "address": "解放路 8 号", "language": "en" },
        "product": {
            "category": "television", "model": "TV-55", "quantity": 1,
            "price": { "amount": 299_900, "currency": "CNY" },
        },
        "claims": [{
            "asked": "repair", "cause": "quality", "dates": { "sold": "$day-45" },
            "attributes": {
                "resale-unaffected": false, "traces-of-use": true, "custom-made": false,
                "packaging-intact": true, "accessories-complete": true, "warranty-card": true,
                "special-price": false, "gift": false,
            },
        }],
    })
}

pub(super) fn story() -> Story {
    let mut beats = repaired();
    beats.extend(waiting());
    Story { name: "counter", title: "A television is repaired and nobody collects it (STO)", beats }
}

fn repaired() -> Vec<Beat> {
    let late = json!({ "until": "$day+12", "reason": "the tube comes from abroad" });
    vec![
        Beat::post(Store, "a television of 45 days does not light up", "/v1/tickets", television())
            .keep("ticket", "/id")
            .keep("claim", "/claims/0/id")
            .expect("/claims/0/ruling", "covered")
            .show("/claims/0/offers/0/remedy"),
        Beat::post(
            Store,
            "the customer takes the repair: a week (STO-16)",
            &path("agree"),
            json!({ "choice": 0 }),
        )
        .expect("/claims/0/settlement/remedy", "repair"),
        Beat::post(Store, "work starts", &path("start-work"), json!({})),
        Beat::wait(Store, "the tube does not come", 4, "days"),
        Beat::post(
            Store,
            "it will be late: the customer is told before (STO-26)",
            &path("counter/delay"),
            late,
        ),
        Beat::wait(Store, "it comes", 5, "days"),
        Beat::post(Store, "the repair is complete", &path("complete"), json!({ "note": "new tube" })),
        Beat::post(Store, "ready: the customer is told at once (STO-27)", &path("counter/ready"), json!({})),
    ]
}

fn waiting() -> Vec<Beat> {
    let post = json!({ "carrier": "SF", "waybill": "SF-77" });
    let messages = "/v1/tickets/$ticket/messages";
    vec![
        Beat::wait(Store, "nobody comes", 3, "days"),
        Beat::refused(
            Store,
            "wants to post it already",
            &path("counter/post"),
            post.clone(),
            "still-to-collect",
        ),
        Beat::wait(Store, "nobody comes", 3, "days"),
        Beat::wait(Store, "nobody comes after the third notice", 3, "days"),
        Beat::get(Store, "what was said so far, the last to the store's superior (STO-28)", messages)
            .show("/items/0/about")
            .show("/items/1/about")
            .show("/items/2/about")
            .show("/items/3/about")
            .show("/items/4/about"),
        Beat::post(Store, "posts it to the customer (STO-28)", &path("counter/post"), post)
            .expect("/claims/0/state", "handed-over")
            .show("/claims/0/procedures/counter/left/waybill"),
        Beat::post(Store, "closes", &path("close"), json!({})).expect("/claims/0/state", "closed"),
    ]
}
