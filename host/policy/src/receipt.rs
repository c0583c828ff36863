//! Receipts: every call recorded, chained and replayable.
//!
//! The body of a receipt is hashed as SHA-256 over its fields in this order, each as its length (unsigned,
//! 64 bits, little-endian) and its bytes: `"sanbao receipt 1"`, function, component digest (32 bytes),
//! contract version, engine fingerprint, calendar version, fuel (64 bits, little-endian), input, output,
//! log (JSON). The receipt's hash is SHA-256 over `"sanbao chain 1"`, framed likewise, the 32 bytes of the
//! hash before it (zeros for the first) and the 32 bytes of the body's hash.

use crate::contract::Version;
use crate::decision::{Input, Terms, json};
use crate::digest::Digest;
use crate::engine::Engine;
use crate::guest::Log;
use crate::policy::Policy;
use crate::question::{
    Approval, Ask, Charges, Coverage, Form, Keep, Milestones, Notices, Penalty, Replaced, RequiredStock,
    Targets, Visits,
};
use sanbao_domain::calendar::Calendar;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use thiserror::Error;

/// One call of a policy: all that a replay needs beside the component and the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The function that was asked: `coverage.decide`.
    pub function: String,
    /// SHA-256 of the component.
    pub policy: Digest,
    /// Version of the contract.
    pub contract: String,
    /// Compiler version, configuration and CPU features.
    pub engine: Arc<str>,
    /// Version of the calendar that the policy could ask.
    pub calendar: String,
    /// Fuel used.
    pub fuel: u64,
    /// Canonical JSON: limits and question.
    pub input: String,
    /// Canonical JSON: `{"answer": …}` or `{"failure": …}`.
    pub output: String,
    /// What the policy wrote.
    pub log: Log,
    /// Hash over all of the above.
    pub body: Digest,
}

/// What came of a call; the default is that it was never made.
#[derive(Default)]
pub(crate) struct Came {
    pub(crate) output: Vec<u8>,
    pub(crate) fuel: u64,
    pub(crate) log: Log,
}

/// A record in its place in a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// What was asked and answered.
    pub record: Record,
    /// Hash of the receipt before it in the same chain; zeros for the first.
    pub previous: Digest,
    /// Its own hash.
    pub hash: Digest,
}

/// A chain of receipts that was changed after the fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The messages say what each means.
pub enum Broken {
    #[error("receipt {at} does not contain what was hashed")]
    Body { at: usize },
    #[error("receipt {at} does not follow the one before it")]
    Link { at: usize },
}

/// Why a receipt could not be replayed, or what came out differently.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)]
pub enum Differs {
    #[error("the receipt was given by component {receipt}, not {policy}")]
    Policy { receipt: Digest, policy: Digest },
    #[error("the receipt was given with calendar {receipt}, not {calendar}")]
    Calendar { receipt: String, calendar: String },
    #[error("function {function} is not one that this host asks")]
    Function { function: String },
    #[error("the input cannot be read: {what}")]
    Input { what: String },
    #[error("the replay answers {output}")]
    Output { output: String },
    #[error("the replay uses {fuel} units of fuel, the receipt says {receipt}")]
    Fuel { receipt: u64, fuel: u64 },
    #[error("the replay writes another log")]
    Log,
}

impl Record {
    /// The record of a call: what was asked of which component, what came of it.
    pub(crate) fn new<Q: Ask>(
        policy: Digest,
        contract: Version,
        engine: &Engine,
        calendar: &Calendar,
        input: Vec<u8>,
        came: Came,
    ) -> Self {
        let mut record = Self {
            function: Q::FUNCTION.into(),
            policy,
            contract: contract.number().into(),
            engine: Arc::clone(engine.fingerprint()),
            calendar: calendar.version().into(),
            fuel: came.fuel,
            input: text(input),
            output: text(came.output),
            log: came.log,
            body: Digest::ZERO,
        };
        record.body = record.digest();
        record
    }

    /// Puts the record after the receipt whose hash is `previous`.
    pub fn seal(self, previous: Option<Digest>) -> Receipt {
        let previous = previous.unwrap_or(Digest::ZERO);
        Receipt { hash: link(previous, self.body), previous, record: self }
    }

