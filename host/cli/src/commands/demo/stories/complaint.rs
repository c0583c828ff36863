//! A passenger line complains about the service; the maker answers step by step, asks for an opinion, and
//! looks at its figures.

use super::super::scenes::Who::BusMaker;
use super::{Beat, Story};
use serde_json::json;

fn path(end: &str) -> String {
    format!("/v1/tickets/$ticket/claims/$claim/{end}")
}

pub(super) fn story() -> Story {
    let ticket = json!({
        "reference": "DEMO-COMPLAINT",
        "customer": { "name": "孙经理", "phone": "+86 137 0000 0000" },
        "product": { "category": "coach", "model": "C-12", "serial": "LK6-0007" },
        "claims": [{ "matter": "complaint", "fault": "Nobody called back for two days" }],
    });
    let words = |words: &str| json!({ "words": words });
    let beats = vec![
        Beat::post(BusMaker, "a customer complains", "/v1/tickets", ticket)
            .keep("ticket", "/id")
            .keep("claim", "/claims/0/id"),
        Beat::refused(BusMaker, "closes it right away", &path("close"), json!({}), "complaint-unresolved"),
        Beat::refused(
            BusMaker,
            "settles before hearing the customer out",
            &path("complaint/settle"),
            json!({ "amends": "apology", "words": "Sorry" }),
            "complaint-step-missing",
        ),
        Beat::post(
            BusMaker,
            "thanks the customer (FUP-07)",
            &path("complaint/thank"),
            words("Thank you for telling us"),
        ),
        Beat::post(
            BusMaker,
            "listens to the end (FUP-08)",
            &path("complaint/listen"),
            words("Two days without a call"),
        ),
        Beat::post(
            BusMaker,
            "finds the facts and the department (FUP-09, CTL-06)",
            &path("complaint/find-facts"),
            json!({ "words": "The note lay on a desk", "cause": "company-error", "department": "Marketing" }),
        ),
        Beat::post(
            BusMaker,
            "asks what is wanted (FUP-10)",
            &path("complaint/ask-wish"),
            words("An apology and a free check"),
        ),
        Beat::post(
            BusMaker,
            "makes amends (FUP-11)",
            &path("complaint/settle"),
            json!({ "amends": "token", "words": "An apology and a free check of the coach" }),
        ),
        Beat::post(
            BusMaker,
            "resolves it: the service was at fault (BUS-05)",
            &path("complaint/resolve"),
            json!({ "justified": true, "reason": "The call was promised" }),
        ),
        Beat::post(
            BusMaker,
            "asks for an opinion (STO-32)",
            &path("survey/ask"),
            json!({ "channel": "phone" }),
        ),
        Beat::post(
            BusMaker,
            "the customer is satisfied now",
            &path("survey/answer"),
            json!({ "score": 4, "satisfied": true, "experience": "better", "by": "customer" }),
        ),
        Beat::post(BusMaker, "closes", &path("close"), json!({})).expect("/claims/0/state", "closed"),
        Beat::get(
            BusMaker,
            "its figures against its targets (BUS-03…05)",
            "/v1/reports/service-level?from=$day-60",
        )
        .show("/measures/0/percent")
        .show("/measures/1/percent")
        .show("/measures/2/percent"),
    ];
    Story {
        name: "complaint",
        title: "A complaint, a survey, and the maker's figures (FUP, CTL, BUS)",
        beats,
    }
}
