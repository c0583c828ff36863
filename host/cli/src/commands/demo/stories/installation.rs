//! An air conditioner is installed, and the maker calls twice within a month.

use super::super::scenes::Who::ApplianceMaker;
use super::{Beat, Story};
use serde_json::json;

fn path(end: &str) -> String {
    format!("/v1/tickets/$ticket/claims/$claim/{end}")
}

pub(super) fn story() -> Story {
    let mut beats = installed();
    beats.extend(followed_up());
    Story {
        name: "installation",
        title: "An air conditioner is installed, with two follow-up visits within a month (HAI)",
        beats,
    }
}

fn installed() -> Vec<Beat> {
    let ticket = json!({
        "reference": "DEMO-INSTALL",
        "customer": { "name": "陈静", "phone": "+86 136 0000 0000" },
        "product": { "category": "air-conditioner", "model": "KFR-35", "serial": "BS-35-0042" },
        "claims": [{ "matter": "installation", "dates": { "sold": "$day-1" } }],
    });
    let order = json!({
        "purpose": "installation", "task": "Install the unit in the bedroom",
        "site": { "address": "中山路 3 号", "contact": "陈静", "phone": "13600000000" },
        "because": { "reason": "Installation is free with the purchase" },
        "people": [{ "name": "周工" }],
    });
    let found = json!({
        "heard": { "used_for": "A bedroom", "circumstances": "New" },
        "checked": { "cause": "no-fault", "words": "Cools in four minutes" },
    });
    let end = json!({ "solved": "yes", "words": "Installed, tested, explained" });
    vec![
        Beat::post(
            ApplianceMaker,
            "an air conditioner was sold: free delivery and installation (HAI-02)",
            "/v1/tickets",
            ticket,
        )
        .keep("ticket", "/id")
        .keep("claim", "/claims/0/id"),
        Beat::post(
            ApplianceMaker,
            "the quote: nothing to pay (HAI-02)",
            &path("charges/quote"),
            json!({ "items": [{ "kind": "labour", "code": "install", "quantity": "1",
                                "price": { "amount": 20_000, "currency": "CNY" } }] }),
        ),
        Beat::post(ApplianceMaker, "sends a fitter", &path("jobs/dispatch"), order),
        Beat::post(
            ApplianceMaker,
            "fixes a time",
            &path("jobs/schedule"),
            json!({ "from": "$now+1h", "until": "$now+3h", "agreed_with": "陈静" }),
        ),
        Beat::wait(ApplianceMaker, "on the way", 1, "hours"),
        Beat::post(ApplianceMaker, "sets off", &path("jobs/depart"), json!({})),
        Beat::post(ApplianceMaker, "arrives", &path("jobs/arrive"), json!({})),
        Beat::post(ApplianceMaker, "tries it out", &path("jobs/findings"), found),
        Beat::post(
            ApplianceMaker,
            "it is installed: two visits are planned (HAI-03)",
            &path("jobs/end"),
            end,
        )
        .keep("first", "/claims/0/procedures/follow_ups/all/0/id")
        .keep("second", "/claims/0/procedures/follow_ups/all/1/id")
        .show("/claims/0/procedures/follow_ups/all/0/title")
        .show("/claims/0/procedures/follow_ups/all/1/title"),
        Beat::post(ApplianceMaker, "the customer signs", &path("jobs/sign"), json!({ "by": "陈静" })),
    ]
}

fn followed_up() -> Vec<Beat> {
    let done = |which: &str| {
        json!({
            "follow_up": which, "channel": "phone", "satisfied": true,
            "answers": ["yes", "yes", "none", "yes"],
        })
    };
    vec![
        Beat::refused(
            ApplianceMaker,
            "makes the second visit at once",
            &path("follow-ups/done"),
            done("$second"),
            "follow-up-too-early",
        ),
        Beat::wait(ApplianceMaker, "ten days", 10, "days"),
        Beat::post(
            ApplianceMaker,
            "calls: in place, works, no trouble (HAI-04)",
            &path("follow-ups/done"),
            done("$first"),
        )
        .expect("/claims/0/procedures/follow_ups/all/0/state", "done")
        .show("/claims/0/procedures/follow_ups/all/0/state"),
        Beat::wait(ApplianceMaker, "ten more", 10, "days"),
        Beat::post(ApplianceMaker, "calls again: zero trouble", &path("follow-ups/done"), done("$second"))
            .expect("/claims/0/procedures/follow_ups/all/1/state", "done")
            .show("/claims/0/procedures/follow_ups/all/1/state"),
    ]
}
