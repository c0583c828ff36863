//! Answers: the contract's types into those of the domain. What the domain's types cannot hold (a day that
//! does not exist, a decimal of a hundred places) is a failure here; what they can hold but no policy may say
//! is found by the invariants.

use super::ask::same_cases;
use super::exports::{approval, coverage, service_level};
use super::imported::types as wit;
use crate::failure::Failure;
use sanbao_domain::approval::{ApprovalPlan, ApprovalStep};
use sanbao_domain::case::{
    CaseEvent, Channel, Citation, Destination, Obligation, Remedy, Side, Usage, UseUnit, Value,
};
use sanbao_domain::money::Decimal;
use sanbao_domain::service_level::{Bound, Measure, Milestone, Pause, Target};
use sanbao_domain::text::Text;
use sanbao_domain::time::{Date, Span, SpanUnit, Timestamp};
use sanbao_domain::verdict::{
    Basis, Charge, Cover, Freight, Leg, MissingFact, Offer, Ruling, Scope, Settlement, Term, Verdict,
};

same_cases! {
    span_unit: wit::SpanUnit => SpanUnit { Minutes Hours Days WorkingDays Weeks Months Years }
    use_unit: wit::UseUnit => UseUnit { Kilometres Hours Cycles }
    side: wit::Side => Side { Claimant Respondent Carrier Upstream }
    remedy: wit::Remedy => Remedy { Repair Replace Refund Credit ReturnToSender RedirectToCarrier Decline }
    channel: wit::Channel => Channel { Phone Written Message InPerson OnSite Post }
    destination: wit::Destination => Destination { Stays Store Dealer Agent ServiceStation Headquarters Carrier Supplier }
    event: wit::Event => CaseEvent {
        Reported Opened Judged Agreed Escalated Approved Rejected Dispatched GoodsReceived Inspected WorkStarted
        Replied Arrived Delayed Completed ReadyToCollect Collected HandedOver Closed Cancelled Installed
        ComplaintReceived CallUnresolved StockRequested StockConfirmed StockArrived TrainingHeld Serviced
        Proficient Unrepairable Signed Posted OldPartReturned Paid SurveyAnswered
    }
    ruling: coverage::Ruling => Ruling { Covered NotCovered FactsMissing Referred }
    basis: coverage::Basis => Basis { Produced Shipped Sold Installed Received Reported Renewed }
    charge: coverage::Charge => Charge { Free Quoted }
    settlement: coverage::Settlement => Settlement { Borne Advanced Reimbursed }
    scope: coverage::Scope => Scope { Whole Parts }
    pause: service_level::Pause => Pause { AwaitingClaimant AwaitingParts AwaitingSupplier AwaitingCarrier ForceMajeure }
    measure: service_level::Measure => Measure { Timeliness Satisfaction JustifiedComplaints }
    bound: service_level::Bound => Bound { AtLeast AtMost }
}

pub(crate) fn verdict(verdict: coverage::Verdict) -> Result<Verdict, Failure> {
    Ok(Verdict {
        ruling: ruling(verdict.ruling),
        cover: verdict.cover.map(cover).transpose()?,
        offers: all(verdict.offers, offer),
        missing: all(verdict.missing, |missing| MissingFact {
            fact: missing.fact,
            why: text(missing.why),
            rule: missing.rule,
        }),
        refer_to: verdict.refer_to,
        citations: all(verdict.citations, citation),
        notes: all(verdict.notes, citation),
    })
}

pub(crate) fn plan(plan: approval::Plan) -> ApprovalPlan {
    ApprovalPlan {
        steps: all(plan.steps, |step| ApprovalStep {
            role: step.role,
            by: side(step.by),
            within: step.within.map(span),
            rule: step.rule,
        }),
        goods_to: destination(plan.goods_to),
        obligations: all(plan.obligations, obligation),
        citations: all(plan.citations, citation),
    }
}

