//! Money that tickets tell of, one row for each amount, written with the entries that tell of it.

use crate::StoreError;
use crate::batch::{Batch, Table};
use crate::value::{Val, vals};
use sanbao_domain::claim::complaint::Event as Complaint;
use sanbao_domain::claim::findings::Event as Findings;
use sanbao_domain::claim::recovery::{Event as Recovery, What};
use sanbao_domain::claim::{Claim, Event, charges, procedure};
use sanbao_domain::journal::Entry;
use sanbao_domain::money::Money;
use sanbao_domain::penalty::Sanction;
use sanbao_domain::ticket::Ticket;

/// Charges that everybody has agreed to who must.
pub const CHARGES_AGREED: &str = "charges-agreed";
/// Charges that were collected.
pub const CHARGES_COLLECTED: &str = "charges-collected";
/// Compensation granted to a complainant, or advanced for the claimant.
pub const COMPENSATION: &str = "compensation";
/// Fines that were confirmed.
pub const PENALTIES: &str = "penalties";

pub(crate) const TABLE: Table = Table {
    name: "money",
    columns: &[
        "party_id",
        "ticket_id",
        "subject",
        "claim_id",
        "respondent_id",
        "kind",
        "at",
        "currency",
        "amount",
    ],
    // A quote is agreed to once, whichever signature comes last.
    conflict: " ON CONFLICT (party_id, ticket_id, subject) DO NOTHING",
};

/// Adds the amounts that the entries tell of.
pub(crate) fn follow(batch: &mut Batch, ticket: &Ticket, entries: &[Entry]) -> Result<(), StoreError> {
    let mut rows: Vec<Vec<Val>> = Vec::new();
    for entry in entries {
        let Event::Procedure(event) = &entry.event else { continue };
        let Some(claim) = ticket.claim(entry.claim) else { continue };
        if let Some((kind, subject, money)) = amount(claim, entry.seq, event) {
            rows.push(vals![
                ticket.handler,
                ticket.id,
                subject,
                claim.id,
                claim.respondent,
                kind,
                entry.at,
                &money.currency,
                money.minor,
            ]);
        }
    }
    batch.insert(&TABLE, rows);
    Ok(())
}

/// The amount that an event tells of: of what kind, and what is counted once.
fn amount(claim: &Claim, seq: u64, event: &procedure::Event) -> Option<(&'static str, String, Money)> {
    let once = || format!("entry {seq}");
    match event {
        procedure::Event::Charges(charges::Event::Collected { amount, .. }) => {
            Some((CHARGES_COLLECTED, once(), amount.clone()))
        }
        procedure::Event::Charges(
            charges::Event::Disclosed { quote, .. }
            | charges::Event::Answered { quote, .. }
            | charges::Event::Approved { quote, .. },
        ) => {
            let quoted = claim.procedures.charges.0.iter().find(|quoted| quoted.quote == *quote)?;
            let total = quoted.total.clone().filter(|_| quoted.is_agreed())?;
            Some((CHARGES_AGREED, format!("quote {quote}"), total))
        }
        procedure::Event::Complaint(Complaint::Settled { settlement }) => {
            Some((COMPENSATION, once(), settlement.amount.clone()?))
        }
        procedure::Event::Recovery(Recovery::Advanced { what: What::Compensation, amount, .. }) => {
            Some((COMPENSATION, once(), amount.clone()))
        }
        procedure::Event::Findings(Findings::Confirmed {
            sanction: Sanction::Fine,
            amount: Some(amount),
            ..
        }) => Some((PENALTIES, once(), amount.clone())),
        _ => None,
    }
}
