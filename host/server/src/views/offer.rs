//! Offers, and what was settled on.

use super::rulebook::{ReasonView, Rulebook};
use crate::http::schema;
use sanbao_domain::case::{Destination, Obligation, Remedy, Side};
use sanbao_domain::claim::Settlement;
use sanbao_domain::time::Span;
use sanbao_domain::verdict::{Charge, Freight, Leg, Offer, Scope, Settlement as Paid, Term};
use serde::Serialize;
use utoipa::ToSchema;

/// Something that one side must do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ObligationView {
    /// claimant, respondent, carrier or upstream.
    #[schema(value_type = String, example = "claimant")]
    pub who: Side,
    /// What.
    pub what: String,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Span>)]
    pub within: Option<Span>,
    /// Rule behind it.
    pub rule: String,
}

/// A condition of an offer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConditionView {
    /// What must hold.
    pub what: String,
    /// Rule behind it.
    pub rule: String,
}

/// Who pays for one way of the goods.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LegView {
    /// claimant, respondent, carrier or upstream.
    #[schema(value_type = String)]
    pub payer: Side,
    /// borne, advanced or reimbursed.
    #[schema(value_type = String)]
    pub settlement: Paid,
}

/// Who pays for moving the goods; a way that the rule does not speak of is absent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FreightView {
    /// To the respondent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub there: Option<LegView>,
    /// Back again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back: Option<LegView>,
    /// Rule behind it.
    pub rule: String,
}

/// One remedy to choose from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OfferView {
    /// What to give as `choice` when agreeing.
    pub index: usize,
    /// repair, replace, refund, credit, service, return-to-sender, redirect-to-carrier or decline.
    #[schema(value_type = String, example = "refund")]
    pub remedy: Remedy,
    /// whole or parts.
    #[schema(value_type = String)]
    pub scope: Scope,
    /// free or quoted.
    #[schema(value_type = String)]
    pub charge: Charge,
    /// Title of the role that decides whether it is granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discretion: Option<String>,
    /// Who pays the freight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub freight: Option<FreightView>,
    /// What must hold.
    pub conditions: Vec<ConditionView>,
    /// What the sides must do.
    pub obligations: Vec<ObligationView>,
    /// Rules that grant it.
    pub reasons: Vec<ReasonView>,
}

/// What the sides settled on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SettlementView {
    /// The remedy.
    #[schema(value_type = String)]
    pub remedy: Remedy,
    /// Whether the policy had offered it; a person may grant something else.
    pub offered: bool,
    /// free or quoted, where the policy offered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub charge: Option<Charge>,
    /// Who pays the freight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub freight: Option<FreightView>,
    /// Pieces that it is owed for: those found defective, before the inspection those counted, before the
    /// count those stated (LGT-29).
    pub pieces: u32,
    /// Where the goods go.
    #[schema(value_type = String, example = "headquarters")]
    pub goods_to: Destination,
    /// What the sides must do, of the offer and of its approval.
    pub obligations: Vec<ObligationView>,
}

impl OfferView {
    /// Shows an offer.
    pub fn new(index: usize, offer: &Offer, book: &Rulebook) -> Self {
        Self {
            index,
            remedy: offer.remedy,
            scope: offer.scope,
            charge: offer.charge,
            discretion: offer.discretion.as_deref().map(|role| book.role(role)),
            freight: offer.freight.as_ref().map(freight),
            conditions: offer.conditions.iter().map(|term| condition(term, book)).collect(),
            obligations: obligations(&offer.obligations, book),
            reasons: book.reasons(&offer.citations),
        }
    }
}

impl SettlementView {
    /// Shows a settlement.
    pub fn new(settlement: &Settlement, pieces: u32, book: &Rulebook) -> Self {
        let offer = settlement.offer.as_ref();
        let of_offer = offer.map(|offer| offer.obligations.as_slice()).unwrap_or_default();
        Self {
            remedy: settlement.remedy,
            offered: offer.is_some(),
            charge: offer.map(|offer| offer.charge),
            freight: offer.and_then(|offer| offer.freight.as_ref()).map(freight),
            pieces,
            goods_to: settlement.goods_to,
            obligations: obligations(of_offer.iter().chain(&settlement.obligations), book),
        }
    }
}

fn freight(freight: &Freight) -> FreightView {
    FreightView { there: freight.there.map(leg), back: freight.back.map(leg), rule: freight.rule.clone() }
}

fn leg(leg: Leg) -> LegView {
    LegView { payer: leg.payer, settlement: leg.settlement }
}

fn condition(term: &Term, book: &Rulebook) -> ConditionView {
    ConditionView { what: book.text(&term.what), rule: term.rule.clone() }
}

fn obligations<'a>(all: impl IntoIterator<Item = &'a Obligation>, book: &Rulebook) -> Vec<ObligationView> {
    all.into_iter()
        .map(|obligation| ObligationView {
            who: obligation.who,
            what: book.text(&obligation.what),
            within: obligation.within,
            rule: obligation.rule.clone(),
        })
        .collect()
}
