//! The case: one claim as the policy sees it. Mirrors `types.case` of the contract.

use crate::money::{Decimal, Money};
use crate::party::PartyKind;
use crate::text::Text;
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

/// A party as the policy sees it: its role, not its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyRole {
    /// Kind.
    pub kind: PartyKind,
    /// Rank in the respondent's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<String>,
    /// Importance class in the respondent's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
}

/// A side of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Who asks.
    Claimant,
    /// Who owes.
    Respondent,
    /// Who carried the goods.
    Carrier,
    /// Who the respondent may claim from.
    Upstream,
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

/// What a claim can end in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// Made good.
    Repair,
    /// Exchanged.
    Replace,
    /// Money back.
    Refund,
    /// Credit to the claimant's account.
    Credit,
    /// Something is done that mends nothing: an installation, training, advice (HAI-02).
    Service,
    /// The goods go back as they came.
    ReturnToSender,
    /// The claimant claims from the carrier.
    RedirectToCarrier,
    /// Nothing is owed.
    Decline,
}

impl Remedy {
    /// Whether something is worked on, so that work must start before it can complete.
    pub fn needs_work(self) -> bool {
        matches!(self, Remedy::Repair | Remedy::Replace | Remedy::Service)
    }

    /// Whether goods must be handed over at the end.
    pub fn needs_hand_over(self) -> bool {
        matches!(self, Remedy::Repair | Remedy::Replace | Remedy::ReturnToSender)
    }
}

/// A step in the life of a claim that rules can react to; see `types.event` of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum CaseEvent {
    Reported,
    Opened,
    Judged,
    Agreed,
    Escalated,
    Approved,
    Rejected,
    Dispatched,
    GoodsReceived,
    Inspected,
    WorkStarted,
    Replied,
    Arrived,
    Delayed,
    Completed,
    ReadyToCollect,
    Collected,
    HandedOver,
    Closed,
    Cancelled,
    Installed,
    ComplaintReceived,
    CallUnresolved,
    StockRequested,
    StockConfirmed,
    StockArrived,
    TrainingHeld,
    Serviced,
    Proficient,
    Unrepairable,
    Signed,
    Posted,
    OldPartReturned,
    Paid,
    SurveyAnswered,
}

/// How somebody is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Channel {
    Phone,
    Written,
    Message,
    InPerson,
    OnSite,
    Post,
}

/// Where goods or old parts go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Destination {
    #[default]
    Stays,
    Store,
    Dealer,
    Agent,
    ServiceStation,
    Headquarters,
    Carrier,
    Supplier,
}

/// A rule that decided something, and how.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// Rule id that the manifest declares.
    pub rule: String,
    /// How it applied here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Text>,
}

/// Something that one side must do for a remedy to stand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obligation {
    /// Who.
    pub who: Side,
    /// What.
    pub what: Text,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Span>,
    /// Rule id behind it.
    pub rule: String,
}

/// One claim as the policy sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The time of the decision.
    pub now: Moment,
    /// ISO 3166 code of the law that applies.
    pub jurisdiction: String,
    /// Who asks.
    pub claimant: PartyRole,
    /// Who owes.
    pub respondent: PartyRole,
    /// What the ticket is about.
    #[serde(default)]
    pub matter: Matter,
    /// What it is about.
    pub product: Product,
    /// What happened when.
    #[serde(default)]
    pub dates: Dates,
    /// What happened before.
    #[serde(default)]
    pub history: History,
    /// What is asked for.
    #[serde(default)]
    pub asked: Wish,
    /// The remedy agreed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Remedy>,
    /// The cause found or reported.
    #[serde(default)]
    pub cause: Cause,
    /// Fault code or words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Amount claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Money>,
    /// Declared facts that are known, in the manifest's order.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// The settings of the activation.
    #[serde(default)]
    pub settings: Vec<Attribute>,
}
