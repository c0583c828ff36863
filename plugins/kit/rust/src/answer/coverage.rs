//! Verdicts: what is owed, and what is offered.

use super::obligation;
use crate::coverage::{
    Basis, Charge, Cover, Freight, Leg, MissingFact, Offer, Ruling, Scope, Settlement, Term, Verdict,
};
use crate::declare::{Role, Rule, Words};
use crate::types::{Citation, Date, Remedy, Side, Span, Text, Usage, UseUnit};
use alloc::borrow::ToOwned;
use alloc::vec;
use alloc::vec::Vec;

impl Verdict {
    fn new(ruling: Ruling, citations: Vec<Citation>) -> Self {
        Self {
            ruling,
            cover: None,
            offers: Vec::new(),
            missing: Vec::new(),
            refer_to: None,
            citations,
            notes: Vec::new(),
        }
    }

    /// The respondent owes something; add at least one offer.
    pub fn covered(because: Citation) -> Self {
        Self::new(Ruling::Covered, vec![because])
    }

    /// Nothing is owed; offers are charged, or send the claimant elsewhere.
    pub fn not_covered(because: Citation) -> Self {
        Self::refused(vec![because])
    }

    /// Nothing is owed, for all of these reasons; give at least one.
    pub fn refused(reasons: Vec<Citation>) -> Self {
        Self::new(Ruling::NotCovered, reasons)
    }

    /// The rules leave it to a person.
    pub fn referred(to: &Role, because: Citation) -> Self {
        Self { refer_to: Some(to.id.to_owned()), ..Self::new(Ruling::Referred, vec![because]) }
    }

    /// `fact` must be known first: a declared fact's name, or a place in the core such as "dates.sold".
    pub fn missing(fact: &str, why: Words, rule: &Rule) -> Self {
        Self::new(Ruling::FactsMissing, vec![rule.cite()]).also_missing(fact, why, rule)
    }

    /// One more fact must be known first.
    pub fn also_missing(mut self, fact: &str, why: Words, rule: &Rule) -> Self {
        self.missing.push(MissingFact { fact: fact.to_owned(), why: why.into(), rule: rule.id.to_owned() });
        self
    }

    /// The cover that was looked at.
    pub fn cover(mut self, cover: Cover) -> Self {
        self.cover = Some(cover);
        self
    }

    /// One more remedy to choose from.
    pub fn offer(mut self, offer: Offer) -> Self {
        self.offers.push(offer);
        self
    }

    /// One more rule that decided the ruling.
    pub fn because(mut self, citation: Citation) -> Self {
        self.citations.push(citation);
        self
    }

    /// A reading or a remark that mattered.
    pub fn note(mut self, citation: Citation) -> Self {
        self.notes.push(citation);
        self
    }

    /// A reading or a remark, if it mattered.
    pub fn note_if(self, mattered: bool, rule: &Rule) -> Self {
        if mattered { self.note(rule.cite()) } else { self }
    }
}

impl Cover {
    /// Cover of `term` from `starts`, which is day 0.
    pub fn counted(basis: Basis, starts: Date, term: Span, rule: &Rule) -> Self {
        Self { basis, starts, term, limits: Vec::new(), rule: rule.id.to_owned() }
    }

    /// Ends sooner when the counter passes `amount`.
    pub fn up_to(mut self, amount: u64, unit: UseUnit) -> Self {
        self.limits.push(Usage { amount, unit });
        self
    }
}

impl Offer {
    fn new(remedy: Remedy, charge: Charge, rule: &Rule) -> Self {
        Self {
            remedy,
            scope: Scope::Whole,
            charge,
            discretion: None,
            freight: None,
            conditions: Vec::new(),
            obligations: Vec::new(),
            citations: vec![rule.cite()],
        }
    }

    /// Costs the claimant nothing.
    pub fn free(remedy: Remedy, rule: &Rule) -> Self {
        Self::new(remedy, Charge::Free, rule)
    }

    /// Charged by a quote, which the claimant must accept first.
    pub fn quoted(remedy: Remedy, rule: &Rule) -> Self {
        Self::new(remedy, Charge::Quoted, rule)
    }

    /// Of parts, not of the whole product.
    pub fn parts(mut self) -> Self {
        self.scope = Scope::Parts;
        self
    }

    /// One more rule that grants it.
    pub fn by(mut self, rule: &Rule) -> Self {
        self.citations.push(rule.cite());
        self
    }

    /// Granted only if this role decides so.
    pub fn at_discretion_of(mut self, role: &Role) -> Self {
        self.discretion = Some(role.id.to_owned());
        self
    }

    /// `payer` pays for moving the goods both ways.
    pub fn freight(self, payer: Side, settlement: Settlement, rule: &Rule) -> Self {
        let leg = Leg { payer, settlement };
        self.moved(Some(leg), Some(leg), rule)
    }

    /// Who pays for the way to the respondent and for the way back, as far as the rule says.
    pub fn moved(mut self, there: Option<Leg>, back: Option<Leg>, rule: &Rule) -> Self {
        self.freight = Some(Freight { there, back, rule: rule.id.to_owned() });
        self
    }

    /// Stands only if this is so.
    pub fn provided(mut self, what: impl Into<Text>, rule: &Rule) -> Self {
        self.conditions.push(Term { what: what.into(), rule: rule.id.to_owned() });
        self
    }

    /// Comes with something that a side must do.
    pub fn obliging(mut self, who: Side, what: Words, rule: &Rule) -> Self {
        self.obligations.push(obligation(who, what, rule));
        self
    }
}
