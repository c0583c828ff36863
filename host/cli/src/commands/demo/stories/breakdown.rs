//! Two coaches break down, at 80 km and at 140 km from the service station.

use super::super::scenes::Who::BusMaker;
use super::{Beat, Story};
use serde_json::{Value, json};

pub(super) fn story() -> Story {
    let mut beats = near();
    beats.extend(far());
    Story { name: "breakdown", title: "Two coaches break down, at 80 km and at 140 km (BUS)", beats }
}

fn breakdown(reference: &str, kilometres: u32) -> Value {
    json!({
        "reference": reference,
        "customer": { "name": "赵师傅", "phone": "+86 139 0000 0000" },
        "product": { "category": "coach", "model": "C-12", "serial": "LK6-0001" },
        "claims": [{
            "cause": "unknown", "asked": "repair", "fault": "The passenger door does not close",
            "dates": { "sold": "$day-360", "reported": { "on": "$day", "at": "$now" } },
            "history": { "usage": [{ "amount": 60_000, "unit": "kilometres" }] },
            "attributes": { "system": "body", "distance-km": kilometres, "dismantled": false },
        }],
    })
}

fn order(kilometres: u32) -> Value {
    json!({
        "purpose": "repair", "task": "The passenger door does not close",
        "site": { "address": "G60, km 112", "contact": "赵师傅", "phone": "13900000000", "distance_km": kilometres },
        "because": { "reason": "The coach cannot carry passengers like this" },
        "people": [{ "name": "李工" }, { "name": "王工" }], "leader": "李工",
        "advance": { "amount": 50_000, "currency": "CNY" },
        "carries": [{ "part": "DR-7", "quantity": 2 }],
    })
}

fn visit() -> Value {
    json!({ "from": "$now+2h", "until": "$now+3h", "agreed_with": "赵师傅" })
}

fn findings() -> Value {
    json!({
        "heard": { "used_for": "Line 3, twelve hours a day", "circumstances": "Since the rain on Sunday" },
        "seen": {
            "within_cover": true, "dismantled": false,
            "usage": [{ "amount": 61_234, "unit": "kilometres" }], "attributes": { "dismantled": false },
        },
        "checked": { "cause": "quality", "words": "The relay's contacts are welded", "fault": "DR-R" },
    })
}

/// The relay is drawn from the store before people leave (BUS-41).
fn drawn() -> Vec<Beat> {
    const REQUISITION: &str = "/v1/parts/requisitions/$requisition";
    let step = |end: &str| format!("{REQUISITION}/{end}");
    let receipt = json!({
        "number": "R-1", "source": "drawn", "voucher": "V-7", "delivered_by": "配套厂", "received_by": "王",
        "place": "store:main", "lines": [{ "part": "DR-7", "quantity": 5 }],
    });
    let requisition = json!({
        "ticket": "$near", "claim": "$near-claim", "part": "DR-7", "quantity": 2,
        "from": "store:main", "to": "technician:李工", "reason": "The door relay is welded",
    });
    vec![
        Beat::post(
            BusMaker,
            "lists the door relay among its spare parts",
            "/v1/parts",
            json!({ "number": "DR-7", "kind": "relay", "title": "Door relay 24 V" }),
        ),
        Beat::post(BusMaker, "books five in, the form in duplicate (BUS-45)", "/v1/parts/receipts", receipt),
        Beat::post(BusMaker, "proposes to draw two", "/v1/parts/requisitions", requisition)
            .keep("requisition", "/id")
            .expect("/state", "proposed"),
        Beat::refused(BusMaker, "issues them unapproved (BUS-41)", &step("issue"), json!({}), "wrong-state"),
        Beat::post(BusMaker, "the leader approves", &step("approve"), json!({})),
        Beat::post(BusMaker, "the store issues them", &step("issue"), json!({}))
            .expect("/state", "issued")
            .show("/state"),
    ]
}

/// What was used is written off against the signed report and the old part (BUS-42).
fn written_off() -> Vec<Beat> {
    let step = |end: &str| format!("/v1/parts/requisitions/$requisition/{end}");
    vec![
        Beat::post(BusMaker, "one relay was used", &step("use"), json!({ "quantity": 1 })),
        Beat::post(
            BusMaker,
            "the other goes back on the shelf",
            &step("return-unused"),
            json!({ "quantity": 1 }),
        ),
        Beat::refused(
            BusMaker,
            "writes it off without the old one (BUS-42)",
            &step("write-off"),
            json!({}),
            "old-part-missing",
        ),
        Beat::post(
            BusMaker,
            "the old relay is brought back (BUS-32)",
            &step("old-part"),
            json!({ "quantity": 1 }),
        ),
        Beat::post(
            BusMaker,
            "report, approval and old part are there: written off",
            &step("write-off"),
            json!({}),
        )
        .expect("/state", "written-off")
        .show("/state"),
    ]
}

/// The path of a command on the claim of the coach whose names begin so.
fn path(coach: &str, end: &str) -> String {
    format!("/v1/tickets/${coach}/claims/${coach}-claim/{end}")
}

fn near() -> Vec<Beat> {
    let at = |end: &str| path("near", end);
    let mut beats = vec![reported()];
    beats.extend(drawn());
    beats.extend(mended());
    beats.extend(written_off());
    beats.push(
        Beat::post(BusMaker, "the repair is complete", &at("complete"), json!({}))
            .expect("/claims/0/state", "completed"),
    );
    beats.push(Beat::post(
        BusMaker,
        "the driver has the coach back",
        &at("hand-over"),
        json!({ "to": "赵师傅" }),
    ));
    beats.push(Beat::post(BusMaker, "closes", &at("close"), json!({})).expect("/claims/0/state", "closed"));
    beats
}

