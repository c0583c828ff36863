//! Answers in the short form that tables state them in.
//!
//! Spans are "3 days", money is its minor units and currency ("20000 CNY"), rules are ids, a list of words is
//! joined by "|". A clause that does not apply is left out. `cites` are the rules behind the whole answer, in
//! order. Every function says which parts it gives; a table states those that matter.

mod parts;
mod schedule;

pub(super) use parts::{keeping, measures, old_part, quote, required_stock};
pub(super) use schedule::{milestones, notices, targets, visits};

use sanbao_domain::approval::ApprovalPlan;
use sanbao_domain::calendar::{Calendar, CalendarError};
use sanbao_domain::case::{Citation, Obligation};
use sanbao_domain::money::{Decimal, Money};
use sanbao_domain::time::Span;
use sanbao_domain::verdict::{Charge, Leg, Offer, Scope, Verdict};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

/// Parts of an answer by name.
pub type Short = Map<String, Json>;

/// `ruling`, `until`, `cover` ("sold + 15 days, STO-07"), `offers` (see [`offer`]), `missing`, `refer-to`,
/// `cites`, `notes`; and of the first offer `grounds`, `conditions`, `obligations` (rule ids), `freight`
/// ("advanced by respondent, LGT-17": the way to the respondent) and `freight-back` ("advanced by respondent").
pub(super) fn verdict(verdict: &Verdict, calendar: &Calendar) -> Short {
    let first = verdict.offers.first();
    let mut short = Short::new();
    let mut put = |name: &str, value: Json| short.insert(name.to_owned(), value);
    put("ruling", word(verdict.ruling));
    if let Some(cover) = &verdict.cover {
        put("until", or_why(calendar.last_day(cover.starts, cover.term)));
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
pub(super) fn plan(plan: &ApprovalPlan) -> Short {
    Short::from_iter([
        ("steps".to_owned(), plan.steps.iter().map(|step| step.role.as_str()).collect()),
        ("goods-to".to_owned(), word(plan.goods_to)),
        ("obligations".to_owned(), behind(&plan.obligations)),
        ("cites".to_owned(), ids(&plan.citations)),
    ])
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

/// What the calendar says, or why it cannot: a table can state neither for the other by mistake.
fn or_why<T: Serialize>(found: Result<T, CalendarError>) -> Json {
    match found {
        Ok(found) => json!(found),
        Err(error) => json!(format!("none: {error}")),
    }
}

fn word(value: impl Serialize) -> Json {
    serde_json::to_value(value).unwrap_or_default()
}

fn plain(word: &Json) -> &str {
    word.as_str().unwrap_or_default()
}

/// The rules of a list's entries, in order.
fn cites<'a>(citations: impl IntoIterator<Item = &'a Vec<Citation>>) -> Json {
    citations.into_iter().flatten().map(|citation| citation.rule.as_str()).collect()
}

fn short(parts: impl IntoIterator<Item = (&'static str, Json)>) -> Short {
    parts.into_iter().map(|(name, part)| (name.to_owned(), part)).collect()
}

/// "collected|closed".
fn words<T: Serialize + Copy>(values: &[T]) -> String {
    values.iter().map(|value| plain(&word(*value)).to_owned()).collect::<Vec<_>>().join("|")
}

fn money(money: &Money) -> String {
    format!("{} {}", money.minor, money.currency)
}

/// "12.5"; whole numbers without a point.
fn decimal(decimal: Decimal) -> String {
    let scale = usize::from(decimal.scale);
    let digits = format!("{:0>1$}", decimal.digits.unsigned_abs(), scale + 1);
    let (whole, rest) = digits.split_at(digits.len() - scale);
    let rest = rest.trim_end_matches('0');
    let sign = if decimal.digits < 0 { "-" } else { "" };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}
