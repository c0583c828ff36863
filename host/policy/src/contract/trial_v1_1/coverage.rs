//! `coverage`, with one scope more.

use super::answer::{all, citation, date, obligation, remedy, show, side, span, text, use_unit};
use super::case::case;
use super::exports::coverage as wit;
use super::{Bound, wit as types};
use crate::contract::{Asked, PutTo};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::question::Coverage;
use sanbao_domain::case::Usage;
use sanbao_domain::verdict::{
    Basis, Charge, Cover, Freight, Leg, MissingFact, Offer, Ruling, Scope, Settlement, Term, Verdict,
};
use wasmtime::Store;

impl PutTo<Bound> for Coverage {
    type Prepared = types::Case;

    fn prepare(self) -> Self::Prepared {
        case(self.case)
    }

    fn ask(case: &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Asked<Self> {
        Ok(verdict(bound.decide(store, case)?))
    }
}

same_cases! {
    ruling: wit::Ruling => Ruling { Covered NotCovered FactsMissing Referred }
    basis: wit::Basis => Basis { Produced Shipped Sold Installed Received Reported Renewed }
    charge: wit::Charge => Charge { Free Quoted }
    settlement: wit::Settlement => Settlement { Borne Advanced Reimbursed }
}

/// The host does not tell what came along from other parts.
fn scope(scope: wit::Scope) -> Scope {
    match scope {
        wit::Scope::Whole => Scope::Whole,
        wit::Scope::Parts | wit::Scope::Accessories => Scope::Parts,
    }
}

fn verdict(verdict: wit::Verdict) -> Result<Verdict, Failure> {
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

fn cover(cover: wit::Cover) -> Result<Cover, Failure> {
    Ok(Cover {
        basis: basis(cover.basis),
        starts: date(cover.starts)
            .ok_or_else(|| Failure::BadValue { place: "cover.starts".into(), given: show(cover.starts) })?,
        term: span(cover.term),
        limits: all(cover.limits, |limit| Usage { amount: limit.amount, unit: use_unit(limit.unit) }),
        rule: cover.rule,
    })
}

fn offer(offer: wit::Offer) -> Offer {
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

fn leg(leg: wit::Leg) -> Leg {
    Leg { payer: side(leg.payer), settlement: settlement(leg.settlement) }
}
