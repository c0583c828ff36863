//! Claims of a store's customers that differ in what decides them, and what the store's pack answered.

use super::Failure;
use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::case::Case;
use sanbao_policy::decision::Terms;
use sanbao_policy::policy::Policy;
use sanbao_policy::question::Coverage;
use serde_json::{Value, json};
use std::sync::Arc;

/// A question that was asked, and the receipt's texts.
pub(crate) struct Asked {
    pub(crate) case: Case,
    pub(crate) input: String,
    pub(crate) output: String,
}

pub(crate) fn terms() -> Result<Terms, Failure> {
    let spec = CalendarSpec { holidays: Some("CN".into()), ..CalendarSpec::of_zone("Asia/Shanghai") };
    Ok(Terms::new(Arc::new(spec.load()?)))
}

/// Asks the policy about so many claims.
pub(crate) fn asked(policy: &Policy, terms: &Terms, count: usize) -> Result<Vec<Asked>, Failure> {
    let mut dice = Dice(11);
    (0..count)
        .map(|number| {
            let case: Case = serde_json::from_value(claim(number, &mut dice))?;
            let decision = policy.ask(terms, Coverage { case: case.clone() });
            Ok(Asked { case, input: decision.record.input, output: decision.record.output })
        })
        .collect()
}

fn claim(number: usize, dice: &mut Dice) -> Value {
    let mut pick = |words: &[&'static str]| words[dice.roll(words.len() as u64) as usize];
    let category = pick(&["television", "kettle", "washing-machine", "phone"]);
    let (asked, cause) = (
        pick(&["refund", "replace", "repair", "unspecified"]),
        pick(&["quality", "quality", "misuse", "unknown"]),
    );
    let day = |dice: &mut Dice| format!("2026-{:02}-{:02}", 1 + dice.roll(8), 1 + dice.roll(28));
    let (sold, reported) = (day(dice), day(dice));
    let attributes: Vec<Value> =
        ["packaging-intact", "accessories-complete", "warranty-card", "special-price", "gift"]
            .into_iter()
            .map(|name| json!({ "name": name, "value": { "boolean": dice.roll(4) > 0 } }))
            .collect();
    json!({
        "now": { "on": reported, "at": format!("{reported}T02:00:00Z") },
        "jurisdiction": "CN",
        "claimant": { "kind": "consumer" },
        "respondent": { "kind": "store" },
        "product": {
            "category": category, "model": format!("M-{}", number % 97), "serial": format!("S-{number}"),
            "price": { "amount": 10_000 + 100 * dice.roll(5000), "currency": "CNY" },
        },
        "dates": { "sold": sold, "reported": reported },
        "asked": asked,
        "cause": cause,
        "attributes": attributes,
    })
}

/// The same rolls in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}
