//! What the host checks of every answer before it acts on it: a policy proposes, the host decides.

use crate::failure::Failure;
use sanbao_domain::approval::ApprovalPlan;
use sanbao_domain::case::{Citation, Obligation, Remedy};
use sanbao_domain::manifest::{Manifest, RuleKind};
use sanbao_domain::service_level::{Milestone, Target};
use sanbao_domain::text::Text;
use sanbao_domain::time::Span;
use sanbao_domain::verdict::{Offer, Ruling, Verdict};
use std::collections::HashSet;
use std::fmt::Display;

/// Longest list in an answer, in entries.
pub const LIST: usize = 100;
/// Longest text in an answer, in bytes of one language.
pub const TEXT: usize = 4096;
/// Longest id in an answer, in bytes.
pub const ID: usize = 128;

/// Facts of the core that an answer may ask for; each may be followed by `.at` if it is a date.
const CORE_FACTS: [&str; 3] = ["cause", "asked", "product.price"];
const CORE_DATES: [&str; 7] =
    ["produced", "shipped", "sold", "installed", "received", "reported", "discontinued"];

/// The names that a manifest declares, for quick look-up.
pub(crate) struct Declared {
    rules: HashSet<Box<str>>,
    /// Rules that no answer may cite.
    conduct: HashSet<Box<str>>,
    roles: HashSet<Box<str>>,
    attributes: HashSet<Box<str>>,
}

impl Declared {
    pub(crate) fn new(manifest: &Manifest) -> Self {
        Self {
            rules: ids(manifest, |kind| kind != RuleKind::Conduct),
            conduct: ids(manifest, |kind| kind == RuleKind::Conduct),
            roles: manifest.roles.iter().map(|role| role.id.as_str().into()).collect(),
            attributes: manifest.attributes.iter().map(|attribute| attribute.name.as_str().into()).collect(),
        }
    }

    fn rule(&self, rule: &str, place: impl Display) -> Result<(), Failure> {
        if self.rules.contains(rule) {
            return Ok(());
        }
        let (conduct, place) = (self.conduct.contains(rule), place.to_string());
        let rule = rule.chars().take(ID).collect();
        Err(match conduct {
            true => Failure::ConductCited { rule, place },
            false => Failure::UnknownCitation { rule, place },
        })
    }

    fn role(&self, role: &str, place: impl Display) -> Result<(), Failure> {
        if self.roles.contains(role) {
            return Ok(());
        }
        Err(Failure::UnknownRole { role: role.chars().take(ID).collect(), place: place.to_string() })
    }

    fn fact(&self, fact: &str, place: impl Display) -> Result<(), Failure> {
        if self.attributes.contains(fact) || is_core_fact(fact) {
            return Ok(());
        }
        Err(Failure::UnknownFact { fact: fact.chars().take(ID).collect(), place: place.to_string() })
    }

    fn citations(&self, citations: &[Citation], place: impl Display + Copy) -> Result<(), Failure> {
        list(citations, place)?;
        for (i, citation) in citations.iter().enumerate() {
            self.rule(&citation.rule, format_args!("{place}[{i}]"))?;
            if let Some(detail) = &citation.detail {
                text(detail, format_args!("{place}[{i}].detail"))?;
            }
        }
        Ok(())
    }

    fn obligations(&self, obligations: &[Obligation], place: impl Display + Copy) -> Result<(), Failure> {
        list(obligations, place)?;
        for (i, obligation) in obligations.iter().enumerate() {
            self.rule(&obligation.rule, format_args!("{place}[{i}].rule"))?;
            text(&obligation.what, format_args!("{place}[{i}].what"))?;
            within(obligation.within, format_args!("{place}[{i}].within"))?;
        }
        Ok(())
    }

    fn offer(&self, offer: &Offer, place: impl Display + Copy) -> Result<(), Failure> {
        if let Some(role) = &offer.discretion {
            self.role(role, format_args!("{place}.discretion"))?;
        }
        if let Some(freight) = &offer.freight {
            self.rule(&freight.rule, format_args!("{place}.freight.rule"))?;
        }
        list(&offer.conditions, format_args!("{place}.conditions"))?;
        for (i, term) in offer.conditions.iter().enumerate() {
            self.rule(&term.rule, format_args!("{place}.conditions[{i}].rule"))?;
            text(&term.what, format_args!("{place}.conditions[{i}].what"))?;
        }
        self.obligations(&offer.obligations, format_args!("{place}.obligations"))?;
        self.citations(&offer.citations, format_args!("{place}.citations"))
    }
}

