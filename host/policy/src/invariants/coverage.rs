//! `coverage`: the ruling has what it needs.

use super::{Declared, list, needed, span, text};
use crate::failure::Failure;
use sanbao_domain::case::Remedy;
use sanbao_domain::verdict::{Offer, Ruling, Verdict};
use std::fmt::Display;

pub(crate) fn verdict(verdict: &Verdict, declared: &Declared) -> Result<(), Failure> {
    if let Some(cover) = &verdict.cover {
        declared.rule(&cover.rule, "cover.rule")?;
        span(cover.term, "cover.term")?;
        list(&cover.limits, "cover.limits")?;
    }
    list(&verdict.offers, "offers")?;
    for (i, one) in verdict.offers.iter().enumerate() {
        offer(one, declared, format_args!("offers[{i}]"))?;
    }
    list(&verdict.missing, "missing")?;
    for (i, missing) in verdict.missing.iter().enumerate() {
        declared.fact(&missing.fact, format_args!("missing[{i}].fact"))?;
        declared.rule(&missing.rule, format_args!("missing[{i}].rule"))?;
        text(&missing.why, format_args!("missing[{i}].why"))?;
    }
    if let Some(role) = &verdict.refer_to {
        declared.role(role, "refer-to")?;
    }
    declared.citations(&verdict.citations, "citations")?;
    declared.citations(&verdict.notes, "notes")?;

    needed(!verdict.citations.is_empty(), "citations")?;
    match verdict.ruling {
        Ruling::Covered => {
            needed(verdict.offers.iter().any(|offer| offer.remedy != Remedy::Decline), "offers")
        }
        Ruling::NotCovered => Ok(()),
        Ruling::FactsMissing => needed(!verdict.missing.is_empty(), "missing"),
        Ruling::Referred => needed(verdict.refer_to.is_some(), "refer-to"),
    }
}

fn offer(offer: &Offer, declared: &Declared, place: impl Display + Copy) -> Result<(), Failure> {
    if let Some(role) = &offer.discretion {
        declared.role(role, format_args!("{place}.discretion"))?;
    }
    if let Some(freight) = &offer.freight {
        declared.rule(&freight.rule, format_args!("{place}.freight.rule"))?;
    }
    list(&offer.conditions, format_args!("{place}.conditions"))?;
    for (i, term) in offer.conditions.iter().enumerate() {
        declared.rule(&term.rule, format_args!("{place}.conditions[{i}].rule"))?;
        text(&term.what, format_args!("{place}.conditions[{i}].what"))?;
    }
    declared.obligations(&offer.obligations, format_args!("{place}.obligations"))?;
    declared.citations(&offer.citations, format_args!("{place}.citations"))
}
