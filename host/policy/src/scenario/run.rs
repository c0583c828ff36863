//! Asking a policy what one scenario asks.

use super::answer::{self, Short};
use super::case::case;
use super::form::{Ask, Scenario};
use super::set::Set;
use crate::contract::Interface;
use crate::decision::Terms;
use crate::failure::Failure;
use crate::limits::Limits;
use crate::policy::Policy;
use crate::question::{
    Approval, Charges, Coverage, Keep, Milestones, Notices, Penalty, Question, Replaced, RequiredStock,
    Targets, Visits,
};
use serde::Serialize;
use serde_json::Value as Json;
use std::sync::Arc;

/// What came of one scenario, and what it cost.
#[derive(Debug)]
pub struct Asked {
    /// The answer.
    pub outcome: Result<Given, AskError>,
    /// Fuel of the call; 0 where none was made.
    pub fuel: u64,
}

/// An answer.
#[derive(Debug)]
pub struct Given {
    /// Whole, as receipts record it.
    pub answer: Json,
    /// In the short form that tables state.
    pub short: Short,
}

/// Why a scenario has no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The question needs something beside the case.
    #[error("this question needs `{what}`")]
    Needs {
        /// What the scenario does not give.
        what: &'static str,
    },
    /// Something is to be taken out of the base that is not there.
    #[error("without: the base has no {path}")]
    NotInBase {
        /// What.
        path: String,
    },
    /// Facts that are no case, or do not fit the manifest.
    #[error("the facts do not fit: {0}")]
    Facts(String),
    /// The policy does not answer such questions.
    #[error("the policy does not export {}", .0.name())]
    NotExported(Interface),
    /// It fails.
    #[error("the policy gives no answer: {0}")]
    Failed(#[from] Failure),
}

impl Set {
    /// Asks on this thread, for as long as the limits allow.
    pub fn ask(&self, policy: &Policy, scenario: &Scenario, limits: Limits) -> Asked {
        let call = Call { policy, terms: Terms { limits, ..Terms::new(Arc::clone(&self.calendar)) } };
        call.make(&self.base, scenario).unwrap_or_else(|error| Asked { outcome: Err(error), fuel: 0 })
    }
}

struct Call<'a> {
    policy: &'a Policy,
    terms: Terms,
}

impl Call<'_> {
    fn make(&self, base: &Json, scenario: &Scenario) -> Result<Asked, AskError> {
        let ask = scenario.asks();
        if !self.policy.exports(ask.interface()) {
            return Err(AskError::NotExported(ask.interface()));
        }
        let case = case(base, scenario, self.policy.manifest())?;
        let calendar = &self.terms.calendar;
        let event = || scenario.needed("event", &scenario.event);
        let part = || scenario.needed("part", &scenario.part);
        Ok(match ask {
            Ask::Coverage => self.put(Coverage { case }, |verdict| answer::verdict(verdict, calendar)),
            Ask::Approval => {
                let request = scenario.needed("request", &scenario.request)?;
                self.put(Approval { case, request }, answer::plan)
            }
            Ask::Milestones => self.put(Milestones { case, event: event()? }, |due| {
                answer::milestones(due, scenario.at, calendar)
            }),
            Ask::Targets => self.put(Targets { settings: case.settings }, |all| answer::targets(all)),
            Ask::Penalty => {
                let finding = scenario.needed("finding", &scenario.finding)?;
                self.put(Penalty { case, finding }, |all| answer::measures(all))
            }
            Ask::Keep => {
                let discontinued = case.dates.discontinued;
                self.put(Keep { case, part: part()? }, |keeping| {
                    answer::keeping(keeping.as_ref(), discontinued, calendar)
                })
            }
            Ask::Replaced => self.put(Replaced { case, part: part()? }, answer::old_part),
            Ask::RequiredStock => {
                self.put(RequiredStock { settings: case.settings }, |all| answer::required_stock(all))
            }
            Ask::Charges => {
                let remedy = scenario.needed("remedy", &scenario.remedy)?;
                let items = scenario.needed("items", &scenario.items)?;
                self.put(Charges { case, remedy, items }, answer::quote)
            }
            Ask::Notices => self.put(Notices { case, event: event()? }, |all| answer::notices(all)),
            Ask::Visits => self.put(Visits { case, event: event()? }, |all| answer::visits(all)),
        })
    }

    fn put<T: Serialize>(
        &self,
        question: impl Question<Answer = T>,
        short: impl FnOnce(&T) -> Short,
    ) -> Asked {
        let decision = self.policy.ask(&self.terms, question);
        let fuel = decision.fuel();
        let given = decision.outcome.map(|answer| Given {
            answer: serde_json::to_value(&answer).unwrap_or_default(),
            short: short(&answer),
        });
        Asked { outcome: given.map_err(AskError::from), fuel }
    }
}
