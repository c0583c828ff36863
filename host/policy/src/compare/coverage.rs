//! Verdicts.

use super::{Answer, At, Came, Change};
use sanbao_domain::case::{Citation, Obligation, Remedy};
use sanbao_domain::text::Text;
use sanbao_domain::time::Date;
use sanbao_domain::verdict::{Cover, Offer, Ruling, Verdict};

impl Answer for Verdict {
    fn came(&self) -> Came {
        match self.ruling {
            Ruling::Covered => Came::Covered,
            Ruling::NotCovered => Came::NotCovered,
            Ruling::FactsMissing => Came::FactsMissing,
            Ruling::Referred => Came::Referred,
        }
    }

    fn rules<'a>(&'a self, add: &mut dyn FnMut(&'a str)) {
        if let Some(cover) = &self.cover {
            add(&cover.rule);
        }
        for offer in &self.offers {
            offer.freight.iter().for_each(|freight| add(&freight.rule));
            offer.conditions.iter().for_each(|term| add(&term.rule));
            offer.obligations.iter().for_each(|obligation| add(&obligation.rule));
            offer.citations.iter().for_each(|citation| add(&citation.rule));
        }
        self.missing.iter().for_each(|missing| add(&missing.rule));
        self.citations.iter().chain(&self.notes).for_each(|citation| add(&citation.rule));
    }

    fn changes(before: &Self, after: &Self, at: At<'_>, to: &mut Vec<Change>) {
        offers(&before.offers, &after.offers, to);
        cover(before.cover.as_ref(), after.cover.as_ref(), at, to);
        let facts =
            |verdict: &Self| verdict.missing.iter().map(|one| one.fact.clone()).collect::<Vec<String>>();
        let (old, new) = (facts(before), facts(after));
        let (lost, gained) = (without(&old, &new), without(&new, &old));
        if !(lost.is_empty() && gained.is_empty()) {
            to.push(Change::Missing { lost, gained });
        }
        if before.refer_to != after.refer_to && before.ruling == after.ruling {
            to.push(Change::Approval {
                from: before.refer_to.iter().cloned().collect(),
                to: after.refer_to.iter().cloned().collect(),
            });
        }
    }

    fn blank(&mut self) {
        for offer in &mut self.offers {
            blank_offer(offer);
        }
        for missing in &mut self.missing {
            missing.why = Text::default();
        }
        citations(&mut self.citations);
        citations(&mut self.notes);
    }
}

/// Takes the details away: how a rule applied is told to people.
pub(super) fn citations(citations: &mut [Citation]) {
    for citation in citations {
        citation.detail = None;
    }
}

pub(super) fn obligations(obligations: &mut [Obligation]) {
    for obligation in obligations {
        obligation.what = Text::default();
    }
}

fn blank_offer(offer: &mut Offer) {
    for term in &mut offer.conditions {
        term.what = Text::default();
    }
    obligations(&mut offer.obligations);
    citations(&mut offer.citations);
}

/// What is in `one` and not in `other`.
pub(super) fn without<T: Clone + PartialEq>(one: &[T], other: &[T]) -> Vec<T> {
    one.iter().filter(|item| !other.contains(item)).cloned().collect()
}

fn offers(before: &[Offer], after: &[Offer], to: &mut Vec<Change>) {
    let remedies = |offers: &[Offer]| offers.iter().map(|offer| offer.remedy).collect::<Vec<Remedy>>();
    let (old, new) = (remedies(before), remedies(after));
    let (lost, gained) = (without(&old, &new), without(&new, &old));
    let bare = |offer: &Offer| {
        let mut offer = offer.clone();
        blank_offer(&mut offer);
        offer.citations.clear();
        offer
    };
    let terms = |offers: &[Offer], remedy: Remedy| {
        offers.iter().filter(|offer| offer.remedy == remedy).map(bare).collect::<Vec<Offer>>()
    };
    let mut other_terms = Vec::new();
    for remedy in old {
        let kept = new.contains(&remedy) && !other_terms.contains(&remedy);
        if kept && terms(before, remedy) != terms(after, remedy) {
            other_terms.push(remedy);
        }
    }
    if !(lost.is_empty() && gained.is_empty() && other_terms.is_empty()) {
        to.push(Change::Offers { lost, gained, other_terms });
    }
}

fn cover(before: Option<&Cover>, after: Option<&Cover>, at: At<'_>, to: &mut Vec<Change>) {
    let end = |cover: Option<&Cover>| -> Option<Date> {
        let cover = cover?;
        at.calendar.last_day(cover.starts, cover.term).ok()
    };
    let terms = |cover: Option<&Cover>| cover.map(|cover| (cover.basis, cover.starts, cover.limits.clone()));
    let (from, until) = (end(before), end(after));
    if from != until || terms(before) != terms(after) {
        let days = from.zip(until).map(|(from, until)| at.calendar.days_between(from, until));
        to.push(Change::Cover { from, to: until, days });
    }
}
