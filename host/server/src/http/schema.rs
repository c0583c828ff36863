//! How the domain's types look in JSON, for the OpenAPI document. A test holds them to the types.

#![allow(missing_docs, dead_code)] // The domain's types say what each field is.

use jiff::Timestamp;
use jiff::civil::Date;
use utoipa::ToSchema;

/// Minor units (fen, cents) of an ISO 4217 currency.
#[derive(ToSchema)]
pub struct Money {
    #[schema(example = 129_900)]
    pub amount: i64,
    #[schema(example = "CNY")]
    pub currency: String,
}

/// A day, or a day and the instant: `"2024-05-01"` or `{"on": "2024-05-01", "at": "2024-05-01T08:30:00Z"}`.
#[derive(serde::Serialize, ToSchema)]
#[serde(untagged)]
pub enum Moment {
    Day(String),
    Both(DayAndInstant),
}

#[derive(serde::Serialize, ToSchema)]
pub struct DayAndInstant {
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
}

/// A day or an instant: `"2024-05-01"` or `"2024-05-01T08:30:00Z"`.
#[derive(ToSchema)]
#[schema(value_type = String, example = "2024-05-01")]
pub struct DayOrInstant(pub String);

/// A length of time in one calendar kind; kinds are never converted into one another.
#[derive(ToSchema)]
pub struct Span {
    pub amount: u32,
    pub unit: SpanUnit,
}

#[derive(ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpanUnit {
    Minutes,
    Hours,
    Days,
    WorkingDays,
    Weeks,
    Months,
    Years,
}

/// A counter reading or a limit by use.
#[derive(ToSchema)]
pub struct Usage {
    pub amount: u64,
    pub unit: UseUnit,
}

#[derive(ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UseUnit {
    Kilometres,
    Hours,
    Cycles,
}

/// Dated events of a product's life.
#[derive(ToSchema)]
pub struct Dates {
    pub produced: Option<Moment>,
    pub shipped: Option<Moment>,
    pub sold: Option<Moment>,
    pub installed: Option<Moment>,
    pub received: Option<Moment>,
    pub reported: Option<Moment>,
    pub discontinued: Option<Moment>,
}

/// What happened to a unit before.
#[derive(ToSchema)]
pub struct History {
    #[schema(required = false)]
    pub repairs: Vec<Repair>,
    #[schema(required = false)]
    pub days_out_of_service: u32,
    #[schema(required = false)]
    pub extensions: Vec<Span>,
    #[schema(value_type = Option<String>, format = Date)]
    pub renewed: Option<Date>,
    #[schema(required = false)]
    pub usage: Vec<Usage>,
}

/// An earlier repair.
#[derive(ToSchema)]
pub struct Repair {
    pub fault: String,
    #[schema(value_type = String, format = Date)]
    pub completed: Date,
    pub days_out_of_service: u32,
}

#[derive(ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    Consumer,
    Business,
    Store,
    Dealer,
    Distributor,
    Agent,
    ServiceStation,
    Brand,
    Supplier,
    Carrier,
    Platform,
}

/// A party as policies see it.
#[derive(ToSchema)]
pub struct PartyRole {
    pub kind: PartyKind,
    pub standing: Option<String>,
    pub grade: Option<String>,
}

/// The product that a claim is about.
#[derive(ToSchema)]
pub struct Product {
    #[schema(example = "television")]
    pub category: String,
    pub model: String,
    pub serial: Option<String>,
    pub lot: Option<String>,
    #[schema(required = false, minimum = 1)]
    pub quantity: u32,
    pub price: Option<Money>,
}

/// The end customer.
#[derive(ToSchema)]
pub struct Customer {
    #[schema(required = false)]
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
    /// Language of messages to the customer: zh or en; zh when nothing is said.
    pub language: Option<String>,
}

#[derive(ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Wish {
    Unspecified,
    Repair,
    Replace,
    Refund,
    Credit,
    Parts,
}

#[derive(ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    Unknown,
    Quality,
    NoFault,
    Misuse,
    Environment,
    ForceMajeure,
    Handling,
    Incompatible,
    Tampering,
    CustomerDamage,
    Deliberate,
    Transit,
    WrongDelivery,
    Shortage,
    Nonconforming,
    Wear,
}