pub(crate) fn milestones(milestones: Vec<service_level::Milestone>) -> Vec<Milestone> {
    all(milestones, |milestone| Milestone {
        id: milestone.id,
        title: text(milestone.title),
        due: span(milestone.due),
        met_by: event(milestone.met_by),
        channels: all(milestone.channels, channel),
        pauses: all(milestone.pauses, pause),
        citations: all(milestone.citations, citation),
    })
}

pub(crate) fn targets(targets: Vec<service_level::Target>) -> Result<Vec<Target>, Failure> {
    let target = |(i, target): (usize, service_level::Target)| {
        Ok(Target {
            measure: measure(target.measure),
            bound: bound(target.bound),
            percent: decimal(target.percent).ok_or_else(|| Failure::BadValue {
                place: format!("targets[{i}].percent"),
                given: format!("a decimal of scale {}", target.percent.scale),
            })?,
            rule: target.rule,
        })
    };
    targets.into_iter().enumerate().map(target).collect()
}

fn all<A, B>(list: Vec<A>, one: impl FnMut(A) -> B) -> Vec<B> {
    list.into_iter().map(one).collect()
}

fn cover(cover: coverage::Cover) -> Result<Cover, Failure> {
    Ok(Cover {
        basis: basis(cover.basis),
        starts: date(cover.starts)
            .ok_or_else(|| Failure::BadValue { place: "cover.starts".into(), given: show(cover.starts) })?,
        term: span(cover.term),
        limits: all(cover.limits, |limit| Usage { amount: limit.amount, unit: use_unit(limit.unit) }),
        rule: cover.rule,
    })
}

fn offer(offer: coverage::Offer) -> Offer {
    Offer {
        remedy: remedy(offer.remedy),
        scope: scope(offer.scope),
        charge: charge(offer.charge),
        discretion: offer.discretion,
        freight: offer.freight.map(|freight| Freight {
            there: freight.there.map(leg),
            back: freight.back.map(leg),
            rule: freight.rule,
        }),
        conditions: all(offer.conditions, |term| Term { what: text(term.what), rule: term.rule }),
        obligations: all(offer.obligations, obligation),
        citations: all(offer.citations, citation),
    }
}

fn leg(leg: coverage::Leg) -> Leg {
    Leg { payer: side(leg.payer), settlement: settlement(leg.settlement) }
}

fn obligation(obligation: wit::Obligation) -> Obligation {
    Obligation {
        who: side(obligation.who),
        what: text(obligation.what),
        within: obligation.within.map(span),
        rule: obligation.rule,
    }
}

fn citation(citation: wit::Citation) -> Citation {
    Citation { rule: citation.rule, detail: citation.detail.map(text) }
}

pub(super) fn text(text: wit::Text) -> Text {
    Text { zh: text.zh, en: text.en }
}

pub(super) fn span(span: wit::Span) -> Span {
    Span { amount: span.amount, unit: span_unit(span.unit) }
}

/// `None` for a day that does not exist, and for the year 0, which the contract does not have.
pub(super) fn date(date: wit::Date) -> Option<Date> {
    let year = i16::try_from(date.year).ok().filter(|year| *year > 0)?;
    Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

pub(super) fn show(date: wit::Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

pub(super) fn decimal(decimal: wit::Decimal) -> Option<Decimal> {
    (decimal.scale <= 18).then_some(Decimal { digits: decimal.digits, scale: decimal.scale })
}

pub(super) fn value(value: wit::Value) -> Option<Value> {
    Some(match value {
        wit::Value::Text(text) => Value::Text(text),
        wit::Value::Integer(number) => Value::Integer(number),
        wit::Value::Decimal(number) => Value::Decimal(decimal(number)?),
        wit::Value::Boolean(yes) => Value::Boolean(yes),
        wit::Value::Date(day) => Value::Date(date(day)?),
        wit::Value::Instant(second) => Value::Instant(Timestamp::from_second(second).ok()?),
    })
}