fn reported() -> Beat {
    Beat::post(
        BusMaker,
        "a coach is down at 80 km: people within 24 hours (BUS-06)",
        "/v1/tickets",
        breakdown("DEMO-BUS-80", 80),
    )
    .keep("near", "/id")
    .keep("near-claim", "/claims/0/id")
    .show("/claims/0/deadlines/0/title")
}

fn mended() -> Vec<Beat> {
    let at = |end: &str| path("near", end);
    let part = json!({ "part": "DR-7", "name": "Door relay", "quantity": 1, "reason": "Contacts welded" });
    let toll =
        json!({ "kind": "toll", "reference": "T-8", "amount": { "amount": 62_000, "currency": "CNY" } });
    vec![
        Beat::post(BusMaker, "sends two people, one of them leads (BUS-22)", &at("jobs/dispatch"), order(80)),
        Beat::post(BusMaker, "fixes a time with the driver", &at("jobs/schedule"), visit()),
        Beat::wait(BusMaker, "on the road", 2, "hours"),
        Beat::post(BusMaker, "sets off", &at("jobs/depart"), json!({})),
        Beat::post(BusMaker, "arrives", &at("jobs/arrive"), json!({})),
        Beat::refused(
            BusMaker,
            "asks for the signature before the service (BUS-13)",
            &at("jobs/sign"),
            json!({ "by": "赵师傅" }),
            "signature-before-end",
        ),
        Beat::post(
            BusMaker,
            "hears, looks, checks: the relay; judged anew (BUS-26…28)",
            &at("jobs/findings"),
            findings(),
        )
        .expect("/claims/0/ruling", "covered")
        .show("/claims/0/ruling"),
        Beat::post(BusMaker, "the driver takes the free repair", &at("agree"), json!({ "choice": 0 }))
            .expect("/claims/0/state", "approved"),
        Beat::post(BusMaker, "work starts", &at("start-work"), json!({})),
        Beat::post(BusMaker, "a relay is replaced", &at("jobs/parts"), json!({ "parts": [part] })),
        Beat::post(
            BusMaker,
            "the service ends",
            &at("jobs/end"),
            json!({ "solved": "yes", "words": "Relay replaced, door adjusted", "agreed": "Fit for service" }),
        ),
        Beat::post(
            BusMaker,
            "the driver signs the report (BUS-12)",
            &at("jobs/sign"),
            json!({ "by": "赵师傅" }),
        )
        .show("/claims/0/procedures/jobs/0/report/signed/hash"),
        Beat::refused(
            BusMaker,
            "changes the signed report (BUS-14)",
            &at("jobs/parts"),
            json!({ "parts": [] }),
            "report-signed",
        ),
        Beat::post(
            BusMaker,
            "reports the result before leaving (BUS-33)",
            &at("jobs/report-back"),
            json!({ "words": "The door works again" }),
        ),
        Beat::post(BusMaker, "is back", &at("jobs/return"), json!({})),
        Beat::post(BusMaker, "hands in the vouchers", &at("jobs/expenses"), json!({ "vouchers": [toll] })),
        Beat::post(BusMaker, "the leader approves the report (BUS-35)", &at("jobs/approve"), json!({})),
        Beat::post(BusMaker, "and the expenses (BUS-36)", &at("jobs/approve-expenses"), json!({})),
        Beat::post(BusMaker, "pays what the advance did not cover", &at("jobs/reimburse"), json!({}))
            .expect("/claims/0/procedures/jobs/0/stage", "archived")
            .show("/claims/0/procedures/jobs/0/expenses/balance"),
    ]
}

fn far() -> Vec<Beat> {
    let at = |end: &str| path("far", end);
    let problem = json!({ "what": "The door frame is cracked", "proposal": "Weld it in the station", "demand": "A new body" });
    vec![
        Beat::post(
            BusMaker,
            "a coach is down at 140 km: an answer within 12 hours (BUS-07)",
            "/v1/tickets",
            breakdown("DEMO-BUS-140", 140),
        )
        .keep("far", "/id")
        .keep("far-claim", "/claims/0/id")
        .show("/claims/0/deadlines/0/title"),
        Beat::wait(BusMaker, "eight hours", 8, "hours"),
        Beat::post(BusMaker, "sends the same two", &at("jobs/dispatch"), order(140)),
        Beat::post(BusMaker, "fixes a time: that is the answer", &at("jobs/schedule"), visit())
            .expect("/claims/0/deadlines/0/state", "met")
            .show("/claims/0/deadlines/0/state"),
        Beat::wait(BusMaker, "a landslide", 5, "hours"),
        Beat::post(BusMaker, "sets off", &at("jobs/depart"), json!({})),
        Beat::refused(
            BusMaker,
            "arrives late and says nothing (ZZC-11)",
            &at("jobs/arrive"),
            json!({}),
            "delay-unexplained",
        ),
        Beat::post(
            BusMaker,
            "says why",
            &at("jobs/arrive"),
            json!({ "delay": { "reason": "Landslide on the G60", "force_majeure": true } }),
        ),
        Beat::post(
            BusMaker,
            "reports a major problem, a proposal and the demand (BUS-31)",
            &at("jobs/problem"),
            problem,
        )
        .show("/claims/0/procedures/jobs/0/problems/0/demand"),
    ]
}
