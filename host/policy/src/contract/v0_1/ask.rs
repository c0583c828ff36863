//! Questions: the domain's types into those of the contract. Everything is moved, as a decision is made on
//! the path of a request.

use super::exports::{approval, charges, penalty, retention};
use super::imported::types as wit;
use sanbao_domain::approval::{self as requests, ApprovalRequest};
use sanbao_domain::case::{self as domain, Case};
use sanbao_domain::charges::{Item, ItemKind};
use sanbao_domain::money::{Decimal, Money};
use sanbao_domain::party::PartyKind;
use sanbao_domain::penalty::{Finding, FindingKind};
use sanbao_domain::retention::Part;
use sanbao_domain::time::{Date, Moment, Span, SpanUnit};

/// Functions between two enums whose cases have the same names.
macro_rules! same_cases {
    ($($name:ident: $from:ty => $to:ty { $($case:ident)* })*) => {$(
        pub(super) fn $name(value: $from) -> $to {
            match value { $(<$from>::$case => <$to>::$case,)* }
        }
    )*};
}
pub(super) use same_cases;

same_cases! {
    span_unit: SpanUnit => wit::SpanUnit { Minutes Hours Days WorkingDays Weeks Months Years }
    use_unit: domain::UseUnit => wit::UseUnit { Kilometres Hours Cycles }
    party_kind: PartyKind => wit::PartyKind {
        Consumer Business Store Dealer Distributor Agent ServiceStation Brand Supplier Carrier Platform
    }
    matter: domain::Matter => wit::Matter { Warranty Enquiry Complaint StockRequest Training Installation }
    wish: domain::Wish => wit::Wish { Unspecified Repair Replace Refund Credit Parts }
    cause: domain::Cause => wit::Cause {
        Unknown Quality NoFault Misuse Environment ForceMajeure Handling Incompatible Tampering CustomerDamage
        Deliberate Transit WrongDelivery Shortage Nonconforming Wear
    }
    case_remedy: domain::Remedy => wit::Remedy { Repair Replace Refund Credit Service ReturnToSender RedirectToCarrier Decline }
    case_event: domain::CaseEvent => wit::Event {
        Reported Opened Judged Agreed Escalated Approved Rejected Dispatched GoodsReceived Inspected WorkStarted
        Replied Arrived Delayed Completed ReadyToCollect Collected HandedOver Closed Cancelled Installed
        ComplaintReceived CallUnresolved StockRequested StockConfirmed StockArrived TrainingHeld Serviced
        Proficient Unrepairable Signed Posted OldPartReturned Paid SurveyAnswered
    }
    subject: requests::Subject => approval::Subject { Remedy PartRequisition PaidWork ServiceReport Expense }
    item_kind: ItemKind => charges::ItemKind { Labour Part Travel Freight Inspection }
    finding_kind: FindingKind => penalty::FindingKind {
        DeliberateDamage ForgedSignature EarlySignature Soliciting PartsNotHeld LateApplication
        UnauthorisedReturn ResaleOfRepaired RuleViolation
    }
}

pub(crate) fn event(event: domain::CaseEvent) -> wit::Event {
    case_event(event)
}

pub(crate) fn remedy(remedy: domain::Remedy) -> wit::Remedy {
    case_remedy(remedy)
}

pub(crate) fn finding(finding: Finding) -> penalty::Finding {
    penalty::Finding {
        kind: finding_kind(finding.kind),
        found: moment(finding.found),
        batch_value: finding.batch_value.map(money),
        serious: finding.serious,
        earlier: finding.earlier,
    }
}

pub(crate) fn part(part: Part) -> retention::Part {
    retention::Part { number: part.number, kind: part.kind, repaired: part.repaired }
}

pub(crate) fn items(items: Vec<Item>) -> Vec<charges::Item> {
    let item = |item: Item| charges::Item {
        kind: item_kind(item.kind),
        code: item.code,
        quantity: decimal(item.quantity),
        price: item.price.map(money),
    };
    items.into_iter().map(item).collect()
}

pub(crate) fn request(request: ApprovalRequest) -> approval::Request {
    approval::Request {
        subject: subject(request.subject),
        remedy: request.remedy.map(remedy),
        offered: request.offered,
        disputed: request.disputed,
        amount: request.amount.map(money),
    }
}

pub(crate) fn case(case: Case) -> wit::Case {
    wit::Case {
        now: moment(case.now),
        jurisdiction: case.jurisdiction,
        claimant: party(case.claimant),
        respondent: party(case.respondent),
        matter: matter(case.matter),
        product: product(case.product),
        dates: dates(case.dates),
        history: history(case.history),
        asked: wish(case.asked),
        agreed: case.agreed.map(remedy),
        cause: cause(case.cause),
        fault: case.fault,
        claimed: case.claimed.map(money),
        attributes: attributes(case.attributes),
        settings: attributes(case.settings),
    }
}

pub(crate) fn attributes(list: Vec<domain::Attribute>) -> Vec<wit::Attribute> {
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

fn moment(moment: Moment) -> wit::Moment {
    wit::Moment { on: date(moment.on), at: moment.at.map(|at| at.as_second()) }
}

fn money(money: Money) -> wit::Money {
    wit::Money { minor: money.minor, currency: money.currency }
}

fn decimal(decimal: Decimal) -> wit::Decimal {
    wit::Decimal { digits: decimal.digits, scale: decimal.scale }
}

fn span(span: Span) -> wit::Span {
    wit::Span { amount: span.amount, unit: span_unit(span.unit) }
}

fn party(party: domain::PartyRole) -> wit::Party {
    wit::Party { kind: party_kind(party.kind), standing: party.standing, grade: party.grade }
}

fn product(product: domain::Product) -> wit::Product {
    wit::Product {
        category: product.category,
        model: product.model,
        serial: product.serial,
        lot: product.lot,
        quantity: product.quantity,
        price: product.price.map(money),
    }
}

fn dates(dates: domain::Dates) -> wit::Dates {
    wit::Dates {
        produced: dates.produced.map(moment),
        shipped: dates.shipped.map(moment),
        sold: dates.sold.map(moment),
        installed: dates.installed.map(moment),
        received: dates.received.map(moment),
        reported: dates.reported.map(moment),
        discontinued: dates.discontinued.map(moment),
    }
}

fn history(history: domain::History) -> wit::History {
    wit::History {
        repairs: history
            .repairs
            .into_iter()
            .map(|repair| wit::Repair {
                fault: repair.fault,
                completed: date(repair.completed),
                days_out_of_service: repair.days_out_of_service,
            })
            .collect(),
        days_out_of_service: history.days_out_of_service,
        extensions: history.extensions.into_iter().map(span).collect(),
        renewed: history.renewed.map(date),
        usage: history
            .usage
            .into_iter()
            .map(|usage| wit::Usage { amount: usage.amount, unit: use_unit(usage.unit) })
            .collect(),
    }
}
