//! What differs between two answers, kind by kind, in the words that a back-test counts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::terms;
use sanbao_domain::time::Moment;
use sanbao_policy::compare::{At, Difference, outputs};
use serde_json::{Value, json};

/// Thursday, 30 May 2024, ten in the morning in Shanghai.
fn asked() -> Moment {
    serde_json::from_value(json!({ "on": "2024-05-30", "at": "2024-05-30T02:00:00Z" })).unwrap()
}

fn difference(function: &str, before: &Value, after: &Value) -> Option<Difference> {
    let calendar = terms().calendar;
    let at = At { calendar: &calendar, now: Some(asked()) };
    let output = |answer: &Value| json!({ "answer": answer }).to_string();
    outputs(function, &output(before), &output(after), at).unwrap()
}

/// The changes of the second answer against the first, and back.
fn changes(function: &str, before: &Value, after: &Value) -> (Value, Value) {
    let found = |one, other| json!(difference(function, one, other).expect("they differ").changes);
    (found(before, after), found(after, before))
}

fn cites(rule: &str, detail: &str) -> Value {
    json!([{ "rule": rule, "detail": { "zh": detail, "en": detail } }])
}

fn quote(amounts: &[(i64, &str)]) -> Value {
    let line = |(amount, currency): &(i64, &str)| {
        json!({
            "kind": "labour", "code": "L-1", "title": { "zh": "工时", "en": "Labour" }, "quantity": { "digits": 1, "scale": 0 },
            "amount": { "amount": amount, "currency": currency },
        })
    };
    json!({
        "lines": amounts.iter().map(line).collect::<Vec<_>>(), "collect": "after-work", "consent": "claimant",
        "citations": cites("STO-20", "An hour"),
    })
}

fn fine(least: Option<i64>, most: Option<i64>) -> Value {
    let money = |minor: i64| json!({ "amount": minor, "currency": "CNY" });
    let mut measure = json!({ "against": "claimant", "sanction": "fine", "citations": cites("LGT-30", "x") });
    for (name, amount) in [("at_least", least), ("at_most", most)] {
        if let Some(amount) = amount {
            measure[name] = money(amount);
        }
    }
    json!([measure])
}

fn milestone(id: &str, amount: u32, unit: &str) -> Value {
    json!({
        "id": id, "title": { "zh": "上门", "en": "On site" }, "due": { "amount": amount, "unit": unit },
        "met_by": "arrived", "citations": cites("BUS-06", "Within 100 km"),
    })
}

fn plan(roles: &[&str]) -> Value {
    let step = |role: &&str| json!({ "role": role, "by": "respondent", "rule": "BUS-34" });
    json!({ "steps": roles.iter().map(step).collect::<Vec<_>>() })
}

#[test]
fn charges_differ_by_their_total_in_each_currency() {
    let (there, back) =
        changes("charges.quote-for", &quote(&[(5_000, "CNY"), (2_500, "CNY")]), &quote(&[(9_000, "CNY")]));
    let money = |from: i64, to: i64| json!([{ "kind": "money", "of": "charges", "currency": "CNY", "from": from, "to": to }]);
    assert_eq!((there, back), (money(7_500, 9_000), money(9_000, 7_500)));
    let (there, _) = changes("charges.quote-for", &quote(&[(5_000, "CNY")]), &quote(&[(700, "EUR")]));
    assert_eq!((&there[0]["currency"], &there[0]["to"]), (&json!("CNY"), &json!(0)));
    assert_eq!(
        (&there[1]["currency"], &there[1]["from"], &there[1]["to"]),
        (&json!("EUR"), &json!(0), &json!(700))
    );
    // The same sum in other lines is not nothing.
    let (there, _) =
        changes("charges.quote-for", &quote(&[(5_000, "CNY")]), &quote(&[(2_000, "CNY"), (3_000, "CNY")]));
    assert_eq!(there, json!([{ "kind": "other" }]));
}

