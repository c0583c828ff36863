//! Claims as rows of their own: what is searched for and added up. The case file holds everything.

use crate::StoreError;
use crate::batch::Table;
use crate::value::{Val, vals, word};
use jiff::Timestamp;
use sanbao_domain::case::Matter;
use sanbao_domain::claim::{Claim, State};
use sanbao_domain::ticket::Ticket;

/// When it was opened, ended and complained about is written once: the row came into being, or changed, then.
pub(crate) const TABLE: Table = Table {
    name: "claim",
    columns: &[
        "party_id",
        "ticket_id",
        "id",
        "claimant_id",
        "respondent_id",
        "state",
        "ruling",
        "policy_id",
        "wake_at",
        "matter",
        "opened_at",
        "ended_at",
        "remedy",
        "surveyed_at",
        "satisfied",
        "complained_at",
        "resolved_at",
        "justified",
        "cause",
        "department",
    ],
    conflict: " ON CONFLICT (party_id, ticket_id, id) DO UPDATE SET \
        state = excluded.state, ruling = excluded.ruling, policy_id = excluded.policy_id, \
        wake_at = excluded.wake_at, wake_leased_until = CASE \
            WHEN claim.wake_at IS DISTINCT FROM excluded.wake_at THEN NULL ELSE claim.wake_leased_until END, \
        ended_at = coalesce(claim.ended_at, excluded.ended_at), remedy = excluded.remedy, \
        surveyed_at = excluded.surveyed_at, satisfied = excluded.satisfied, \
        complained_at = coalesce(claim.complained_at, excluded.complained_at), \
        resolved_at = excluded.resolved_at, justified = excluded.justified, \
        cause = excluded.cause, department = excluded.department \
        WHERE claim.state <> excluded.state OR claim.ruling IS DISTINCT FROM excluded.ruling \
           OR claim.policy_id IS DISTINCT FROM excluded.policy_id \
           OR claim.wake_at IS DISTINCT FROM excluded.wake_at \
           OR claim.surveyed_at IS DISTINCT FROM excluded.surveyed_at \
           OR (claim.complained_at IS NULL AND excluded.complained_at IS NOT NULL) \
           OR claim.resolved_at IS DISTINCT FROM excluded.resolved_at \
           OR claim.cause IS DISTINCT FROM excluded.cause \
           OR claim.department IS DISTINCT FROM excluded.department",
};

/// The row of a claim that something happened to at `now`.
pub(crate) fn values(ticket: &Ticket, claim: &Claim, now: Timestamp) -> Result<Vec<Val>, StoreError> {
    let remedy = match claim.state {
        State::Closed { remedy: Some(remedy) } => word(&remedy)?,
        _ => Val::Text(None),
    };
    let answered = claim.procedures.survey.answered.as_ref();
    let complaint = &claim.procedures.complaint;
    let received = complaint.received.as_ref().map(|received| received.at);
    let complained_at = received.or_else(|| (claim.matter == Matter::Complaint).then_some(now));
    let found = complaint.found.as_ref().map(|found| &found.facts);
    Ok(vals![
        ticket.handler,
        ticket.id,
        claim.id,
        claim.claimant.party,
        claim.respondent,
        claim.state.name().as_str(),
        claim.verdict().map(|verdict| word(&verdict.ruling)).transpose()?.unwrap_or(Val::Text(None)),
        claim.judged_by().map(|by| by.policy),
        claim.procedures.wake_at(),
        word(&claim.matter)?,
        now,
        claim.state.is_final().then_some(now),
        remedy,
        answered.map(|answered| answered.at),
        answered.map(|answered| answered.answer.satisfied),
        complained_at,
        complaint.resolved.as_ref().map(|resolved| resolved.at),
        complaint.resolved.as_ref().map(|resolved| resolved.justified),
        found.map(|found| found.cause.as_str()),
        found.map(|found| found.department.as_str()),
    ])
}
