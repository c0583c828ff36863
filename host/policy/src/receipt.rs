//! Receipts: every call recorded, chained, signed and replayable.
//!
//! A receipt is a sheet of [fields](Field), each a text; [`sheet`] says how they are hashed and chained. The
//! host's key signs the chain's hash ([`key`]). [`file`] is how a receipt travels: with everything that it
//! takes to verify it far from any host, and in a form that [`verify`] reads so strictly that it can say which
//! byte was changed.

pub mod file;
pub mod key;
mod repair;
mod scan;
pub mod sheet;
pub mod verify;

pub use key::{KeyPrint, PublicKey, Signed, Signer};
pub use sheet::{Field, Sheet};

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
use sanbao_domain::ids::{ActivationId, ClaimId, PartyId, PolicyId, ReceiptId, TicketId};
use sanbao_domain::time::Timestamp;
use serde::{Deserialize, Serialize};
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
    /// Canonical JSON: limits and question, settings among it.
    pub input: String,
    /// Canonical JSON: `{"answer": …}` or `{"failure": …}`.
    pub output: String,
    /// What the policy wrote.
    pub log: Log,
}

/// Where a record belongs, so that its receipt cannot be moved to another ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The receipt's own id.
    pub id: ReceiptId,
    /// The ticket.
    pub ticket: TicketId,
    /// The claim.
    pub claim: ClaimId,
    /// Position in the ticket's chain, from 1.
    pub seq: u64,
    /// Who owes.
    pub respondent: PartyId,
    /// The version that was asked.
    pub policy: PolicyId,
    /// What put it in force.
    pub activation: ActivationId,
    /// When.
    pub decided_at: Timestamp,
}

/// What came of a call; the default is that it was never made.
#[derive(Default)]
pub(crate) struct Came {
    pub(crate) output: Vec<u8>,
    pub(crate) fuel: u64,
    pub(crate) log: Log,
}

/// A record in its place in a chain, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Where it belongs.
    pub identity: Identity,
    /// What was asked and answered.
    pub record: Record,
    /// Hash of the receipt before it in the same chain; zeros for the first.
    pub previous: Digest,
    /// Hash over its fields.
    pub body: Digest,
    /// Its own hash.
    pub hash: Digest,
    /// The host's signature of the hash.
    pub signed: Signed,
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
        Self {
            function: Q::FUNCTION.into(),
            policy,
            contract: contract.number().into(),
            engine: Arc::clone(engine.fingerprint()),
            calendar: calendar.version().into(),
            fuel: came.fuel,
            input: text(input),
            output: text(came.output),
            log: came.log,
        }
    }

    /// Puts the record after the receipt whose hash is `previous`, and signs it.
    pub fn seal(self, identity: Identity, previous: Option<Digest>, signer: &Signer) -> Receipt {
        let previous = previous.unwrap_or(Digest::ZERO);
        let body = Sheet::of(&identity, &self).body();
        let hash = sheet::link(previous, body);
        Receipt { identity, record: self, previous, body, hash, signed: signer.sign(hash) }
    }

    /// Asks the same again and compares every byte of the answer, the fuel and the log. A deadline that
    /// was missed may be met this time, as time is the one thing that a receipt cannot repeat.
    pub fn replay(&self, policy: &Policy, calendar: &Arc<Calendar>) -> Result<(), Differs> {
        let again = self.again(policy, calendar)?;
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

    /// What comes of asking the same again, whatever this record says of the answer.
    pub fn again(&self, policy: &Policy, calendar: &Arc<Calendar>) -> Result<Record, Differs> {
        if self.policy != policy.digest() {
            return Err(Differs::Policy { receipt: self.policy, policy: policy.digest() });
        }
        if self.calendar != calendar.version() {
            return Err(Differs::Calendar {
                receipt: self.calendar.clone(),
                calendar: calendar.version().into(),
            });
        }
        match self.function.as_str() {
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
        }
    }

    fn ask<Q: Ask>(&self, policy: &Policy, calendar: &Arc<Calendar>) -> Result<Record, Differs> {
        let input: Input<Q> =
            serde_json::from_str(&self.input).map_err(|error| Differs::Input { what: error.to_string() })?;
        let terms = Terms { calendar: Arc::clone(calendar), limits: input.limits };
        Ok(policy.ask(&terms, input.question).record)
    }

    pub(crate) fn log_text(&self) -> String {
        text(json(&self.log))
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
        if Sheet::of(&receipt.identity, &receipt.record).body() != receipt.body {
            return Err(Broken::Body { at });
        }
        let previous = last.unwrap_or(Digest::ZERO);
        if receipt.previous != previous || receipt.hash != sheet::link(previous, receipt.body) {
            return Err(Broken::Link { at });
        }
        last = Some(receipt.hash);
    }
    Ok(last)
}

/// JSON is UTF-8.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}