    /// Asks the same again and compares every byte of the answer, the fuel and the log. A deadline that
    /// was missed may be met this time, as time is the one thing that a receipt cannot repeat.
    pub fn replay(&self, policy: &Policy, calendar: &Arc<Calendar>) -> Result<(), Differs> {
        if self.policy != policy.digest() {
            return Err(Differs::Policy { receipt: self.policy, policy: policy.digest() });
        }
        if self.calendar != calendar.version() {
            return Err(Differs::Calendar {
                receipt: self.calendar.clone(),
                calendar: calendar.version().into(),
            });
        }
        let again = match self.function.as_str() {
            Coverage::FUNCTION => self.ask::<Coverage>(policy, calendar),
            Approval::FUNCTION => self.ask::<Approval>(policy, calendar),
            Milestones::FUNCTION => self.ask::<Milestones>(policy, calendar),
            Targets::FUNCTION => self.ask::<Targets>(policy, calendar),
            Penalty::FUNCTION => self.ask::<Penalty>(policy, calendar),
            Keep::FUNCTION => self.ask::<Keep>(policy, calendar),
            Replaced::FUNCTION => self.ask::<Replaced>(policy, calendar),
            RequiredStock::FUNCTION => self.ask::<RequiredStock>(policy, calendar),
            Charges::FUNCTION => self.ask::<Charges>(policy, calendar),
            Notices::FUNCTION => self.ask::<Notices>(policy, calendar),
            Visits::FUNCTION => self.ask::<Visits>(policy, calendar),
            _ => Err(Differs::Function { function: self.function.clone() }),
        }?;
        if again.output != self.output {
            return Err(Differs::Output { output: again.output });
        }
        if again.fuel != self.fuel {
            return Err(Differs::Fuel { receipt: self.fuel, fuel: again.fuel });
        }
        if again.log != self.log {
            return Err(Differs::Log);
        }
        Ok(())
    }

    fn ask<Q: Ask>(&self, policy: &Policy, calendar: &Arc<Calendar>) -> Result<Record, Differs> {
        let input: Input<Q> =
            serde_json::from_str(&self.input).map_err(|error| Differs::Input { what: error.to_string() })?;
        let terms = Terms { calendar: Arc::clone(calendar), limits: input.limits };
        Ok(policy.ask(&terms, input.question).record)
    }

    fn digest(&self) -> Digest {
        let mut hasher = Sha256::new();
        let mut field = |bytes: &[u8]| {
            hasher.update((bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        field(b"sanbao receipt 1");
        field(self.function.as_bytes());
        field(&self.policy.0);
        field(self.contract.as_bytes());
        field(self.engine.as_bytes());
        field(self.calendar.as_bytes());
        field(&self.fuel.to_le_bytes());
        field(self.input.as_bytes());
        field(self.output.as_bytes());
        field(&json(&self.log));
        Digest(hasher.finalize().into())
    }
}

/// Whether the receipts are unchanged and follow one another, oldest first, from `start` (the hash before
/// the first of them; none for a whole chain). Says the first that does not.
pub fn verify_chain<'a>(
    receipts: impl IntoIterator<Item = &'a Receipt>,
    start: Option<Digest>,
) -> Result<Option<Digest>, Broken> {
    let mut last = start;
    for (at, receipt) in receipts.into_iter().enumerate() {
        if receipt.record.digest() != receipt.record.body {
            return Err(Broken::Body { at });
        }
        let previous = last.unwrap_or(Digest::ZERO);
        if receipt.previous != previous || receipt.hash != link(previous, receipt.record.body) {
            return Err(Broken::Link { at });
        }
        last = Some(receipt.hash);
    }
    Ok(last)
}

fn link(previous: Digest, body: Digest) -> Digest {
    const TAG: &[u8] = b"sanbao chain 1";
    let mut hasher = Sha256::new();
    hasher.update((TAG.len() as u64).to_le_bytes());
    hasher.update(TAG);
    hasher.update(previous.0);
    hasher.update(body.0);
    Digest(hasher.finalize().into())
}

/// JSON is UTF-8.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}
