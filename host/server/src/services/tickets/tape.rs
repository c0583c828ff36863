//! The receipts of one command, chained to those that the ticket has already.

use crate::app::App;
use sanbao_domain::claim::{Claim, PolicyRef};
use sanbao_domain::ids::{PartyId, ReceiptId, TicketId};
use sanbao_domain::time::Timestamp;
use sanbao_policy::digest::Digest;
use sanbao_policy::failure::Failure;
use sanbao_policy::receipt::{Identity, Record};
use sanbao_store::receipt::Receipt;

/// Receipts in the order of their calls.
pub struct Tape {
    handler: PartyId,
    ticket: TicketId,
    seq: u64,
    head: Option<Digest>,
    receipts: Vec<Receipt>,
}

impl Tape {
    /// Goes on after receipt `seq`, whose hash is `head`.
    pub fn after(handler: PartyId, ticket: TicketId, seq: u64, head: Option<[u8; 32]>) -> Self {
        Self { handler, ticket, seq, head: head.map(Digest), receipts: Vec::new() }
    }

    /// Seals what one call left behind. `outcome` is a word for lists.
    #[allow(clippy::too_many_arguments)] // One call site each; a struct would only name them twice.
    pub fn record(
        &mut self,
        app: &App,
        claim: &Claim,
        by: &PolicyRef,
        record: Record,
        outcome: Result<String, &Failure>,
        took_ns: u64,
        now: Timestamp,
    ) -> ReceiptId {
        let id: ReceiptId = app.id();
        self.seq += 1;
        let identity = Identity {
            id,
            ticket: self.ticket,
            claim: claim.id,
            seq: self.seq,
            respondent: claim.respondent,
            policy: by.policy,
            activation: by.activation,
            decided_at: now,
        };
        // Handing it to another thread would cost more than the signature does.
        let sealed = record.seal(identity, self.head, &app.receipt_keys().current());
        self.receipts.push(Receipt {
            id,
            party: self.handler,
            ticket: self.ticket,
            claim: claim.id,
            seq: self.seq,
            respondent: claim.respondent,
            interface: sealed.record.function,
            outcome: outcome.unwrap_or_else(|failure| word(&failure.kind())),
            policy: Some(by.policy),
            activation: Some(by.activation),
            digest: Some(sealed.record.policy.0),
            contract: sealed.record.contract,
            engine: sealed.record.engine.to_string(),
            calendar: sealed.record.calendar,
            fuel: sealed.record.fuel,
            input: sealed.record.input,
            output: sealed.record.output,
            log: serde_json::to_string(&sealed.record.log).unwrap_or_default(),
            prev_hash: self.head.map(|head| head.0),
            hash: sealed.hash.0,
            key: Some(sealed.signed.key.to_string()),
            signature: Some(sealed.signed.signature.to_vec()),
            decided_at: now,
            took_ns,
        });
        self.head = Some(sealed.hash);
        id
    }

    /// What was recorded.
    pub fn into_receipts(self) -> Vec<Receipt> {
        self.receipts
    }
}

/// The word of a value that is written as one.
pub fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
