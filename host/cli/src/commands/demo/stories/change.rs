//! The coach maker thinks of a shorter warranty: it tries the change on its history, beside its live calls, puts it
//! in force, and takes it back.

use super::super::scenes::Who::BusMaker;
use super::{Beat, Story};
use serde_json::{Value, json};

fn shorter() -> Value {
    json!({ "warranty-months": 12, "warranty-kilometres": 50_000, "complaint-rate-target": "5" })
}

fn breakdown() -> Value {
    json!({
        "reference": "DEMO-CHANGE",
        "customer": { "name": "周师傅", "phone": "+86 136 0000 0000" },
        "product": { "category": "coach", "model": "C-12", "serial": "LK6-0009" },
        "claims": [{
            "cause": "quality", "asked": "repair", "fault": "The heater stays cold",
            "dates": { "sold": "$day-360", "reported": { "on": "$day", "at": "$now" } },
            "history": { "usage": [{ "amount": 70_000, "unit": "kilometres" }] },
            "attributes": { "system": "body", "distance-km": 10, "dismantled": false },
        }],
    })
}

pub(super) fn story() -> Story {
    let mut beats = on_history();
    beats.extend(beside_live());
    beats.extend(in_force_and_back());
    Story { name: "change", title: "A maker tries a shorter warranty before it judges anybody", beats }
}

fn on_history() -> Vec<Beat> {
    let activation =
        json!({ "from": "$day+1", "settings": shorter(), "back_test": { "max_changed_percent": 0 } });
    vec![
        Beat::post(
            BusMaker,
            "tries 12 months and 50,000 km on its whole history",
            "/v1/back-tests",
            json!({ "candidate": "$policy-bus-maker", "settings": shorter() }),
        )
        .keep("test", "/id"),
        Beat::until(
            BusMaker,
            "decisions asked again, answered otherwise, percent",
            "/v1/back-tests/$test",
            ("/state", json!("finished")),
        )
        .show("/found/asked")
        .show("/found/changed")
        .show("/found/changed_percent"),
        Beat::get(BusMaker, "of what kind", "/v1/back-tests/$test").show("/found/changes"),
        Beat::refused(
            BusMaker,
            "puts it in force, provided that nothing changes",
            "/v1/policies/$policy-bus-maker/activations",
            activation,
            "back-test-changed-too-much",
        ),
    ]
}

fn beside_live() -> Vec<Beat> {
    let claim = |end: &str| format!("/v1/tickets/$ticket/claims/$claim/{end}");
    vec![
        Beat::post(
            BusMaker,
            "lets it run beside the live calls",
            "/v1/shadows",
            json!({ "candidate": "$policy-bus-maker", "until": "$now+48h", "interfaces": ["coverage"], "settings": shorter() }),
        )
        .keep("shadow", "/id"),
        Beat::post(BusMaker, "a coach breaks down at 70,000 km", "/v1/tickets", breakdown())
            .keep("ticket", "/id")
            .keep("claim", "/claims/0/id")
            .expect("/claims/0/ruling", "covered")
            .show("/claims/0/ruling"),
        Beat::until(
            BusMaker,
            "the shadow would have answered otherwise",
            "/v1/shadows/$shadow",
            ("/changed", json!(1)),
        )
        .show("/changes"),
        Beat::post(BusMaker, "ends the shadow", "/v1/shadows/$shadow/end", json!({})).expect("/status", "ended"),
        Beat::get(BusMaker, "asks why the coach is covered", &claim("explain")).show("/summary"),
    ]
}

fn in_force_and_back() -> Vec<Beat> {
    vec![
        Beat::post(
            BusMaker,
            "puts it in force for what is sold from tomorrow on",
            "/v1/activations/$activation-bus-maker/settings",
            json!({ "from": "$day+1", "settings": { "warranty-months": 12, "warranty-kilometres": 50_000 } }),
        )
        .keep("shorter", "/id")
        .show("/from"),
        Beat::wait(BusMaker, "two days later", 48, "hours"),
        Beat::post(
            BusMaker,
            "takes it back: the competitor gives 24",
            "/v1/activations/$shorter/rollback",
            json!({ "reason": "The competitor gives 24 months" }),
        )
        .show("/settings/warranty-months"),
    ]
}