pub(crate) fn verdict(verdict: &Verdict, declared: &Declared) -> Result<(), Failure> {
    if let Some(cover) = &verdict.cover {
        declared.rule(&cover.rule, "cover.rule")?;
        span(cover.term, "cover.term")?;
        list(&cover.limits, "cover.limits")?;
    }
    list(&verdict.offers, "offers")?;
    for (i, offer) in verdict.offers.iter().enumerate() {
        declared.offer(offer, format_args!("offers[{i}]"))?;
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

pub(crate) fn plan(plan: &ApprovalPlan, declared: &Declared) -> Result<(), Failure> {
    list(&plan.steps, "steps")?;
    for (i, step) in plan.steps.iter().enumerate() {
        declared.role(&step.role, format_args!("steps[{i}].role"))?;
        declared.rule(&step.rule, format_args!("steps[{i}].rule"))?;
        within(step.within, format_args!("steps[{i}].within"))?;
    }
    declared.obligations(&plan.obligations, "obligations")?;
    declared.citations(&plan.citations, "citations")
}

pub(crate) fn milestones(milestones: &[Milestone], declared: &Declared) -> Result<(), Failure> {
    list(milestones, "milestones")?;
    let mut ids = HashSet::with_capacity(milestones.len());
    for (i, milestone) in milestones.iter().enumerate() {
        needed(!milestone.id.is_empty(), format_args!("milestones[{i}].id"))?;
        short(&milestone.id, ID, format_args!("milestones[{i}].id"))?;
        if !ids.insert(milestone.id.as_str()) {
            return Err(Failure::Duplicate { id: milestone.id.clone(), place: format!("milestones[{i}]") });
        }
        text(&milestone.title, format_args!("milestones[{i}].title"))?;
        span(milestone.due, format_args!("milestones[{i}].due"))?;
        list(&milestone.channels, format_args!("milestones[{i}].channels"))?;
        list(&milestone.pauses, format_args!("milestones[{i}].pauses"))?;
        declared.citations(&milestone.citations, format_args!("milestones[{i}].citations"))?;
    }
    Ok(())
}

pub(crate) fn targets(targets: &[Target], declared: &Declared) -> Result<(), Failure> {
    list(targets, "targets")?;
    targets
        .iter()
        .enumerate()
        .try_for_each(|(i, target)| declared.rule(&target.rule, format_args!("targets[{i}].rule")))
}

fn ids(manifest: &Manifest, wanted: impl Fn(RuleKind) -> bool) -> HashSet<Box<str>> {
    let rules = manifest.rules.iter().filter(|rule| wanted(rule.kind));
    rules.map(|rule| rule.id.as_str().into()).collect()
}

fn is_core_fact(fact: &str) -> bool {
    CORE_FACTS.contains(&fact)
        || fact
            .strip_prefix("dates.")
            .is_some_and(|date| CORE_DATES.contains(&date.strip_suffix(".at").unwrap_or(date)))
}

fn span(span: Span, place: impl Display) -> Result<(), Failure> {
    if span.is_sane() { Ok(()) } else { Err(Failure::AbsurdSpan { span, place: place.to_string() }) }
}

fn within(span_if_any: Option<Span>, place: impl Display) -> Result<(), Failure> {
    span_if_any.map_or(Ok(()), |limit| span(limit, place))
}

fn needed(there: bool, place: impl Display) -> Result<(), Failure> {
    if there { Ok(()) } else { Err(Failure::Lacking { place: place.to_string() }) }
}

fn list<T>(list: &[T], place: impl Display) -> Result<(), Failure> {
    if list.len() <= LIST { Ok(()) } else { Err(Failure::TooLong { place: place.to_string(), limit: LIST }) }
}

fn text(text: &Text, place: impl Display + Copy) -> Result<(), Failure> {
    short(&text.zh, TEXT, format_args!("{place}.zh"))?;
    short(&text.en, TEXT, format_args!("{place}.en"))
}

fn short(text: &str, limit: usize, place: impl Display) -> Result<(), Failure> {
    if text.len() <= limit { Ok(()) } else { Err(Failure::TooLong { place: place.to_string(), limit }) }
}