#[derive(ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    Repair,
    Replace,
    Refund,
    Credit,
    Service,
    ReturnToSender,
    RedirectToCarrier,
    Decline,
}

/// Time zone, weekend and days off.
#[derive(ToSchema)]
pub struct Calendar {
    /// IANA name.
    #[schema(example = "Asia/Shanghai")]
    pub time_zone: String,
    /// A shipped list by country or part of one. Absent: no holidays.
    #[schema(example = "CN")]
    pub holidays: Option<String>,
    /// Days of the week that are not worked. Absent: what is usual there, or Saturday and Sunday.
    pub weekend: Option<Vec<Weekday>>,
    /// Further days off.
    #[schema(value_type = Vec<String>, required = false)]
    pub closed: Vec<Date>,
    /// Days that are worked although they are a holiday or a weekend.
    #[schema(value_type = Vec<String>, required = false)]
    pub open: Vec<Date>,
}

#[derive(ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanbao_domain::{calendar, case, money, party, ticket, time};
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};
    use std::collections::BTreeSet;
    use utoipa::PartialSchema;

    fn document<S: PartialSchema>() -> Value {
        serde_json::to_value(S::schema()).unwrap()
    }

    /// Every word of the schema is one of the type's, and no other word is.
    fn words<S: PartialSchema, T: DeserializeOwned>(known: usize) {
        let schema = document::<S>();
        let words = schema["enum"].as_array().unwrap().clone();
        assert_eq!(words.len(), known, "{schema}");
        for word in words {
            serde_json::from_value::<T>(word.clone()).unwrap_or_else(|error| panic!("{word}: {error}"));
        }
    }

    /// The schema and the JSON of a value with all its fields name the same fields.
    fn fields<S: PartialSchema, T: DeserializeOwned + Serialize>(full: Value) {
        let value: T = serde_json::from_value(full.clone()).unwrap();
        let written = serde_json::to_value(&value).unwrap();
        let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(names(&document::<S>()["properties"]), names(&written));
        assert_eq!(names(&written), names(&full));
    }

    #[test]
    fn schemas_say_what_the_types_take() {
        words::<SpanUnit, time::SpanUnit>(7);
        words::<UseUnit, case::UseUnit>(3);
        words::<PartyKind, party::PartyKind>(11);
        words::<Wish, case::Wish>(6);
        words::<Cause, case::Cause>(16);
        words::<Remedy, case::Remedy>(8);
        words::<Weekday, calendar::Weekday>(7);
        let day = "2024-05-01";
        let money = json!({"amount": 1, "currency": "CNY"});
        let span = json!({"amount": 1, "unit": "months"});
        let usage = json!({"amount": 1, "unit": "hours"});
        fields::<Money, money::Money>(money.clone());
        fields::<Span, time::Span>(span.clone());
        fields::<Usage, case::Usage>(usage.clone());
        fields::<Dates, case::Dates>(json!({
            "produced": day, "shipped": day, "sold": day, "installed": day, "received": day,
            "reported": day, "discontinued": {"on": day, "at": "2024-05-01T08:30:00Z"},
        }));
        let repair = json!({"fault": "F1", "completed": day, "days_out_of_service": 3});
        fields::<Repair, case::Repair>(repair.clone());
        fields::<History, case::History>(json!({
            "repairs": [repair], "days_out_of_service": 3, "extensions": [span], "renewed": day, "usage": [usage],
        }));
        fields::<PartyRole, case::PartyRole>(json!({"kind": "dealer", "standing": "a", "grade": "b"}));
        fields::<Product, case::Product>(json!({
            "category": "c", "model": "m", "serial": "s", "lot": "l", "quantity": 1, "price": money,
        }));
        fields::<Customer, ticket::Customer>(
            json!({"name": "n", "phone": "p", "email": "e", "address": "a", "language": "zh"}),
        );
        fields::<Calendar, calendar::CalendarSpec>(json!({
            "time_zone": "Asia/Shanghai", "holidays": "CN", "weekend": ["sunday"], "closed": [day], "open": ["2024-05-02"],
        }));
    }
}

/// A document that was shown or attached.
#[derive(ToSchema)]
pub struct Document {
    #[schema(example = "till-receipt")]
    pub kind: String,
    /// Number, file name or link under which it can be found.
    pub reference: String,
}
