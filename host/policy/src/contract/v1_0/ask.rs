//! What questions share: the domain's words into those of the contract. Everything is moved, as a decision is
//! made on the path of a request.

use super::wit;
use sanbao_domain::case as domain;
use sanbao_domain::money::{Decimal, Money};
use sanbao_domain::time::{Date, Moment, Span, SpanUnit};

same_cases! {
    span_unit: SpanUnit => wit::SpanUnit { Minutes Hours Days WorkingDays Weeks Months Years }
    use_unit: domain::UseUnit => wit::UseUnit { Kilometres Hours Cycles }
    remedy: domain::Remedy => wit::Remedy {
        Repair Replace Refund Credit Service ReturnToSender RedirectToCarrier Decline
    }
    event: domain::CaseEvent => wit::Event {
        Reported Opened Judged Agreed Escalated Approved Rejected Dispatched GoodsReceived Inspected WorkStarted
        Replied Arrived Delayed Completed ReadyToCollect Collected HandedOver Closed Cancelled Installed
        ComplaintReceived CallUnresolved StockRequested StockConfirmed StockArrived TrainingHeld Serviced
        Proficient Unrepairable Signed Posted OldPartReturned Paid SurveyAnswered
    }
}

pub(super) fn attributes(list: Vec<domain::Attribute>) -> Vec<wit::Attribute> {
    list.into_iter().map(|one| wit::Attribute { name: one.name, value: value(one.value) }).collect()
}

fn value(value: domain::Value) -> wit::Value {
    match value {
        domain::Value::Text(text) => wit::Value::Text(text),
        domain::Value::Integer(number) => wit::Value::Integer(number),
        domain::Value::Decimal(number) => wit::Value::Decimal(decimal(number)),
        domain::Value::Boolean(yes) => wit::Value::Boolean(yes),
        domain::Value::Date(day) => wit::Value::Date(date(day)),
        domain::Value::Instant(instant) => wit::Value::Instant(instant.as_second()),
    }
}

/// Years before 1 do not occur in cases; the contract cannot express them.
pub(super) fn date(date: Date) -> wit::Date {
    wit::Date {
        year: u16::try_from(date.year()).unwrap_or_default(),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    }
}

pub(super) fn moment(moment: Moment) -> wit::Moment {
    wit::Moment { on: date(moment.on), at: moment.at.map(|at| at.as_second()) }
}

pub(super) fn money(money: Money) -> wit::Money {
    wit::Money { minor: money.minor, currency: money.currency }
}

pub(super) fn decimal(decimal: Decimal) -> wit::Decimal {
    wit::Decimal { digits: decimal.digits, scale: decimal.scale }
}

pub(super) fn span(span: Span) -> wit::Span {
    wit::Span { amount: span.amount, unit: span_unit(span.unit) }
}
