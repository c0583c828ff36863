//! What answers share: the contract's words into those of the domain. What the domain's types cannot hold (a
//! day that does not exist, a decimal of a hundred places) is a failure here; what they can hold but no policy
//! may say is found by the invariants.

use super::wit;
use sanbao_domain::case::{
    CaseEvent, Channel, Citation, Destination, Obligation, Remedy, Side, UseUnit, Value,
};
use sanbao_domain::money::{Decimal, Money};
use sanbao_domain::text::Text;
use sanbao_domain::time::{Date, Span, SpanUnit, Timestamp};

same_cases! {
    span_unit: wit::SpanUnit => SpanUnit { Minutes Hours Days WorkingDays Weeks Months Years }
    use_unit: wit::UseUnit => UseUnit { Kilometres Hours Cycles }
    side: wit::Side => Side { Claimant Respondent Carrier Upstream }
    remedy: wit::Remedy => Remedy { Repair Replace Refund Credit Service ReturnToSender RedirectToCarrier Decline }
    channel: wit::Channel => Channel { Phone Written Message InPerson OnSite Post }
    destination: wit::Destination => Destination { Stays Store Dealer Agent ServiceStation Headquarters Carrier Supplier }
    event: wit::Event => CaseEvent {
        Reported Opened Judged Agreed Escalated Approved Rejected Dispatched GoodsReceived Inspected WorkStarted
        Replied Arrived Delayed Completed ReadyToCollect Collected HandedOver Closed Cancelled Installed
        ComplaintReceived CallUnresolved StockRequested StockConfirmed StockArrived TrainingHeld Serviced
        Proficient Unrepairable Signed Posted OldPartReturned Paid SurveyAnswered
    }
}

pub(super) fn all<A, B>(list: Vec<A>, one: impl FnMut(A) -> B) -> Vec<B> {
    list.into_iter().map(one).collect()
}

pub(super) fn obligation(obligation: wit::Obligation) -> Obligation {
    Obligation {
        who: side(obligation.who),
        what: text(obligation.what),
        within: obligation.within.map(span),
        rule: obligation.rule,
    }
}

pub(super) fn citation(citation: wit::Citation) -> Citation {
    Citation { rule: citation.rule, detail: citation.detail.map(text) }
}

pub(super) fn text(text: wit::Text) -> Text {
    Text { zh: text.zh, en: text.en }
}

pub(super) fn span(span: wit::Span) -> Span {
    Span { amount: span.amount, unit: span_unit(span.unit) }
}

pub(super) fn money(money: wit::Money) -> Money {
    Money { minor: money.minor, currency: money.currency }
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
