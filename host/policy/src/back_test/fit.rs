//! A recorded question as it would be asked of the candidate: with the attributes and settings that its manifest
//! declares.

use super::Wanted;
use crate::question::{
    Approval, Charges, Coverage, Keep, Milestones, Notices, Penalty, Replaced, RequiredStock, Targets, Visits,
};
use sanbao_domain::case::{Attribute, Case, Value};
use sanbao_domain::manifest::{
    AttributeDeclaration, Manifest, Requirement, SettingDeclaration, ValueType, plain, typed_attributes,
    unmet_requirements,
};
use sanbao_domain::time::Date;
use std::sync::Arc;

/// What of a question depends on the version that is asked.
pub(super) trait Versioned {
    /// The claim, where the question is about one.
    fn case(&mut self) -> Option<&mut Case>;
    /// The settings.
    fn settings(&mut self) -> &mut Vec<Attribute>;
}

macro_rules! about_a_case {
    ($($question:ty),*) => {$(
        impl Versioned for $question {
            fn case(&mut self) -> Option<&mut Case> {
                Some(&mut self.case)
            }

            fn settings(&mut self) -> &mut Vec<Attribute> {
                &mut self.case.settings
            }
        }
    )*};
}
about_a_case!(Coverage, Approval, Milestones, Penalty, Keep, Replaced, Charges, Notices, Visits);

macro_rules! about_none {
    ($($question:ty),*) => {$(
        impl Versioned for $question {
            fn case(&mut self) -> Option<&mut Case> {
                None
            }

            fn settings(&mut self) -> &mut Vec<Attribute> {
                &mut self.settings
            }
        }
    )*};
}
about_none!(Targets, RequiredStock);

/// The candidate declares a setting without a default, and there is no value for it.
pub(super) struct SettingMissing;

/// Fits questions to one manifest.
pub(super) struct Fit {
    manifest: Arc<Manifest>,
    /// Stand in front of what was recorded.
    chosen: Vec<Attribute>,
    /// Whether any attribute is ever required.
    requires: bool,
}

impl Fit {
    pub(super) fn new(manifest: &Arc<Manifest>, chosen: Vec<Attribute>) -> Self {
        let required = |one: &AttributeDeclaration| one.required != Requirement::Optional;
        Self { requires: manifest.attributes.iter().any(required), manifest: Arc::clone(manifest), chosen }
    }

    pub(super) fn fit(&self, question: &mut impl Versioned) -> Result<(), SettingMissing> {
        if let Some(case) = question.case() {
            let declared = &self.manifest.attributes;
            if !fits(&case.attributes, declared.iter().map(|one| (one.name.as_str(), one.value_type)))
                || declared.iter().any(|one| !one.choices.is_empty())
            {
                case.attributes = attributes(declared, &case.attributes);
            }
        }
        let (settings, declared) = (question.settings(), &self.manifest.settings);
        if self.chosen.len() == declared.len() {
            settings.clone_from(&self.chosen);
            return Ok(());
        }
        let same = settings.len() == declared.len()
            && fits(settings, declared.iter().map(|one| (one.name.as_str(), one.value_type)));
        if !same || !self.chosen.is_empty() {
            *settings = fitted_settings(declared, &self.chosen, settings)?;
        }
        Ok(())
    }

    /// The required attributes that a claim lacks.
    pub(super) fn unmet(&self, given: &[Attribute]) -> Vec<&AttributeDeclaration> {
        if self.requires { unmet_requirements(&self.manifest, given) } else { Vec::new() }
    }
}

/// Whether each value is declared with its type, in the order of the declarations: then nothing is to be done.
fn fits<'a>(given: &[Attribute], mut declared: impl Iterator<Item = (&'a str, ValueType)>) -> bool {
    given.iter().all(|one| {
        declared.by_ref().any(|(name, value_type)| name == one.name && value_type == one.value.value_type())
    })
}

/// As a claim that was taken down under another version is shown to the one that governs it: what does not fit
/// is left out.
fn attributes(declared: &[AttributeDeclaration], given: &[Attribute]) -> Vec<Attribute> {
    let mut facts = given.iter().map(|one| (one.name.clone(), plain(&one.value))).collect();
    typed_attributes(declared, &facts).unwrap_or_else(|problems| {
        facts.retain(|name, _| problems.iter().all(|problem| problem.name() != name));
        typed_attributes(declared, &facts).unwrap_or_default()
    })
}

/// Each declared setting as it was chosen, else as it was recorded with that type, else its default.
fn fitted_settings(
    declared: &[SettingDeclaration],
    chosen: &[Attribute],
    given: &[Attribute],
) -> Result<Vec<Attribute>, SettingMissing> {
    let one = |declared: &SettingDeclaration| {
        let named = |list: &'_ [Attribute]| list.iter().position(|one| one.name == declared.name);
        if let Some(at) = named(chosen) {
            return Ok(chosen[at].clone());
        }
        let kept = named(given).map(|at| &given[at].value);
        let fits = |value: &&Value| {
            value.value_type() == declared.value_type
                && match value {
                    Value::Text(text) => {
                        declared.choices.is_empty() || declared.choices.iter().any(|one| one.value == *text)
                    }
                    _ => true,
                }
        };
        let value = kept.filter(fits).or(declared.default.as_ref()).ok_or(SettingMissing)?;
        Ok(Attribute { name: declared.name.clone(), value: value.clone() })
    };
    declared.iter().map(one).collect()
}

impl Wanted {
    /// Whether this claim is asked about again.
    pub(super) fn admits(&self, case: &Case) -> bool {
        let among = |list: &[String], word: &str| list.is_empty() || list.iter().any(|one| one == word);
        among(&self.categories, &case.product.category)
            && among(&self.models, &case.product.model)
            && (self.basis_from.is_none() && self.basis_to.is_none() || self.covers(basis(case)))
    }

    /// Whether questions that are about no claim are asked again.
    pub(super) fn admits_all(&self) -> bool {
        *self == Self::default()
    }

    fn covers(&self, day: Date) -> bool {
        self.basis_from.is_none_or(|from| from <= day) && self.basis_to.is_none_or(|to| day <= to)
    }
}

/// The day whose version judges: see the claim's own.
fn basis(case: &Case) -> Date {
    let dates = &case.dates;
    let known = [dates.sold, dates.received, dates.shipped, dates.produced];
    known.into_iter().flatten().next().map_or(case.now.on, |moment| moment.on)
}
