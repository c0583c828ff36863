//! What the host checks of every answer before it acts on it: a policy proposes, the host decides. One file
//! per interface; what they share is here.

mod approval;
mod charges;
mod coverage;
mod follow_up;
mod notices;
mod penalty;
mod retention;
mod service_level;

pub(crate) use approval::plan;
pub(crate) use charges::quote;
pub(crate) use coverage::verdict;
pub(crate) use follow_up::visits;
pub(crate) use notices::notices;
pub(crate) use penalty::measures;
pub(crate) use retention::{keeping, old_part, required_stock};
pub(crate) use service_level::{milestones, targets};

use crate::failure::Failure;
use sanbao_domain::case::{Citation, Obligation};
use sanbao_domain::manifest::{Manifest, RuleKind};
use sanbao_domain::money::Money;
use sanbao_domain::text::Text;
use sanbao_domain::time::Span;
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

/// An interval at which something goes on: an empty one would never end.
fn interval(every: Span, place: impl Display + Copy) -> Result<(), Failure> {
    if every.amount == 0 {
        return Err(not_allowed(place, "no time at all", "longer than nothing"));
    }
    span(every, place)
}

/// An amount that somebody owes.
fn money(money: &Money, place: impl Display) -> Result<(), Failure> {
    if !money.is_valid() {
        let currency: String = money.currency.chars().take(ID).collect();
        return Err(not_allowed(place, format_args!("in \"{currency}\""), "in a currency of ISO 4217"));
    }
    if money.minor < 0 {
        return Err(not_allowed(place, money.minor, "zero or more"));
    }
    Ok(())
}

fn not_allowed(place: impl Display, given: impl Display, allowed: &'static str) -> Failure {
    Failure::NotAllowed { place: place.to_string(), given: given.to_string(), allowed }
}

/// Ids of the entries of an answer: there, short, and each once.
fn unique<'a>(ids: impl Iterator<Item = &'a String>, list: &str) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    for (i, id) in ids.enumerate() {
        needed(!id.is_empty(), format_args!("{list}[{i}].id"))?;
        short(id, ID, format_args!("{list}[{i}].id"))?;
        if !seen.insert(id) {
            return Err(Failure::Duplicate { id: id.clone(), place: format!("{list}[{i}]") });
        }
    }
    Ok(())
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
