//! What a client states when it opens a ticket or adds a claim, and the claim that becomes of it.

use super::facts;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::http::schema;
use crate::services::parties::Known;
use axum::http::StatusCode;
use sanbao_domain::case::{Cause, Dates, History, Matter, PartyRole, Product, Wish};
use sanbao_domain::claim::{Claim, Claimant, Facts, Origin};
use sanbao_domain::ids::{ClaimId, PartyId, UnitId};
use sanbao_domain::money::Money;
use sanbao_domain::party::{Dealership, PartyKind};
use sanbao_domain::text::Text;
use sanbao_domain::ticket::Customer;
use sanbao_domain::time::Timestamp;
use sanbao_domain::unit::Unit;
use serde::Deserialize;
use utoipa::ToSchema;

/// A new ticket.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenTicket {
    /// Your own reference, unique among your tickets: the same one with the same facts again gives the
    /// ticket that is there already.
    pub reference: Option<String>,
    /// The end customer.
    #[schema(value_type = Option<schema::Customer>)]
    pub customer: Option<Customer>,
    /// A registered unit; or state the product.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub unit: Option<UnitId>,
    /// What it is about, where no unit is registered.
    #[schema(value_type = Option<schema::Product>)]
    pub product: Option<Product>,
    /// What is asked of whom, one to twenty claims.
    pub claims: Vec<OpenClaim>,
    /// The decided claim that it recovers; the host says so, never a client.
    #[serde(skip)]
    pub upstream_of: Option<Origin>,
}

/// A new claim.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenClaim {
    /// Who owes the remedy: a brand that you deal for, or yourself when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub respondent: Option<PartyId>,
    /// Who asks. Absent: a consumer where you owe the remedy yourself, else you, in the role that the
    /// respondent gave you.
    #[schema(value_type = Option<schema::PartyRole>)]
    pub claimant: Option<PartyRole>,
    /// What it is about: warranty when nothing is said, enquiry, complaint, stock-request, training or
    /// installation. Only what is asked for under cover is judged.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "warranty")]
    pub matter: Matter,
    /// Pieces of the unit that the claim is about; all of them when absent.
    pub quantity: Option<u32>,
    /// unspecified, repair, replace, refund, credit or parts.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "refund")]
    pub asked: Wish,
    /// unknown, quality, no-fault, misuse, environment, force-majeure, handling, incompatible, tampering,
    /// customer-damage, deliberate, transit, wrong-delivery, shortage, nonconforming or wear.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "quality")]
    pub cause: Cause,
    /// Fault code or words.
    pub fault: Option<String>,
    /// Amount claimed.
    #[schema(value_type = Option<schema::Money>)]
    pub claimed: Option<Money>,
    /// What happened when, in front of what the unit says. Reported now, when nothing is said.
    #[serde(default)]
    #[schema(value_type = Option<schema::Dates>)]
    pub dates: Dates,
    /// What happened before, in place of what the unit says.
    #[schema(value_type = Option<schema::History>)]
    pub history: Option<History>,
    /// Facts that the respondent's policy declares, as plain values by name; `GET
    /// /v1/parties/{party}/intake` lists them.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub attributes: serde_json::Map<String, serde_json::Value>,
}

/// What is known about the product before the claim itself says anything.
#[derive(Clone, Debug)]
pub struct Basis {
    /// What it is about.
    pub product: Product,
    /// Dated events of its life.
    pub dates: Dates,
    /// What happened before.
    pub history: History,
}

impl From<Unit> for Basis {
    fn from(unit: Unit) -> Self {
        let Unit { category, model, serial, lot, quantity, price, dates, history, .. } = unit;
        Self { product: Product { category, model, serial, lot, quantity, price }, dates, history }
    }
}

impl From<Product> for Basis {
    fn from(product: Product) -> Self {
        Self { product, dates: Dates::default(), history: History::default() }
    }
}

/// The same product, as another claim of its ticket describes it; what one claimant received and reported
/// when is not true of another.
impl From<&Facts> for Basis {
    fn from(facts: &Facts) -> Self {
        let dates = Dates { received: None, reported: None, ..facts.dates };
        Self { product: facts.product.clone(), dates, history: facts.history.clone() }
    }
}

