//! Answers in the short form that tables state them in.

use sanbao_domain::approval::ApprovalPlan;
use sanbao_domain::calendar::Calendar;
use sanbao_domain::case::{Citation, Obligation};
use sanbao_domain::service_level::Milestone;
use sanbao_domain::time::{Span, Timestamp};
use sanbao_domain::verdict::{Charge, Leg, Offer, Scope, Verdict};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

/// Parts of an answer by name.
pub(crate) type Short = Map<String, Json>;

/// `ruling`, `until`, `cover` ("sold + 15 days, STO-07"), `offers` (see [`offer`]), `missing`, `refer-to`,
/// `cites`, `notes`; and of the first offer `grounds`, `conditions`, `obligations` (rule ids), `freight`
/// ("advanced by respondent, LGT-17": the way to the respondent) and `freight-back` ("advanced by respondent").
pub(crate) fn verdict(verdict: &Verdict, calendar: &Calendar) -> Short {
    let first = verdict.offers.first();
    let mut short = Short::new();
    let mut put = |name: &str, value: Json| short.insert(name.to_owned(), value);
    put("ruling", word(verdict.ruling));
    if let Some(cover) = &verdict.cover {
        put("until", json!(calendar.last_day(cover.starts, cover.term).unwrap()));
        let basis = word(cover.basis);
        put("cover", json!(format!("{} + {}, {}", plain(&basis), span(cover.term), cover.rule)));
    }
    put("offers", verdict.offers.iter().map(offer).collect());
    put("missing", verdict.missing.iter().map(|missing| missing.fact.as_str()).collect());
    put("refer-to", json!(verdict.refer_to));
    put("cites", ids(&verdict.citations));
    put("notes", ids(&verdict.notes));
    put("grounds", first.map_or(json!([]), |offer| ids(&offer.citations)));
    let conditions = first.map(|offer| offer.conditions.iter().map(|term| term.rule.as_str()).collect());
    put("conditions", conditions.unwrap_or(json!([])));
    put("obligations", first.map_or(json!([]), |offer| behind(&offer.obligations)));
    if let Some(freight) = first.and_then(|offer| offer.freight.as_ref()) {
        let leg = |leg: Leg| format!("{} by {}", plain(&word(leg.settlement)), plain(&word(leg.payer)));
        let there = freight.there.map(leg).unwrap_or_else(|| "not settled".to_owned());
        put("freight", json!(format!("{there}, {}", freight.rule)));
        put("freight-back", json!(freight.back.map(leg)));
    }
    short
}

/// `steps` (roles in order), `goods-to`, `obligations` (rule ids), `cites`.
pub(crate) fn plan(plan: &ApprovalPlan) -> Short {
    Short::from_iter([
        ("steps".to_owned(), plan.steps.iter().map(|step| step.role.as_str()).collect()),
        ("goods-to".to_owned(), word(plan.goods_to)),
        ("obligations".to_owned(), behind(&plan.obligations)),
        ("cites".to_owned(), ids(&plan.citations)),
    ])
}

/// `milestones` ("repair-finished: completed within 1 weeks"), `cites` of all, and with a start, the instants
/// from which each is `overdue`.
pub(crate) fn milestones(milestones: &[Milestone], at: Option<Timestamp>, calendar: &Calendar) -> Short {
    let stated = |milestone: &Milestone| {
        let met_by = word(milestone.met_by);
        format!("{}: {} within {}", milestone.id, plain(&met_by), span(milestone.due))
    };
    let mut short = Short::from_iter([
        ("milestones".to_owned(), milestones.iter().map(stated).collect()),
        (
            "cites".to_owned(),
            milestones.iter().flat_map(|one| &one.citations).map(|one| &*one.rule).collect(),
        ),
    ]);
    if let Some(at) = at {
        let due = milestones.iter().map(|one| json!(calendar.due(at, one.due).unwrap())).collect();
        short.insert("overdue".to_owned(), due);
    }
    short
}

/// "repair", "repair of parts", "repair quoted", "replace if order-department grants it".
fn offer(offer: &Offer) -> String {
    let remedy = word(offer.remedy);
    let mut text = plain(&remedy).to_owned();
    if offer.scope == Scope::Parts {
        text.push_str(" of parts");
    }
    if offer.charge == Charge::Quoted {
        text.push_str(" quoted");
    }
    if let Some(role) = &offer.discretion {
        text.push_str(&format!(" if {role} grants it"));
    }
    text
}

fn span(span: Span) -> String {
    format!("{} {}", span.amount, plain(&word(span.unit)))
}

fn ids(citations: &[Citation]) -> Json {
    citations.iter().map(|citation| citation.rule.as_str()).collect()
}

fn behind(obligations: &[Obligation]) -> Json {
    obligations.iter().map(|obligation| obligation.rule.as_str()).collect()
}

fn word(value: impl Serialize) -> Json {
    serde_json::to_value(value).unwrap()
}

fn plain(word: &Json) -> &str {
    word.as_str().unwrap()
}
