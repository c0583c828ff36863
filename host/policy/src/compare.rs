//! How two answers to the same question differ, in the words of the domain: what a back-test counts and what a
//! shadow run keeps.

mod approval;
mod coverage;
mod money;
mod rest;
mod service_level;
mod words;

pub use words::{Came, Change, Difference, MoneyOf};

use crate::question::{
    Approval, Charges, Coverage, Form, Keep, Milestones, Notices, Penalty, Replaced, RequiredStock, Targets,
    Visits,
};
use sanbao_domain::calendar::Calendar;
use sanbao_domain::failure::PolicyFailure;
use sanbao_domain::time::Moment;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use thiserror::Error;

/// What turns spans into days and instants, so that a shift can be measured across calendar kinds.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// The respondent's calendar.
    pub calendar: &'a Calendar,
    /// When both were asked.
    pub now: Option<Moment>,
}

/// Why two outputs cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Incomparable {
    /// Not a function of the contract.
    #[error("function {function} is not one that this host asks")]
    Function {
        /// As it was given.
        function: String,
    },
    /// An output is not what receipts hold.
    #[error("the output cannot be read: {what}")]
    Output {
        /// Why.
        what: String,
    },
}

/// The output of a receipt.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Output<T> {
    Answer(T),
    Failure(PolicyFailure),
}

/// How the output `after` differs from `before`, both as receipts hold them; `None` where they say the same.
///
/// # Errors
/// Outputs that are not what receipts hold.
pub fn outputs(
    function: &str,
    before: &str,
    after: &str,
    at: At<'_>,
) -> Result<Option<Difference>, Incomparable> {
    match function {
        Coverage::FUNCTION => of::<Coverage>(before, after, at),
        Approval::FUNCTION => of::<Approval>(before, after, at),
        Milestones::FUNCTION => of::<Milestones>(before, after, at),
        Targets::FUNCTION => of::<Targets>(before, after, at),
        Penalty::FUNCTION => of::<Penalty>(before, after, at),
        Keep::FUNCTION => of::<Keep>(before, after, at),
        Replaced::FUNCTION => of::<Replaced>(before, after, at),
        RequiredStock::FUNCTION => of::<RequiredStock>(before, after, at),
        Charges::FUNCTION => of::<Charges>(before, after, at),
        Notices::FUNCTION => of::<Notices>(before, after, at),
        Visits::FUNCTION => of::<Visits>(before, after, at),
        _ => Err(Incomparable::Function { function: function.into() }),
    }
}

/// What the recorded output says, where the candidate says nothing at all.
pub(crate) fn came<Q: Form>(output: &str) -> Result<Came, Incomparable>
where
    Q::Answer: Answer,
{
    Ok(match read::<Q::Answer>(output)? {
        Output::Answer(answer) => answer.came(),
        Output::Failure(_) => Came::Failed,
    })
}

fn of<Q: Form>(before: &str, after: &str, at: At<'_>) -> Result<Option<Difference>, Incomparable>
where
    Q::Answer: Answer,
{
    if before == after {
        return Ok(None);
    }
    let (before, after) = (read::<Q::Answer>(before)?, read::<Q::Answer>(after)?);
    Ok(match (before, after) {
        (Output::Answer(before), Output::Answer(after)) => answers(before, after, at),
        (Output::Answer(before), Output::Failure(_)) => Some(turned(before.came(), Came::Failed, &before)),
        (Output::Failure(_), Output::Answer(after)) => {
            let mut difference = turned(Came::Failed, after.came(), &after);
            std::mem::swap(&mut difference.newly, &mut difference.no_longer);
            Some(difference)
        }
        (Output::Failure(before), Output::Failure(after)) if before.kind == after.kind => {
            // The same failure in other words: a trap's address, a longer list.
            (before.detail != after.detail).then(|| Difference::of(Change::Wording))
        }
        (Output::Failure(_), Output::Failure(_)) => Some(Difference::of(Change::Other)),
    })
}

fn read<T: DeserializeOwned>(output: &str) -> Result<Output<T>, Incomparable> {
    serde_json::from_str(output).map_err(|error| Incomparable::Output { what: error.to_string() })
}

/// An answer became a failure: its rules are cited no longer.
fn turned(from: Came, to: Came, answer: &impl Answer) -> Difference {
    let mut difference = Difference::of(Change::Ruling { from, to });
    difference.no_longer = cited(answer).into_iter().map(str::to_owned).collect();
    difference
}

fn answers<T: Answer>(mut before: T, mut after: T, at: At<'_>) -> Option<Difference> {
    if before == after {
        return None;
    }
    let mut difference = Difference::default();
    let (old, new) = (cited(&before), cited(&after));
    difference.newly = new.difference(&old).map(|rule| (*rule).to_owned()).collect();
    difference.no_longer = old.difference(&new).map(|rule| (*rule).to_owned()).collect();
    let (from, to) = (before.came(), after.came());
    if from != to {
        difference.changes.push(Change::Ruling { from, to });
    }
    T::changes(&before, &after, at, &mut difference.changes);
    if difference.changes.is_empty() {
        before.blank();
        after.blank();
        difference.changes.push(if before == after { Change::Wording } else { Change::Other });
    }
    Some(difference)
}

fn cited(answer: &impl Answer) -> BTreeSet<&str> {
    let mut rules = BTreeSet::new();
    answer.rules(&mut |rule| {
        rules.insert(rule);
    });
    rules
}

/// An answer whose parts can be told apart.
pub(crate) trait Answer: DeserializeOwned + PartialEq {
    /// What it comes to, in a word.
    fn came(&self) -> Came {
        Came::Answered
    }

    /// Every rule that it stands on.
    fn rules<'a>(&'a self, add: &mut dyn FnMut(&'a str));

    /// What differs, apart from the ruling and the rules.
    fn changes(before: &Self, after: &Self, at: At<'_>, to: &mut Vec<Change>);

    /// Takes the texts out that are for people alone, so that what is left is the substance.
    fn blank(&mut self);
}
