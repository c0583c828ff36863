//! What follows from a command on a finding.

use super::{Assessed, Command, Event, Findings, Outcome, Proposal, Record, Refusal, Standing};
use crate::actor::Actor;
use crate::case::Side;
use crate::claim::{Claim, CommandName, Refusal as ClaimRefusal};
use crate::ids::FindingId;
use crate::money::Money;
use crate::penalty::{Measure, Sanction, Subject};

pub(super) fn handle(claim: &Claim, actor: &Actor, command: Command) -> Result<Event, ClaimRefusal> {
    let findings = &claim.procedures.findings;
    let by = actor.name.clone();
    let name = command.name();
    Ok(match command {
        Command::Record { id, finding, person, evidence, proposal } => {
            let evidence = clear(evidence, name)?;
            if findings.find(id).is_some() {
                return Err(Refusal::RecordedAlready.into());
            }
            let Proposal { receipt, measures } = proposal;
            let measures = measures.into_iter().map(Assessed::proposed).collect();
            Event::Recorded {
                record: Box::new(Record { id, finding, person, evidence, by, receipt, measures }),
            }
        }
        Command::Confirm { finding, measure, amount, note } => {
            let assessed = open(findings, finding, measure, Standing::Proposed)?;
            within(&assessed.proposed, amount.as_ref())?;
            let Measure { sanction, citations, .. } = &assessed.proposed;
            let rules = citations.iter().map(|citation| citation.rule.clone()).collect();
            Event::Confirmed { finding, measure, sanction: *sanction, amount, by, note, rules }
        }
        Command::Drop { finding, measure, reason } => {
            open(findings, finding, measure, Standing::Proposed)?;
            Event::Dropped { finding, measure, reason: clear(reason, name)?, by }
        }
        Command::Appeal { finding, measure, words } => {
            let assessed = open(findings, finding, measure, Standing::Confirmed)?;
            // A person of either side may be the subject of the others.
            if assessed.proposed.against == Subject::Claimant {
                claim.needs_side(actor, Side::Claimant, name)?;
            }
            Event::Appealed { finding, measure, words: clear(words, name)?, by }
        }
        Command::Review { finding, measure, outcome, reason } => {
            let assessed = open(findings, finding, measure, Standing::Appealed)?;
            if assessed.decided.as_ref().is_some_and(|decision| decision.by == by) {
                return Err(Refusal::SamePerson.into());
            }
            if let Outcome::Reduced { amount } = &outcome {
                within(&assessed.proposed, Some(amount))?;
                let now = assessed.amount.as_ref();
                if now.is_none_or(|now| now.currency != amount.currency || amount.minor >= now.minor) {
                    return Err(Refusal::NotLess.into());
                }
            }
            let sanction = assessed.proposed.sanction;
            Event::Reviewed { finding, measure, sanction, outcome, reason: clear(reason, name)?, by }
        }
    })
}

/// The measure, if it stands as the command needs it.
fn open(
    findings: &Findings,
    finding: FindingId,
    measure: usize,
    standing: Standing,
) -> Result<&Assessed, Refusal> {
    let record = findings.find(finding).ok_or(Refusal::NoSuchFinding)?;
    let assessed =
        record.measures.get(measure).ok_or(Refusal::NoSuchMeasure { measures: record.measures.len() })?;
    if assessed.standing == standing { Ok(assessed) } else { Err(Refusal::StandsOtherwise) }
}

/// That an amount lies within what the policy proposes; money is asked for where the measure is about it.
fn within(measure: &Measure, amount: Option<&Money>) -> Result<(), Refusal> {
    let Measure { at_least, at_most, sanction, .. } = measure;
    let Some(amount) = amount else {
        let about_money = *sanction == Sanction::Fine || at_least.is_some() || at_most.is_some();
        return if about_money { Err(Refusal::AmountMissing) } else { Ok(()) };
    };
    if amount.minor < 0 {
        return Err(Refusal::AmountMissing);
    }
    for bound in [at_least, at_most].into_iter().flatten() {
        if bound.currency != amount.currency {
            return Err(Refusal::OtherCurrency { currency: bound.currency.clone() });
        }
    }
    match (at_least, at_most) {
        (Some(least), _) if amount.minor < least.minor => Err(Refusal::TooLittle { least: least.clone() }),
        (_, Some(most)) if amount.minor > most.minor => Err(Refusal::TooMuch { most: most.clone() }),
        _ => Ok(()),
    }
}

fn clear(words: String, name: impl Into<CommandName>) -> Result<String, ClaimRefusal> {
    let words = words.trim();
    if words.is_empty() {
        Err(ClaimRefusal::ReasonMissing { command: name.into() })
    } else {
        Ok(words.to_owned())
    }
}
