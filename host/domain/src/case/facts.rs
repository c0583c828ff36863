//! What is known of the product and of what happened to it.

use crate::manifest::ValueType;
use crate::money::{Decimal, Money};
use crate::time::{Date, Moment, Span, Timestamp};
use serde::{Deserialize, Serialize};

/// The value of an attribute or a setting.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Free or chosen text.
    Text(String),
    /// Whole number.
    Integer(i64),
    /// Exact decimal.
    Decimal(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// Day.
    Date(Date),
    /// Instant.
    Instant(Timestamp),
}

impl Value {
    /// As which type it is declared.
    pub fn value_type(&self) -> ValueType {
        match self {
            Self::Text(_) => ValueType::Text,
            Self::Integer(_) => ValueType::Integer,
            Self::Decimal(_) => ValueType::Decimal,
            Self::Boolean(_) => ValueType::Boolean,
            Self::Date(_) => ValueType::Date,
            Self::Instant(_) => ValueType::Instant,
        }
    }
}

/// A named value, declared by the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Name as declared.
    pub name: String,
    /// Value of the declared type.
    pub value: Value,
}

/// What a product is used up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UseUnit {
    /// Distance.
    Kilometres,
    /// Running time.
    Hours,
    /// Switching or working cycles.
    Cycles,
}

/// A counter reading or a limit by use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Usage {
    /// How much.
    pub amount: u64,
    /// Of what.
    pub unit: UseUnit,
}

/// The product that the claim is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Category in the respondent's words.
    pub category: String,
    /// Model.
    pub model: String,
    /// Serial number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Lot or delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// Pieces.
    #[serde(default = "one")]
    pub quantity: u32,
    /// What was paid for these pieces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
}

fn one() -> u32 {
    1
}

/// The dated events of a product's life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)] // Explained at `types.dates` of the contract.
pub struct Dates {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub produced: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipped: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sold: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installed: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discontinued: Option<Moment>,
}

impl Dates {
    /// These dates, with those of `newer` in front.
    pub fn overlaid(self, newer: Dates) -> Dates {
        Dates {
            produced: newer.produced.or(self.produced),
            shipped: newer.shipped.or(self.shipped),
            sold: newer.sold.or(self.sold),
            installed: newer.installed.or(self.installed),
            received: newer.received.or(self.received),
            reported: newer.reported.or(self.reported),
            discontinued: newer.discontinued.or(self.discontinued),
        }
    }
}

/// An earlier repair of the unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repair {
    /// Fault code.
    pub fault: String,
    /// Day of completion.
    pub completed: Date,
    /// Days that the unit could not be used.
    pub days_out_of_service: u32,
}

/// What happened to the unit before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct History {
    /// Earlier repairs, oldest first.
    pub repairs: Vec<Repair>,
    /// Days out of service in all.
    pub days_out_of_service: u32,
    /// Cover already added.
    pub extensions: Vec<Span>,
    /// Cover began anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewed: Option<Date>,
    /// Counter readings now.
    pub usage: Vec<Usage>,
}

impl History {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What the claimant asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Wish {
    #[default]
    Unspecified,
    Repair,
    Replace,
    Refund,
    Credit,
    Parts,
}

/// What a ticket is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// Something is asked for under cover.
    #[default]
    Warranty,
    /// A question, or help in use (BUS-37…40, ZZC-05).
    Enquiry,
    /// Dissatisfaction (CTL, FUP-07…11).
    Complaint,
    /// Goods that are out of stock (STO-33…36).
    StockRequest,
    /// Teaching somebody to use the product (ZZC-02, 03).
    Training,
    /// Setting the product up (HAI-02, 03).
    Installation,
}

/// The cause found or reported; each is explained at `types.cause` of the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Cause {
    #[default]
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