#[test]
fn fines_differ_at_least_and_at_most() {
    let (there, _) = changes("penalty.assess", &fine(Some(10_000), Some(50_000)), &fine(Some(20_000), None));
    assert_eq!(
        there,
        json!([
            { "kind": "money", "of": "fines-at-least", "currency": "CNY", "from": 10_000, "to": 20_000 },
            { "kind": "money", "of": "fines-at-most", "currency": "CNY", "from": 50_000, "to": 0 },
        ])
    );
    let found = difference("penalty.assess", &fine(Some(10_000), None), &json!([])).unwrap();
    assert_eq!(found.no_longer, ["LGT-30"]);
}

#[test]
fn milestones_are_earlier_or_later_by_the_calendar() {
    for (old, new, minutes) in [
        ((24, "hours"), (12, "hours"), Some(-12 * 60)),
        ((24, "hours"), (36, "hours"), Some(12 * 60)),
        // From ten in the morning to the end of the third day; a weekend lies between for working days.
        ((24, "hours"), (3, "days"), Some((38 + 48) * 60 - 24 * 60)),
        ((3, "days"), (3, "working-days"), Some(2 * 24 * 60)),
    ] {
        let set = |(amount, unit)| json!([milestone("on-site", amount, unit)]);
        let (there, back) = changes("service-level.milestones", &set(old), &set(new));
        assert_eq!(there[0]["minutes"], json!(minutes), "{old:?} → {new:?}: {there}");
        assert_eq!(back[0]["minutes"], json!(minutes.map(|minutes| -minutes)), "{back}");
    }
    let two = json!([milestone("on-site", 24, "hours"), milestone("handling", 24, "hours")]);
    let one = json!([milestone("on-site", 24, "hours")]);
    let (lost, gained) = changes("service-level.milestones", &two, &one);
    assert_eq!(
        lost,
        json!([{ "kind": "deadline", "milestone": "handling", "from": { "amount": 24, "unit": "hours" } }])
    );
    assert_eq!(
        gained,
        json!([{ "kind": "deadline", "milestone": "handling", "to": { "amount": 24, "unit": "hours" } }])
    );
}

#[test]
fn approval_differs_by_who_signs_in_which_order() {
    let (there, _) = changes("approval.plan-for", &plan(&["leader"]), &plan(&["leader", "director"]));
    assert_eq!(there, json!([{ "kind": "approval", "from": ["leader"], "to": ["leader", "director"] }]));
    let (there, _) = changes("approval.plan-for", &plan(&["a", "b"]), &plan(&["b", "a"]));
    assert_eq!(there[0]["kind"], "approval");
}

#[test]
fn texts_for_people_alone_are_wording_and_the_rest_is_not() {
    let words = |before: &Value, after: &Value| {
        let found = difference("penalty.assess", before, after).unwrap();
        (found.is_wording(), found.newly, found.no_longer)
    };
    let one = fine(Some(1), None);
    let mut other = one.clone();
    other[0]["citations"] = cites("LGT-30", "y");
    assert_eq!(words(&one, &other), (true, vec![], vec![]));
    other[0]["citations"] = cites("LGT-31", "x");
    assert_eq!(words(&one, &other), (false, vec!["LGT-31".into()], vec!["LGT-30".into()]));
    assert_eq!(difference("penalty.assess", &one, &one), None);
}

#[test]
fn a_failure_is_no_answer() {
    let calendar = terms().calendar;
    let at = At { calendar: &calendar, now: Some(asked()) };
    let failed = json!({ "failure": { "kind": "trap", "detail": "unreachable" } }).to_string();
    let answered = json!({ "answer": fine(Some(1), None) }).to_string();
    let found = outputs("penalty.assess", &answered, &failed, at).unwrap().unwrap();
    assert_eq!(found.changes[0].word(), "answered-to-failed");
    assert_eq!(
        (found.newly.as_slice(), found.no_longer.as_slice()),
        (&[] as &[String], &["LGT-30".to_owned()][..])
    );
    let found = outputs("penalty.assess", &failed, &answered, at).unwrap().unwrap();
    assert_eq!(
        (found.changes[0].word().as_ref(), found.newly.as_slice()),
        ("failed-to-answered", &["LGT-30".to_owned()][..])
    );
    assert!(outputs("penalty.guess", &answered, &failed, at).is_err());
    assert!(outputs("penalty.assess", &answered, "{}", at).is_err());
}