impl OpenTicket {
    /// Checks what needs no other knowledge.
    pub fn check(&self, checks: &mut Checks) {
        checks.optional("reference", self.reference.as_deref(), 1..=200);
        if let Some(customer) = &self.customer {
            checks.text("customer.name", &customer.name, 1..=200);
            checks.optional("customer.phone", customer.phone.as_deref(), 1..=50);
            checks.optional("customer.email", customer.email.as_deref(), 1..=254);
            checks.optional("customer.address", customer.address.as_deref(), 1..=500);
        }
        checks.that(
            self.unit.is_some() != self.product.is_some(),
            "unit",
            Text::new("产品不明确", "it is not clear what the ticket is about"),
            Text::new("填写 unit 或 product 之一。", "Give either unit or product."),
        );
        if let Some(product) = &self.product {
            facts::product(checks, "product.", product);
        }
        checks.that(
            (1..=20).contains(&self.claims.len()),
            "claims",
            Text::new("诉求数量不合要求", "the number of claims is not possible"),
            Text::new("填写 1 至 20 个诉求。", "State 1 to 20 claims."),
        );
    }
}

impl OpenClaim {
    /// The claim, checked as far as no policy is needed; `at` is the path in front of its fields.
    #[allow(clippy::too_many_arguments)] // Everything that a claim is made of.
    pub fn claim(
        &self,
        checks: &mut Checks,
        at: &str,
        id: ClaimId,
        handler: &Known,
        respondent: &Known,
        dealership: Option<&Dealership>,
        basis: Basis,
        now: Timestamp,
    ) -> Claim {
        let Basis { mut product, dates, history } = basis;
        if let Some(pieces) = self.quantity {
            checks.that(
                (1..=product.quantity).contains(&pieces),
                format!("{at}quantity"),
                Text::new("数量超出该产品", "the unit has not that many pieces"),
                Text::new(
                    format!("填写 1 至 {}。", product.quantity),
                    format!("Give 1 to {}.", product.quantity),
                ),
            );
            product.quantity = pieces;
        }
        let mut dates = dates.overlaid(self.dates);
        dates.reported = dates.reported.or_else(|| Some(respondent.calendar.moment(now)));
        let facts = Facts {
            product,
            dates,
            history: self.history.clone().unwrap_or(history),
            asked: self.asked,
            cause: self.cause,
            fault: self.fault.clone(),
            claimed: self.claimed.clone(),
            attributes: self.attributes.clone(),
        };
        facts::check(checks, at, &facts, &respondent.calendar, now);
        let claimant = self.claimant(checks, at, handler.id, dealership);
        Claim::open(id, handler.id, claimant, respondent.id, facts).with_matter(self.matter)
    }

    fn claimant(
        &self,
        checks: &mut Checks,
        at: &str,
        handler: PartyId,
        dealership: Option<&Dealership>,
    ) -> Claimant {
        let Some(dealership) = dealership else {
            // The handler owes it itself: whoever stands at its counter asks.
            let consumer = PartyRole { kind: PartyKind::Consumer, standing: None, grade: None };
            return Claimant { party: None, role: self.claimant.clone().unwrap_or(consumer) };
        };
        let own = PartyRole {
            kind: dealership.kind,
            standing: dealership.standing.clone(),
            grade: dealership.grade.clone(),
        };
        match &self.claimant {
            Some(role) if *role != own => {
                checks.that(
                    matches!(role.kind, PartyKind::Consumer | PartyKind::Business),
                    format!("{at}claimant"),
                    Text::new("您的身份由责任方认定", "your role is what the respondent made it"),
                    Text::new(
                        "不填 claimant；代客户提出时填写 consumer 或 business。",
                        "Leave claimant out, or name the customer that you act for: consumer or business.",
                    ),
                );
                Claimant { party: None, role: role.clone() }
            }
            _ => Claimant { party: Some(handler), role: own },
        }
    }
}

/// The respondent that a claim names is none of those that the caller may claim from.
pub fn unknown_respondent(at: &str) -> Problem {
    Problem::not_found().field(format!("{at}respondent")).fix(Text::new(
        "填写您自己或与您有经销关系的品牌。",
        "Name yourself or a brand that you deal for now.",
    ))
}

/// The respondent cancelled the dealership because of a finding (LGT-31).
pub fn dealership_ended(at: &str, rule: &str) -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "dealership-ended",
        Text::new("经销资格已取消", "The dealership was cancelled"),
    )
    .field(format!("{at}respondent"))
    .rule(rule)
    .detail(Text::new(
        format!("该品牌依 {rule} 取消了您的经销资格，不再受理新的诉求；已有的照常办理。"),
        format!(
            "The brand cancelled it under {rule}: it takes no new claims of yours. Those that are open go on."
        ),
    ))
    .fix(Text::new(
        "在原工单上对该处罚提出申诉，或与品牌联系。",
        "Appeal against the measure on its ticket, or talk to the brand.",
    ))
}
