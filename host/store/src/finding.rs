//! Findings whose measures somebody decided on, and the dealerships that measures end.

use crate::batch::{Batch, Table};
use crate::dealership;
use crate::record::Single;
use crate::statements::statements;
use crate::value::{Val, vals, word};
use crate::{Conn, StoreError};
use sanbao_domain::claim::findings::{Event, Outcome, Record};
use sanbao_domain::claim::{Claim, Event as ClaimEvent, procedure};
use sanbao_domain::ids::PartyId;
use sanbao_domain::journal::Entry;
use sanbao_domain::penalty::{FindingKind, Sanction};
use sanbao_domain::ticket::Ticket;

pub(crate) const TABLE: Table = Table {
    name: "finding",
    columns: &[
        "party_id",
        "id",
        "handler_id",
        "ticket_id",
        "claim_id",
        "subject_id",
        "person",
        "kind",
        "holds",
    ],
    conflict: " ON CONFLICT (party_id, id) DO UPDATE SET holds = excluded.holds",
};

statements! {
    STANDING = "SELECT count(*) AS value FROM finding WHERE party_id = $1 AND subject_id = $2 AND kind = $3 \
        AND coalesce(person, '') = coalesce(CAST($4 AS TEXT), '') AND holds";
}

/// How many findings of one kind `respondent` has against a party, or a person of it, with a measure that
/// holds.
pub async fn standing(
    conn: &mut Conn,
    respondent: PartyId,
    subject: PartyId,
    kind: FindingKind,
    person: Option<&str>,
) -> Result<u32, StoreError> {
    let counted: Option<Single<i64>> =
        conn.optional(STANDING, vals![respondent, subject, word(&kind)?, person]).await?;
    Ok(counted.and_then(|one| u32::try_from(one.0).ok()).unwrap_or_default())
}

/// Adds what follows outside the ticket from decisions on measures: they are the respondent's own rows, and
/// only the respondent decides.
pub(crate) fn follow(batch: &mut Batch, ticket: &Ticket, entries: &[Entry]) -> Result<(), StoreError> {
    let mut rows: Vec<Vec<Val>> = Vec::new();
    let mut seen = Vec::new();
    for entry in entries {
        let ClaimEvent::Procedure(procedure::Event::Findings(event)) = &entry.event else { continue };
        // An appeal changes nothing until it is settled.
        let (Some(id), false) = (event.decides(), matches!(event, Event::Appealed { .. })) else { continue };
        let Some(claim) = ticket.claim(entry.claim) else { continue };
        let Some(record) = claim.procedures.findings.find(id) else { continue };
        if !seen.contains(&id) {
            seen.push(id);
            rows.push(values(ticket, claim, record)?);
        }
        let (brand, dealer) = (claim.respondent, claim.answerable());
        match event {
            Event::Confirmed { sanction: Sanction::CancelStanding, rules, .. } => {
                let rule = rules.first().map(String::as_str);
                batch.step(dealership::CANCEL, vals![brand, dealer, entry.at, id, rule]);
            }
            Event::Reviewed { sanction: Sanction::CancelStanding, outcome: Outcome::Lifted, .. } => {
                batch.step(dealership::RESTORE, vals![brand, dealer, id]);
            }
            _ => {}
        }
    }
    batch.insert(&TABLE, rows);
    Ok(())
}

fn values(ticket: &Ticket, claim: &Claim, record: &Record) -> Result<Vec<Val>, StoreError> {
    Ok(vals![
        claim.respondent,
        record.id,
        ticket.handler,
        ticket.id,
        claim.id,
        claim.answerable(),
        record.person.as_deref(),
        word(&record.finding.kind)?,
        record.holds(),
    ])
}
