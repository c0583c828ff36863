//! An answer with everything that its receipt needs.

use crate::call::Called;
use crate::contract::Version;
use crate::digest::Digest;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::guest::Log;
use crate::limits::Limits;
use crate::policy::Policy;
use crate::question::{Ask, Question};
use crate::receipt::{Came, Record};
use sanbao_domain::calendar::Calendar;
use sanbao_domain::failure::PolicyFailure;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Under which terms a policy is asked.
#[derive(Clone)]
pub struct Terms {
    /// The respondent's calendar.
    pub calendar: Arc<Calendar>,
    /// What the call may use.
    pub limits: Limits,
}

impl Terms {
    /// The usual limits.
    pub fn new(calendar: Arc<Calendar>) -> Self {
        Self { calendar, limits: Limits::default() }
    }

    /// What a receipt records as input.
    pub(crate) fn input<Q: Serialize>(&self, question: &Q) -> Vec<u8> {
        json(&Input { limits: self.limits, question })
    }
}

/// The input of a receipt. The calendar is recorded by its version beside it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Input<Q> {
    pub(crate) limits: Limits,
    pub(crate) question: Q,
}

/// The output of a receipt.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Output<'a, T> {
    Answer(&'a T),
    Failure(PolicyFailure),
}

/// What a policy answered, or how it failed, and the record of it.
#[derive(Debug)]
pub struct Decision<T> {
    /// The answer, checked; or why there is none.
    pub outcome: Result<T, Failure>,
    /// Ready to be sealed into a receipt.
    pub record: Record,
}

impl<T> Decision<T> {
    pub(crate) fn new<Q: Ask<Answer = T>>(
        policy: &Policy,
        terms: &Terms,
        input: Vec<u8>,
        called: Called<T>,
    ) -> Self
    where
        T: Serialize,
    {
        let output = match &called.outcome {
            Ok(answer) => json(&Output::Answer(answer)),
            Err(failure) => json(&Output::<T>::Failure(failure.into())),
        };
        let came = Came { output, fuel: called.fuel, log: called.log };
        let record = Record::new::<Q>(
            policy.digest(),
            policy.contract(),
            policy.engine(),
            &terms.calendar,
            input,
            came,
        );
        Self { outcome: called.outcome, record }
    }

    /// A call that was never made.
    pub(crate) fn failed<Q: Ask<Answer = T>>(
        policy: &Policy,
        terms: &Terms,
        input: Vec<u8>,
        failure: Failure,
    ) -> Self
    where
        T: Serialize,
    {
        Self::new::<Q>(policy, terms, input, Called { outcome: Err(failure), fuel: 0, log: Log::default() })
    }

    /// A question that could not be asked, because the component with this digest does not load.
    pub fn unasked<Q: Question + Ask<Answer = T>>(
        engine: &Engine,
        policy: Digest,
        terms: &Terms,
        question: &Q,
        what: String,
    ) -> Self
    where
        T: Serialize,
    {
        let failure = Failure::Unavailable { what };
        let output = json(&Output::<T>::Failure((&failure).into()));
        let came = Came { output, ..Came::default() };
        let contract = Version::NEWEST;
        let record = Record::new::<Q>(policy, contract, engine, &terms.calendar, terms.input(question), came);
        Self { outcome: Err(failure), record }
    }

    /// Fuel used.
    pub fn fuel(&self) -> u64 {
        self.record.fuel
    }

    /// What the policy wrote for its author.
    pub fn log(&self) -> &Log {
        &self.record.log
    }
}

/// JSON with the fields in the order of their declaration, so that equal values give equal bytes. Nothing
/// that the host serialises can fail: there is no map with keys other than strings.
pub(crate) fn json<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(2048);
    if let Err(error) = serde_json::to_writer(&mut bytes, value) {
        tracing::error!(%error, "a value that cannot be serialised");
    }
    bytes
}
