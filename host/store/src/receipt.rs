//! Receipts: decisions as they were made. Added by the writes of [`ticket`](crate::ticket), never
//! changed; the database refuses it.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::ticket::handler;
use crate::value::{Val, vals};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::{ActivationId, ClaimId, PartyId, PolicyId, ReceiptId, TicketId};

/// A recorded decision. Texts are stored byte by byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its id.
    pub id: ReceiptId,
    /// The party that handles the ticket.
    pub party: PartyId,
    /// The ticket.
    pub ticket: TicketId,
    /// The claim.
    pub claim: ClaimId,
    /// Position in the ticket's chain, from 1.
    pub seq: u64,
    /// Whose policy decided.
    pub respondent: PartyId,
    /// Interface of the contract.
    pub interface: String,
    /// What came of it, in a word.
    pub outcome: String,
    /// The version.
    pub policy: Option<PolicyId>,
    /// What put the version in force.
    pub activation: Option<ActivationId>,
    /// SHA-256 of the component.
    pub digest: Option<[u8; 32]>,
    /// Contract version.
    pub contract: String,
    /// Fingerprint of the engine.
    pub engine: String,
    /// Version of the calendar that the policy could ask; part of the hash.
    pub calendar: String,
    /// Fuel used.
    pub fuel: u64,
    /// What was asked.
    pub input: String,
    /// What was answered.
    pub output: String,
    /// What the policy logged.
    pub log: String,
    /// Hash of the receipt before it; absent for the first.
    pub prev_hash: Option<[u8; 32]>,
    /// Its own hash.
    pub hash: [u8; 32],
    /// Name of the key that signed it.
    pub key: Option<String>,
    /// The signature of its hash, 64 bytes.
    pub signature: Option<Vec<u8>>,
    /// When.
    pub decided_at: Timestamp,
    /// Nanoseconds that the call took.
    pub took_ns: u64,
}

pub(crate) const TABLE: Table = Table {
    name: "receipt",
    columns: &[
        "party_id",
        "id",
        "ticket_id",
        "claim_id",
        "seq",
        "respondent_id",
        "interface",
        "outcome",
        "policy_id",
        "activation_id",
        "digest",
        "contract",
        "engine",
        "calendar",
        "fuel",
        "input",
        "output",
        "log",
        "prev_hash",
        "hash",
        "key_id",
        "signature",
        "decided_at",
        "took_ns",
    ],
    conflict: "",
};

macro_rules! columns {
    () => {
        "SELECT party_id, id, ticket_id, claim_id, seq, respondent_id, interface, outcome, policy_id, \
        activation_id, digest, contract, engine, calendar, fuel, input, output, log, prev_hash, hash, key_id, \
        signature, decided_at, took_ns FROM receipt r "
    };
}

statements! {
    FIND = concat!(
        columns!(),
        "WHERE id = $2 AND EXISTS (SELECT 1 FROM claim c \
            WHERE c.party_id = r.party_id AND c.ticket_id = r.ticket_id \
            AND (c.party_id = $1 OR c.respondent_id = $1 OR c.claimant_id = $1))"
    );
    OF_TICKET = concat!(
        columns!(),
        "WHERE party_id = ", handler!(), " AND ticket_id = $2 ORDER BY seq"
    );
}

record!(Receipt {
    id,
    party = "party_id",
    ticket = "ticket_id",
    claim = "claim_id",
    seq,
    respondent = "respondent_id",
    interface,
    outcome,
    policy = "policy_id",
    activation = "activation_id",
    digest,
    contract,
    engine,
    calendar,
    fuel,
    input,
    output,
    log,
    prev_hash,
    hash,
    key = "key_id",
    signature,
    decided_at,
    took_ns,
});

pub(crate) fn values(receipt: Receipt) -> Vec<Val> {
    vals![
        receipt.party,
        receipt.id,
        receipt.ticket,
        receipt.claim,
        receipt.seq,
        receipt.respondent,
        receipt.interface,
        receipt.outcome,
        receipt.policy,
        receipt.activation,
        receipt.digest,
        receipt.contract,
        receipt.engine,
        receipt.calendar,
        receipt.fuel,
        receipt.input,
        receipt.output,
        receipt.log,
        receipt.prev_hash,
        receipt.hash,
        receipt.key,
        receipt.signature,
        receipt.decided_at,
        receipt.took_ns,
    ]
}

/// A receipt of a ticket that `viewer` takes part in.
pub async fn find(conn: &mut Conn, viewer: PartyId, id: ReceiptId) -> Result<Option<Receipt>, StoreError> {
    conn.optional(FIND, vals![viewer, id]).await
}

/// The chain of a ticket that `viewer` takes part in, in order.
pub async fn of_ticket(
    conn: &mut Conn,
    viewer: PartyId,
    ticket: TicketId,
) -> Result<Vec<Receipt>, StoreError> {
    conn.all(OF_TICKET, vals![viewer, ticket]).await
}
